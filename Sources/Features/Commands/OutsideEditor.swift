internal import Glibc
internal import Kernel
internal import Storage

/// The person's own editor, for a text that lifeos holds.
package enum OutsideEditor {
  /// `$VISUAL`, else `$EDITOR`, as a list of arguments; nil where neither says anything.
  ///
  /// Split at spaces; single and double quotes keep spaces together. No shell sees it.
  package static func command(_ environment: [String: String]) -> [String]? {
    for name in ["VISUAL", "EDITOR"] {
      let words = split(environment[name] ?? "")
      if !words.isEmpty { return words }
    }
    return nil
  }

  /// Lets the person edit `text` and returns what they saved. The file lies in the state folder,
  /// readable by its owner alone, and is gone afterwards; where the editor fails it stays, and the
  /// failure names it.
  package static func edit(_ text: String, console: Console) throws -> String {
    let name = "\(prefix)\(console.world.newID()).md"
    let path = console.places.state + "/" + name
    try console.places.make()
    try write(text, to: path)
    console.output.flush()
    let chosen = console.settings.editor
    let asked = chosen.isEmpty ? command(console.environment) : chosen
    let candidates = asked.map { [$0] } ?? [["editor"], ["vi"], ["nano"]]
    for candidate in candidates {
      guard let code = Child.run(candidate + [path], environment: console.environment) else {
        continue
      }
      guard code == 0 else {
        throw Failure(
          .failed,
          "\(candidate[0]) ended with \(code) and nothing was saved; the text is in \(path)")
      }
      let edited = try read(path)
      unlink(path)
      return edited
    }
    unlink(path)
    throw Failure(
      .failed,
      asked.map { "\($0[0]) could not be started; set EDITOR to an editor that is installed" }
        ?? "no editor was found; set EDITOR, or give the text as an argument")
  }

  /// How the names of its files begin.
  static let prefix = "entry-"

  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words.filter { !$0.isEmpty }
  }

  private static func write(_ text: String, to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("written", path) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { throw failure("written", path) }
      start += count
    }
  }

  private static func read(_ path: String) throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      guard count >= 0 else { throw failure("read", path) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  private static func failure(_ verb: String, _ path: String) -> Failure {
    Failure(.failed, "\(path) could not be \(verb): \(String(cString: strerror(errno)))")
  }
}
