internal import Foundation

/// One Swift file of the package, with what the house rules ask of it.
struct SourceFile: Sendable {
  /// From the package's folder: `Sources/Kernel/Day.swift`.
  let path: String
  let lines: [Line]
  /// The code of all lines.
  let code: String

  /// A line as it is, and its code and comment alone.
  struct Line: Sendable {
    /// Counted from 1.
    let number: Int
    let text: String
    /// The code, with blanks for comments and for what stands in strings.
    let code: String
    let hasComment: Bool
  }

  init(path: String, text: String) {
    self.path = path
    var scanner = CodeScanner(text)
    scanner.run()
    self.code = scanner.code
    let code = scanner.code.split(separator: "\n", omittingEmptySubsequences: false)
    let texts = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines = zip(texts, code).enumerated().map { index, pair in
      Line(
        number: index + 1, text: String(pair.0), code: String(pair.1),
        hasComment: scanner.commentLines.contains(index + 1))
    }
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  /// `Kernel` of `Sources/Kernel/Day.swift`.
  var floor: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  /// The lines whose code matches, as `path:12: text`.
  func finds<Output>(_ pattern: Regex<Output>) -> [String] {
    // Unicode's own word boundaries see none in `a.b`.
    let pattern = pattern.wordBoundaryKind(.simple).anchorsMatchLineEndings()
    // Most files hold nothing; to ask each line takes ten times as long.
    guard code.contains(pattern) else { return [] }
    return lines.filter { $0.code.contains(pattern) }.map(place)
  }

  func place(_ line: Line) -> String {
    "\(path):\(line.number): \(line.text.trimmingCharacters(in: .whitespaces))"
  }
}

/// The package as it lies on the disk.
enum House {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static let sources = swiftFiles(under: "Sources")
  static let all = sources + swiftFiles(under: "Tests")

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: root + "/" + path, encoding: .utf8)
  }

  /// The folders below `path`, themselves with their path from there.
  static func folders(under path: String) -> [String] {
    paths(under: path).filter { sub in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(
        atPath: "\(root)/\(path)/\(sub)", isDirectory: &isFolder) && isFolder.boolValue
    }
  }

  private static func swiftFiles(under path: String) -> [SourceFile] {
    paths(under: path).filter { $0.hasSuffix(".swift") }.map { sub in
      let file = path + "/" + sub
      // A file that is no text fails the test that counts the files.
      return SourceFile(path: file, text: (try? text(file)) ?? "")
    }
  }

  private static func paths(under path: String) -> [String] {
    (FileManager.default.enumerator(atPath: root + "/" + path)?.compactMap { $0 as? String } ?? [])
      .sorted()
  }
}
