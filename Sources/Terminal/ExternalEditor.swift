internal import CTerminal
internal import Glibc

/// Why the person's editor changed nothing.
package enum EditorError: Error, Equatable {
  /// The program can't be started; the number is the system's error.
  case notStarted(String, Int32)
  /// It ended with an error. What it had saved is kept in the file, nil where nothing was changed.
  case failed(status: Int32, kept: String?)
  /// The temporary file can't be made, written or read.
  case file(String, Int32)
}

/// The person's own editor, run with arguments and never through a shell.
package struct ExternalEditor: Equatable, Sendable {
  /// The program and its arguments; the file comes last.
  package let command: [String]

  /// `$VISUAL`, else `$EDITOR`, else vi.
  package init(environment: [String: String]) {
    let named = [environment["VISUAL"], environment["EDITOR"]].lazy
      .map { Self.words($0 ?? "") }
      .first { !$0.isEmpty }
    command = named ?? ["vi"]
  }

  /// Splits a command at blanks; quotes and backslashes keep blanks, nothing else is special.
  package static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" || character == "\n" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let done = word { words.append(done) }
    return words
  }

  /// Opens `text` in the editor and waits. Returns the new text, or nil where it is the same.
  ///
  /// The text lies in a file that only its owner can read, in a folder of its own below `folder`;
  /// both are gone afterwards, unless the editor failed after saving something. Call it while the
  /// terminal is given back (`Display.suspended`).
  package func edit(
    _ text: String, ending: String = "md", in folder: String
  ) throws(EditorError) -> String? {
    let place = try Self.privateFolder(in: folder)
    let letters = ending.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic }
    let path =
      place + "/lifeos." + (letters.isEmpty ? "md" : String(String.UnicodeScalarView(letters)))
    var isKept = false
    defer { if !isKept { Self.remove(place) } }
    try Self.write(text, to: path)
    let status = try run(path)
    let edited = try Self.read(path)
    if status != 0 {
      isKept = edited != text
      throw .failed(status: status, kept: isKept ? path : nil)
    }
    // Editors end the last line, which is no change of the text.
    if edited == text || edited == text + "\n" { return nil }
    return !text.hasSuffix("\n") && edited.hasSuffix("\n") ? String(edited.dropLast()) : edited
  }

  /// The exit code; 128 and the signal's number where one ended it.
  private func run(_ path: String) throws(EditorError) -> Int32 {
    let arguments = (command + [path]).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var failure: Int32 = 0
    let status = ct_run(arguments, &failure)
    if status < 0 { throw .notStarted(command[0], failure) }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }

  private static func privateFolder(in folder: String) throws(EditorError) -> String {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/" + part
      if mkdir(path, 0o700) != 0, errno != EEXIST { throw .file(path, errno) }
    }
    var template = (path + "/edit-XXXXXX").utf8CString.map { $0 }
    guard ct_private_folder(&template) else { throw .file(path, errno) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func write(_ text: String, to path: String) throws(EditorError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .file(path, errno) }
    defer { close(file) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { throw .file(path, errno) }
      bytes = bytes.dropFirst(max(0, count))
    }
  }

  private static func read(_ path: String) throws(EditorError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .file(path, errno) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      if count < 0 && errno != EINTR { throw .file(path, errno) }
      bytes += buffer[..<max(0, count)]
    }
  }

  /// The folder with all that the editor left in it, such as its copies.
  private static func remove(_ folder: String) {
    if let entries = opendir(folder) {
      while let entry = readdir(entries) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
          String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { unlink(folder + "/" + name) }
      }
      closedir(entries)
    }
    rmdir(folder)
  }
}
