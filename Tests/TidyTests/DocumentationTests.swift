internal import Testing

/// What other floors can see is explained: types of a file's own level, and functions that are more
/// than one expression. Operators and the duties of known protocols explain themselves.
struct DocumentationTests {
  /// What the system's protocols and those of our dependencies ask for.
  static let foreignDuties: Set = [
    "encode", "hash", "distance", "advanced", "fromDatabaseValue", "makeIterator", "next", "index",
    "validate", "run",
  ]

  /// The functions of our own protocols have their comment there.
  static let duties = foreignDuties.union(House.sources.flatMap(functionsOfProtocols))

  @Test func `what other floors see has a comment`() {
    #expect(House.sources.flatMap(unexplained) == [])
  }

  private func unexplained(in file: SourceFile) -> [String] {
    file.lines.enumerated().compactMap { index, line in
      guard needsComment(line, at: index, in: file), !isExplained(index, in: file) else {
        return nil
      }
      return file.place(line)
    }
  }

  private static func functionsOfProtocols(in file: SourceFile) -> [String] {
    var names: [String] = []
    var isInside = false
    for line in file.lines {
      if line.code.hasPrefix("package protocol ") { isInside = true }
      if line.code.hasPrefix("}") { isInside = false }
      if isInside, let match = line.code.firstMatch(of: /\bfunc (\w+)/) {
        names.append(String(match.1))
      }
    }
    return names
  }

  private func needsComment(_ line: SourceFile.Line, at index: Int, in file: SourceFile) -> Bool {
    // Most lines are no declarations; an expression for each would take long.
    let start = line.code.utf8.drop { $0 == UInt8(ascii: " ") }
    guard start.starts(with: "package ".utf8) || start.first == UInt8(ascii: "@") else {
      return false
    }
    let type =
      /^(?:@\w+(?:\([^)]*\))?\s+)*package\s+(?:\w+\s+)*(?:struct|enum|class|actor|protocol)\b/
    if line.code.contains(type) { return true }
    let function =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*package\s+(?:(?:static|final|mutating|borrowing|consuming|nonisolated)\s+)*func\s+([^\s(<]+)/
    guard let match = line.code.firstMatch(of: function) else { return false }
    let name = String(match.1)
    guard name.first?.isLetter == true, !Self.duties.contains(name) else { return false }
    return !isOneExpression(from: index, in: file)
  }

  /// True where the body is on one line, be it the declaration's or its own.
  private func isOneExpression(from index: Int, in file: SourceFile) -> Bool {
    guard let opening = file.lines[index...].firstIndex(where: { $0.code.contains("{") }) else {
      return false
    }
    if file.lines[opening].code.trimmed.hasSuffix("}") { return true }
    return opening + 2 < file.lines.count && file.lines[opening + 2].code.trimmed == "}"
  }

  private func isExplained(_ index: Int, in file: SourceFile) -> Bool {
    var above = index - 1
    while above >= 0, file.lines[above].code.trimmed.hasPrefix("@") { above -= 1 }
    return above >= 0 && file.lines[above].text.trimmed.hasPrefix("///")
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
