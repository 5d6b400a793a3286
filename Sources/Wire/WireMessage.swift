/// What goes over the wire: its JSON, both ways, and its schema for the documentation.
///
/// Unknown members are ignored; missing ones without a default are an error that names them, never
/// their value. A message has either a `shape` or its own `bytes`: the rest follows.
package protocol WireMessage: Sendable {
  init(json: JSON) throws(WireError)
  var json: JSON { get }
  init(bytes: [UInt8]) throws(WireError)
  var bytes: [UInt8] { get }
  /// JSON Schema 2020-12, as OpenAPI 3.1 uses it. Messages inside are references into the document's
  /// components.
  static var schema: JSON { get }
}

extension WireMessage {
  package init(json: JSON) throws(WireError) { try self.init(bytes: json.bytes) }

  package var json: JSON {
    do { return try JSON(bytes: bytes) } catch {
      preconditionFailure("a message is written as valid JSON")
    }
  }
}

/// A message whose members are described once.
package protocol ShapedMessage: WireMessage {
  static var shape: MessageShape<Self> { get }
}

extension ShapedMessage {
  package init(json: JSON) throws(WireError) { self = try Self.shape.read(json) }
  package var json: JSON { Self.shape.write(self) }
  package init(bytes: [UInt8]) throws(WireError) { try self.init(json: JSON(bytes: bytes)) }
  package var bytes: [UInt8] { json.bytes }
  package static var schema: JSON { Self.shape.schema }
}
