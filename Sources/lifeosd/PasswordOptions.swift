#if Server
  internal import ArgumentParser
  internal import Foundation
  internal import Glibc

  /// Where a password comes from: the terminal without echo, the first line of standard input, or a
  /// file. Never the command line, which others can see.
  struct PasswordOptions: ParsableArguments {
    @Option(help: "A file whose first line is the password; nobody else may read it.")
    var passwordFile: String?

    /// Throws a complaint where none can be had.
    func read(of name: String) throws -> String {
      if let passwordFile { return try fromFile(passwordFile) }
      guard isatty(0) == 1 else {
        guard let line = readLine() else {
          throw Complaint("no password on standard input", code: 2)
        }
        return line
      }
      let first = try ask("Password for \(name): ")
      guard try ask("The same again: ") == first else { throw Complaint("the two differ", code: 2) }
      return first
    }

    private func fromFile(_ path: String) throws -> String {
      var status = stat()
      guard stat(path, &status) == 0, let bytes = FileManager.default.contents(atPath: path) else {
        throw Complaint("\(path) can't be read", code: 2)
      }
      guard status.st_mode & S_IFMT != S_IFREG || status.st_mode & 0o077 == 0 else {
        throw Complaint("others can read \(path): chmod 600 \(path)", code: 2)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let line = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).first
      guard let line, !line.isEmpty else { throw Complaint("\(path) is empty", code: 2) }
      return line.hasSuffix("\r") ? String(line.dropLast()) : String(line)
    }

    private func ask(_ question: String) throws -> String {
      var before = termios()
      guard tcgetattr(0, &before) == 0 else { throw Complaint("the terminal does not answer") }
      var silent = before
      silent.c_lflag &= ~tcflag_t(ECHO)
      silent.c_lflag |= tcflag_t(ECHONL)
      tcsetattr(0, TCSAFLUSH, &silent)
      defer { tcsetattr(0, TCSAFLUSH, &before) }
      let bytes = Array(question.utf8)
      _ = Glibc.write(2, bytes, bytes.count)
      guard let line = readLine() else { throw Complaint("no password was typed", code: 2) }
      return line
    }
  }
#endif
