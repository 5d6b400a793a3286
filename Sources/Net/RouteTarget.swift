internal import Wire

/// The path of a route with a query in it.
enum RouteTarget {
  /// Members that the path names stand there, the others behind the question mark.
  static func text<Query, Reply>(_ route: Route<Query, Reply>, _ query: Query) -> String {
    guard case .object(let members) = query.json else { return route.path }
    var path = route.path
    var rest: [String] = []
    for member in members {
      guard let value = text(member.value) else { continue }
      let parts = path.split(separator: "{\(member.key)}", omittingEmptySubsequences: false)
      if parts.count > 1 {
        path = parts.joined(separator: escaped(value))
      } else {
        rest.append("\(escaped(member.key))=\(escaped(value))")
      }
    }
    return rest.isEmpty ? path : path + "?" + rest.joined(separator: "&")
  }

  private static func text(_ value: JSON) -> String? {
    switch value {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .fraction(let text): text
    case .null, .list, .object: nil
    }
  }

  /// Percent-encoded but for the unreserved characters of RFC 3986.
  private static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        escaped.append(byte)
      default: escaped += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}
