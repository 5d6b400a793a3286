/// Lines of a text by their line feeds alone: carriage returns stay, so that joining gives back the
/// same bytes.
package enum LineText {
  /// At least one line; `lines(text).joined(separator: "\n")` is `text`.
  package static func lines(_ text: some StringProtocol) -> [Substring] {
    let text = Substring(text)
    let bytes = text.utf8
    var lines: [Substring] = []
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      lines.append(text[start..<end])
      start = bytes.index(after: end)
    }
    lines.append(text[start...])
    return lines
  }
}
