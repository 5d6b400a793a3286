internal import Glibc
package import Kernel

/// One standard stream of a command: buffered, harmless to a terminal, plain where it is none.
package final class Output {
  package let isTerminal: Bool
  /// True where bold and dim may be used.
  package let isStyled: Bool
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: Int32?
  private var listIsEmpty = true

  /// `environment` decides over style: `NO_COLOR` and `TERM=dumb` keep it plain.
  package init(descriptor: Int32, environment: [String: String]) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
    let term = environment["TERM"] ?? ""
    isStyled =
      isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && term != "dumb" && !term.isEmpty
  }

  /// The terminal's width; nil where the stream is no terminal.
  package var columns: Int? {
    var size = winsize()
    guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Writes one line.
  package func line(_ phrases: Phrase...) { line(phrases) }

  /// Writes one line.
  package func line(_ phrases: [Phrase]) {
    for phrase in phrases { add(phrase) }
    add(byte: UInt8(ascii: "\n"))
  }

  /// Writes a text of any number of lines, each made harmless on its own.
  package func text(_ text: String, indent: String = "") {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      self.line(.plain(line.isEmpty ? "" : indent), .plain(line))
    }
  }

  /// Writes one JSON value and a newline.
  package func json(_ value: Json) {
    value.write(into: &buffer)
    add(byte: UInt8(ascii: "\n"))
  }

  /// Writes `{"name":[…]}`, an element a line, with `rest` behind the list.
  package func json(list name: String, _ elements: some Sequence<Json>, rest: [(String, Json)] = [])
  {
    openList(name)
    for element in elements { self.element(element) }
    closeList(rest)
  }

  /// Begins what `json(list:)` writes, for lists that nobody should hold whole.
  package func openList(_ name: String) {
    buffer.append(contentsOf: "{".utf8)
    Json.text(name).write(into: &buffer)
    buffer.append(contentsOf: ":[".utf8)
    listIsEmpty = true
  }

  /// The next element of an open list.
  package func element(_ value: Json) {
    buffer.append(contentsOf: (listIsEmpty ? "\n" : ",\n").utf8)
    listIsEmpty = false
    value.write(into: &buffer)
    if buffer.count >= Self.chunk { flush() }
  }

  /// Ends an open list; `rest` are the members behind it.
  package func closeList(_ rest: [(String, Json)] = []) {
    buffer.append(contentsOf: (listIsEmpty ? "]" : "\n]").utf8)
    for (name, value) in rest {
      buffer.append(UInt8(ascii: ","))
      Json.text(name).write(into: &buffer)
      buffer.append(UInt8(ascii: ":"))
      value.write(into: &buffer)
    }
    buffer.append(contentsOf: "}\n".utf8)
  }

  /// Writes bytes that this program made itself (completions, the man page).
  package func own(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.chunk { flush() }
  }

  /// Hands everything to the system. After a failure further output is dropped; `finish` tells.
  package func flush() {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard failure == nil else { return }
    var start = 0
    while start < buffer.count {
      let count = buffer[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        start += count
      } else if errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
      } else if errno != EINTR {
        failure = errno
        return
      }
    }
  }

  /// Flushes, and throws where any of the output could not be written.
  package func finish() throws(Failure) {
    flush()
    guard let failure else { return }
    if failure == EPIPE { throw Failure(.failed, "") }
    throw Failure(
      .failed, "the output could not be written: \(String(cString: strerror(failure)))")
  }

  private static let chunk = 1 << 16

  private func add(_ phrase: Phrase) {
    let code: String? =
      switch phrase.style {
      case .plain: nil
      case .bold: "\u{1B}[1m"
      case .dim: "\u{1B}[2m"
      case .marked: "\u{1B}[4m"
      case .added: "\u{1B}[32m"
      case .removed: "\u{1B}[31m"
      }
    if let code, isStyled, !phrase.text.string.isEmpty {
      buffer.append(contentsOf: code.utf8)
      buffer.append(contentsOf: phrase.text.string.utf8)
      buffer.append(contentsOf: "\u{1B}[0m".utf8)
    } else {
      buffer.append(contentsOf: phrase.text.string.utf8)
    }
  }

  private func add(byte: UInt8) {
    buffer.append(byte)
    if buffer.count >= Self.chunk { flush() }
  }
}

/// A run of output in one style.
package struct Phrase: Sendable, ExpressibleByStringLiteral {
  package enum Style: Sendable { case plain, bold, dim, marked, added, removed }
  package let text: SafeText
  package let style: Style

  package init(_ text: some StringProtocol, _ style: Style) {
    self.text = SafeText(text)
    self.style = style
  }
  package init(stringLiteral text: String) { self.init(text, .plain) }

  package static func plain(_ text: some StringProtocol) -> Phrase { Phrase(text, .plain) }
  package static func bold(_ text: some StringProtocol) -> Phrase { Phrase(text, .bold) }
  package static func dim(_ text: some StringProtocol) -> Phrase { Phrase(text, .dim) }
}
