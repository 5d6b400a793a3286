/// A JSON value that keeps everything: the order of members, numbers as they are written.
indirect enum JSONNode: Equatable {
  case null
  case flag(Bool)
  case number(String)
  case text(String)
  case list([JSONNode])
  case object([Member])

  struct Member: Equatable {
    let name: String
    let value: JSONNode
  }

  /// The member of an object; nil where there is none.
  subscript(name: String) -> JSONNode? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
  var list: [JSONNode]? { if case .list(let list) = self { list } else { nil } }
  var integer: Int64? { if case .number(let number) = self { Int64(number) } else { nil } }

  /// The value in one line.
  var string: String {
    var out = ""
    write(to: &out)
    return out
  }

  func write(to out: inout String) {
    switch self {
    case .null: out += "null"
    case .flag(let flag): out += flag ? "true" : "false"
    case .number(let number): out += number
    case .text(let text): Self.quote(text, to: &out)
    case .list(let list):
      out += "["
      for (index, node) in list.enumerated() {
        if index > 0 { out += "," }
        node.write(to: &out)
      }
      out += "]"
    case .object(let members):
      out += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { out += "," }
        Self.quote(member.name, to: &out)
        out += ":"
        member.value.write(to: &out)
      }
      out += "}"
    }
  }

  /// As a JSON string. Control characters and the line separators of Unicode are escaped, so that a
  /// line stays a line in every tool.
  static func quote(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }

  static func quoted(_ text: String) -> String {
    var out = ""
    quote(text, to: &out)
    return out
  }
}
