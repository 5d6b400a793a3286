extension JSON {
  /// Reads one JSON value (RFC 8259), strictly, at most 32 levels deep.
  ///
  /// Text must be valid UTF-8 without lone surrogates. Errors name the path and the byte, never what
  /// stands there.
  package init(bytes: [UInt8]) throws(WireError) {
    self = try JSONReader.read(bytes) { (reader) throws(WireError) in try reader.tree() }
  }

  /// Without spaces, members in their order, control characters (U+007F–9F too) escaped.
  package var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.tree(self)
    return writer.bytes
  }
}

extension JSONReader {
  fileprivate mutating func tree() throws(WireError) -> JSON {
    switch next() {
    case UInt8(ascii: "{"):
      var members: [JSON.Member] = []
      try self.members { (reader, key) throws(WireError) in
        members.append(JSON.Member(key.text, try reader.tree()))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var items: [JSON] = []
      try self.items { (reader, _) throws(WireError) in items.append(try reader.tree()) }
      return .list(items)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag(try flag())
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default:
      switch try number() {
      case .whole(let whole): return .number(whole)
      case .other(let written): return .fraction(written)
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func tree(_ json: JSON) {
    switch json {
    case .null: raw("null")
    case .flag(let flag): raw(flag ? "true" : "false")
    case .number(let number): self.number(number)
    case .fraction(let written): bytes += written.utf8
    case .text(let text): self.text(text)
    case .list(let items):
      list(items) { (writer, item) in writer.tree(item) }
    case .object(let members):
      raw("{")
      for (index, member) in members.enumerated() {
        if index > 0 { raw(",") }
        text(member.key)
        raw(":")
        tree(member.value)
      }
      raw("}")
    }
  }
}
