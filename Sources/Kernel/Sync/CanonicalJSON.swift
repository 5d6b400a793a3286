/// JSON in its one form: keys sorted by bytes, no spaces, only the escapes that must be. Equal
/// fields give equal bytes, which hashes depend on. No value here has a fraction.
package enum CanonicalJSON {
  /// The fields of an operation as one object.
  package static func object(_ fields: [(name: String, value: Value)]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (index, field) in sorted(fields).enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      switch field.value {
      case .null: bytes += "null".utf8
      case .flag(let flag): bytes += (flag ? "true" : "false").utf8
      case .number(let number): bytes += String(number).utf8
      case .text(let text): append(text, to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Long fields and the versions that they were edited from: `{"body":["<stamp>","<op>"]}`.
  package static func bases(_ bases: [String: Authorship]) -> String {
    let members = bases.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
      var name: [UInt8] = []
      append($0.key, to: &name)
      let stamp = String($0.value.stamp.bits, radix: 16)
      let padded = String(repeating: "0", count: 16 - stamp.count) + stamp
      return "\(String(decoding: name, as: UTF8.self)):[\"\(padded)\",\"\($0.value.op)\"]"
    }
    return "{\(members.joined(separator: ","))}"
  }

  private static func sorted(
    _ fields: [(name: String, value: Value)]
  ) -> [(name: String, value: Value)] {
    guard fields.count > 1 else { return fields }
    return fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0..<0x20:
        bytes += (byte < 0x10 ? "\\u000" : "\\u00").utf8
        bytes += String(byte, radix: 16).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
