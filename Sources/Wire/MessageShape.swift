/// A message's members, described once for reading, writing and documentation.
package struct MessageShape<Message: Sendable>: Sendable {
  let read: @Sendable (JSON) throws(WireError) -> Message
  let write: @Sendable (Message) -> JSON
  let schema: JSON

  /// `make` gets the members' values in their order.
  init<each Part: Sendable>(
    _ about: String, _ members: repeat Member<each Part>,
    make: @escaping @Sendable (repeat each Part) -> Message
  ) {
    let parts = (repeat each members)
    read = { (json) throws(WireError) in
      guard case .object = json else { throw WireError(path: "", reason: "no object") }
      return make(repeat try (each parts).read(from: json))
    }
    write = { message in
      var members: [JSON.Member] = []
      repeat (each parts).write(of: message, to: &members)
      return .object(members)
    }
    var properties: [JSON.Member] = []
    var required: [JSON] = []
    repeat (each members).describe(in: &properties, &required)
    var schema: [JSON.Member] = [
      .init("type", "object"), .init("description", .text(about)),
      .init("properties", .object(properties)),
    ]
    if !required.isEmpty { schema.append(.init("required", .list(required))) }
    self.schema = .object(schema)
  }

  /// One member: its name, its form, and where a message has it.
  struct Member<Part: Sendable>: Sendable {
    let name: String
    let form: Form<Part>
    let part: any KeyPath<Message, Part> & Sendable

    init(_ name: String, _ form: Form<Part>, _ part: any KeyPath<Message, Part> & Sendable) {
      self.name = name
      self.form = form
      self.part = part
    }

    func read(from json: JSON) throws(WireError) -> Part {
      do {
        return try form.read(json[name])
      } catch {
        throw error.under(name)
      }
    }

    func write(of message: Message, to members: inout [JSON.Member]) {
      if let json = form.write(message[keyPath: part]) { members.append(.init(name, json)) }
    }

    func describe(in properties: inout [JSON.Member], _ required: inout [JSON]) {
      properties.append(.init(name, form.schema))
      if !form.isOptional { required.append(.text(name)) }
    }
  }
}
