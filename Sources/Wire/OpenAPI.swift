/// The description of all routes, made from the same `Routes` that both programs use.
package enum OpenAPI {
  /// A reference to a message among the document's components.
  static func reference<Message: WireMessage>(to message: Message.Type) -> JSON {
    reference("\(message)")
  }

  static func reference(_ name: String) -> JSON {
    ["$ref": .text("#/components/schemas/\(name)")]
  }
}
