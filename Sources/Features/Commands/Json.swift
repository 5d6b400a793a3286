package import Kernel

/// A JSON value whose objects keep their order. What `--json` prints is made of these.
package enum Json: Sendable {
  case null
  case flag(Bool)
  case number(Int64)
  case text(String)
  case list([Json])
  case object([(String, Json)])

  package static func number(_ number: Int) -> Json { .number(Int64(number)) }
  package static func text(_ text: String?) -> Json { text.map { Json.text($0) } ?? .null }
  package static func id(_ id: EntryID) -> Json { .text(id.description) }
  package static func day(_ day: Day?) -> Json { .text(day?.description) }
  /// ISO 8601 in UTC with milliseconds: `2026-07-05T08:30:00.000Z`.
  package static func moment(_ moment: Moment) -> Json { .text(moment.iso) }

  /// The value in one line.
  package var string: String {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value in one line.
  package func write(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .flag(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(let number): bytes.append(contentsOf: String(number).utf8)
    case .text(let text): Self.quote(text, into: &bytes)
    case .list(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, (name, value)) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.quote(name, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        value.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Control characters, U+007F–9F and the direction controls are escaped: what is printed can
  /// neither steer a terminal nor mislead an eye, and still means the same text.
  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: bytes.append(contentsOf: "\\\"".utf8)
      case 0x5C: bytes.append(contentsOf: "\\\\".utf8)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        bytes.append(contentsOf: "\\u".utf8)
        for shift in [12, 8, 4, 0] as [UInt32] {
          bytes.append(hexDigits[Int(scalar.value >> shift & 15)])
        }
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
}

extension Moment {
  /// `2026-07-05T08:30:00.000Z`.
  package var iso: String {
    let civil = CivilTime(seconds: seconds)
    let fraction = Int(milliseconds - seconds * 1000)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(civil.day)T\(civil.clock):\(two(civil.second))."
      + (fraction < 100 ? "0" : "") + two(fraction) + "Z"
  }
}
