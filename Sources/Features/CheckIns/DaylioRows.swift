/// The records of a CSV file: quoted fields may hold separators, quotation marks and line ends.
///
/// Understood are `,` and `;`, any line end and a file without one at its end. See RFC 4180.
struct DaylioRows {
  struct Line: Equatable {
    /// Where it begins, from 1.
    let number: Int
    var fields: [String]
  }

  private(set) var lines: [Line] = []
  /// The line of a quotation mark that is never closed; nil where all are.
  private(set) var openQuote: Int?

  init(_ bytes: [UInt8]) {
    let separator = Self.separator(of: bytes)
    var field: [UInt8] = []
    var fields: [String] = []
    var isQuoted = false
    var (number, start, quote) = (1, 1, 1)
    var index = 0
    func text() -> String { ImportText.text(field[...]).text }
    func next(_ offset: Int) -> UInt8? {
      index + offset < bytes.count ? bytes[index + offset] : nil
    }
    func endLine() {
      fields.append(text())
      field.removeAll(keepingCapacity: true)
      if fields.contains(where: { !$0.isEmpty }) {
        lines.append(Line(number: start, fields: fields))
      }
      fields = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        if isQuoted, next(1) == byte {
          field.append(byte)
          index += 1
        } else {
          isQuoted.toggle()
          quote = number
        }
      case separator where !isQuoted:
        fields.append(text())
        field.removeAll(keepingCapacity: true)
      case 0x0A, 0x0D:
        // A carriage return before a line feed belongs to it.
        if byte == 0x0D, next(1) == 0x0A { index += 1 }
        number += 1
        if isQuoted {
          field.append(0x0A)
        } else {
          endLine()
          start = number
        }
      default: field.append(byte)
      }
      index += 1
    }
    if isQuoted { openQuote = quote }
    if !field.isEmpty || !fields.isEmpty { endLine() }
  }

  /// What stands more often in the first line.
  private static func separator(of bytes: [UInt8]) -> UInt8 {
    let first = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let (comma, semicolon) = (UInt8(ascii: ","), UInt8(ascii: ";"))
    return first.count { $0 == semicolon } > first.count { $0 == comma } ? semicolon : comma
  }
}
