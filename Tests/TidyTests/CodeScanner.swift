/// Blanks comments and the insides of strings out of Swift code, keeping lines and bytes. Code
/// inside `\( )` stays code.
struct CodeScanner {
  private let input: [UInt8]
  private var output: [UInt8] = []
  private var position = 0
  private var line = 1
  /// The lines that hold a comment or a part of one, counted from 1.
  private(set) var commentLines: Set<Int> = []

  init(_ text: String) {
    input = Array(text.utf8)
    output.reserveCapacity(input.count)
  }

  var code: String { String(decoding: output, as: UTF8.self) }

  mutating func run() { readCode(untilParenthesis: false) }

  private func at(_ text: String, offset: Int = 0) -> Bool {
    var index = position + offset
    for byte in text.utf8 {
      guard index < input.count, input[index] == byte else { return false }
      index += 1
    }
    return true
  }

  /// Takes characters as they are, or as blanks.
  private mutating func take(_ count: Int = 1, blank: Bool = false) {
    for _ in 0..<count where position < input.count {
      let byte = input[position]
      if byte == 10 { line += 1 }
      output.append(blank && byte != 10 ? 32 : byte)
      position += 1
    }
  }

  private mutating func readCode(untilParenthesis: Bool) {
    var depth = 0
    while position < input.count {
      if Self.isPlain(input[position]) {
        take()
      } else if at("//") {
        commentLines.insert(line)
        while position < input.count, input[position] != 10 { take(blank: true) }
      } else if at("/*") {
        readBlockComment()
      } else if let hashes = openingHashes() {
        readString(hashes: hashes)
      } else if isRegexStart {
        readRegex()
      } else {
        if at("(") { depth += 1 }
        if at(")") {
          if untilParenthesis, depth == 0 { return }
          depth -= 1
        }
        take()
      }
    }
  }

  /// True for bytes that begin nothing: no comment, string, regular expression or parenthesis.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "("),
      UInt8(ascii: ")"):
      false
    default: true
    }
  }

  private mutating func readBlockComment() {
    var depth = 0
    repeat {
      commentLines.insert(line)
      if at("/*") {
        depth += 1
        take(2, blank: true)
      } else if at("*/") {
        depth -= 1
        take(2, blank: true)
      } else {
        take(blank: true)
      }
    } while depth > 0 && position < input.count
  }

  /// The count of `#` before a quotation mark that stands here; nil where no string begins.
  private func openingHashes() -> Int? {
    var count = 0
    while at("#", offset: count) { count += 1 }
    return at("\"", offset: count) ? count : nil
  }

  private mutating func readString(hashes: Int) {
    let marks = at("\"\"\"", offset: hashes) ? 3 : 1
    let end = String(repeating: "\"", count: marks) + String(repeating: "#", count: hashes)
    let escape = "\\" + String(repeating: "#", count: hashes)
    take(hashes + marks)
    while position < input.count {
      if at(end) {
        take(end.count)
        return
      }
      if at(escape + "(") {
        take(escape.count, blank: true)
        take()
        readCode(untilParenthesis: true)
        take()
      } else if at(escape) {
        take(escape.count + 1, blank: true)
      } else if marks == 1, at("\n") {
        return
      } else {
        take(blank: true)
      }
    }
  }

  /// A `/` that opens a regular expression, told from a division by what stands around it.
  private var isRegexStart: Bool {
    if at("#/") { return true }
    guard at("/"), position + 1 < input.count, !" /*\n=)".utf8.contains(input[position + 1]) else {
      return false
    }
    guard let before = output.last(where: { $0 != 32 }) else { return true }
    return "(=,:[{&|!?\n".utf8.contains(before)
  }

  private mutating func readRegex() {
    let isExtended = at("#/")
    take(isExtended ? 2 : 1)
    while position < input.count, isExtended || !at("\n") {
      if isExtended ? at("/#") : at("/") {
        take(isExtended ? 2 : 1)
        return
      }
      take(at("\\") ? 2 : 1, blank: true)
    }
  }
}
