internal import ArgumentParser
internal import Features
internal import Glibc
internal import Kernel

/// How a command gets a password: typed without echo, from a file, or from another program. Never as
/// an argument, which every other user of the machine could read.
struct PasswordOptions: ParsableArguments {
  @Option(
    name: .customLong("password-file"),
    help: "Read the password from this file, which nobody else may be able to read.")
  var file: String?
  @Option(
    name: .customLong("password-command"),
    help: "Run this program, and take the first line it prints; no shell is used.")
  var command: String?

  func validate() throws {
    if file != nil, command != nil {
      throw ValidationError("Give --password-file or --password-command, not both.")
    }
  }

  /// The password. `isNew` asks twice.
  func password(_ console: Console, prompt: String, isNew: Bool = false) throws -> String {
    if let file { return try Self.read(file) }
    if let command { return try Self.run(command, console) }
    let first = try PasswordEntry.ask(prompt, console)
    guard isNew else { return first }
    guard try PasswordEntry.ask("The same once more", console) == first else {
      throw Failure(.wrongUsage, "the two passwords differ; nothing was done")
    }
    return first
  }

  private static func read(_ path: String) throws(Failure) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw Failure(.notFound, "\(path) can not be read: \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0 else {
      throw Failure(.failed, "\(path) can not be read: \(String(cString: strerror(errno)))")
    }
    guard facts.st_uid == geteuid(), facts.st_mode & 0o077 == 0 else {
      throw Failure(
        .wrongUsage, "others can read \(path); `chmod 600 \(path)`, and change that password")
    }
    return try firstLine(of: file, path)
  }

  private static func run(_ command: String, _ console: Console) throws(Failure) -> String {
    let words = command.split(separator: " ").map(String.init)
    guard !words.isEmpty else { throw Failure(.wrongUsage, "--password-command names no program") }
    guard let output = Child.output(of: words, environment: console.environment) else {
      throw Failure(.failed, "“\(words[0])” could not be run, or failed")
    }
    return try line(output, words[0])
  }

  private static func firstLine(of file: Int32, _ name: String) throws(Failure) -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count >= 0 else {
      throw Failure(.failed, "\(name) can not be read: \(String(cString: strerror(errno)))")
    }
    return try line(Array(bytes[..<count]), name)
  }

  private static func line(_ bytes: [UInt8], _ name: String) throws(Failure) -> String {
    var line = bytes.prefix { $0 != 0x0A }
    if line.last == 0x0D { line.removeLast() }
    guard !line.isEmpty else { throw Failure(.wrongUsage, "\(name) holds no password") }
    return String(decoding: line, as: UTF8.self)
  }
}

/// Asking on the terminal without showing what is typed.
enum PasswordEntry {
  static func ask(_ prompt: String, _ console: Console) throws(Failure) -> String {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else {
      throw Failure(
        .wrongUsage,
        "there is no terminal to ask for the password; use --password-file or --password-command")
    }
    defer { close(terminal) }
    console.output.flush()
    put(prompt + ": ", terminal)
    defer { put("\n", terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else {
      throw Failure(.failed, "the terminal can not hide what is typed; nothing was asked")
    }
    // Without signals, so that no key leaves the terminal without its echo.
    var hidden = before
    hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else {
      throw Failure(.failed, "the terminal can not hide what is typed; nothing was asked")
    }
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    guard let typed = line(terminal) else { throw Failure(.failed, "nothing was done") }
    guard !typed.isEmpty else { throw Failure(.wrongUsage, "no password was typed") }
    return String(decoding: typed, as: UTF8.self)
  }

  /// nil where the person has left it by Ctrl-C or Ctrl-D, or the terminal is gone.
  private static func line(_ terminal: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      let count = read(terminal, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return nil }
      switch byte {
      case 0x0A, 0x0D: return bytes
      case 0x03, 0x1C: return nil
      case 0x04: return bytes.isEmpty ? nil : bytes
      case 0x08, 0x7F:
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
      case 0x15: bytes = []
      default: if bytes.count < 4096 { bytes.append(byte) }
      }
    }
  }

  private static func put(_ text: String, _ terminal: Int32) {
    let bytes = Array(text.utf8)
    _ = write(terminal, bytes, bytes.count)
  }
}
