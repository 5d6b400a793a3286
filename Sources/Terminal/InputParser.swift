internal import Glibc
internal import TUI

/// Makes keys, mouse reports, pastes and replies of bytes, however a line splits them.
///
/// `feed` takes what arrived. While `patience` is not nil, the last bytes may be the start of
/// something longer; `timeUp` after so many milliseconds of silence takes them as they are.
package struct InputParser {
  /// How long a lone Escape waits for the rest of a sequence, in milliseconds.
  package var escapeDelay = 25
  /// While replies are on their way, a pause in mid-sequence is the line's, not the person's.
  package var expectsReplies = false
  /// The byte of the Backspace key where it is not 127.
  package var erase: UInt8 = 127

  var buffer: [UInt8] = []
  private var pasted: [UInt8]?
  var output: [Input] = []
  private var text = ""

  package init() {}

  /// Takes bytes in; what they mean so far.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [Input] {
    buffer.append(contentsOf: bytes)
    advance()
    return take()
  }

  /// Milliseconds to wait for more bytes before `timeUp`; nil where nothing is open.
  package var patience: Int? {
    if pasted != nil { return 2_000 }
    guard let first = buffer.first else { return nil }
    if first != 0x1b { return 100 }
    if buffer.count > 2 { return 1_000 }
    return expectsReplies ? max(escapeDelay, 150) : escapeDelay
  }

  /// Nothing more came: what is open stands for itself.
  package mutating func timeUp() -> [Input] {
    if let bytes = pasted {
      pasted = nil
      finishPaste(bytes + buffer)
      buffer = []
    }
    while !buffer.isEmpty {
      takeLiterally()
      advance()
    }
    return take()
  }

  private mutating func take() -> [Input] {
    flushText()
    defer { output = [] }
    return output
  }

  private mutating func advance() {
    var start = 0
    while start < buffer.count || pasted != nil {
      if pasted != nil {
        guard let end = continuePaste(from: start) else {
          buffer = []
          return
        }
        start = end
        continue
      }
      let length = buffer[start] == 0x1b ? escape(at: start) : character(at: start)
      guard let length else { break }
      start += length
    }
    buffer.removeFirst(min(start, buffer.count))
  }

  // MARK: Text

  /// Reads one character at `start`; its length, or nil where bytes are missing.
  private mutating func character(at start: Int) -> Int? {
    let byte = buffer[start]
    if byte >= 0x20 && byte < 0x7f {
      text.unicodeScalars.append(Unicode.Scalar(byte))
      return 1
    }
    if byte < 0x20 || byte == 0x7f {
      emit(.key(control(byte)))
      return 1
    }
    guard let (scalar, length) = scalar(at: start) else { return nil }
    text.unicodeScalars.append(scalar)
    return length
  }

  /// One scalar of UTF-8; U+FFFD for a byte that is none; nil where bytes are missing.
  func scalar(at start: Int) -> (Unicode.Scalar, Int)? {
    let lead = buffer[start]
    let length =
      lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
    if length == 0 { return ("\u{fffd}", 1) }
    if length == 1 { return (Unicode.Scalar(lead), 1) }
    var value = UInt32(lead) & (0x7f >> UInt32(length))
    for offset in 1..<length {
      guard start + offset < buffer.count else { return nil }
      let next = buffer[start + offset]
      if next & 0xc0 != 0x80 { return ("\u{fffd}", offset) }
      value = value << 6 | UInt32(next & 0x3f)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return ("\u{fffd}", length) }
    return (scalar, length)
  }

  func control(_ byte: UInt8) -> Key {
    if byte == erase || byte == 0x7f { return Key(.backspace) }
    switch byte {
    case 0x0d: return Key(.enter)
    case 0x09: return Key(.tab)
    case 0x1b: return Key(.escape)
    case 0x00: return Key(.character(" "), control: true)
    case 0x01...0x1a: return .control(Character(Unicode.Scalar(byte + 0x60)))
    default: return .control(Character(Unicode.Scalar(byte + 0x40)))
    }
  }

  /// Scalars that came together and make one grapheme are one key.
  mutating func flushText() {
    if text.isEmpty { return }
    for character in text { output.append(.key(.character(character))) }
    text = ""
  }

  mutating func emit(_ input: Input) {
    flushText()
    output.append(input)
  }

  /// The first bytes of an unfinished sequence, as keys.
  private mutating func takeLiterally() {
    if buffer[0] != 0x1b {
      text.unicodeScalars.append("\u{fffd}")
      buffer.removeFirst()
    } else if buffer.count > 1, buffer[1] > 0x20, buffer[1] < 0x7f {
      let letter = Character(Unicode.Scalar(buffer[1]))
      let isReport = buffer.count > 2
      // A report that broke off is no text.
      if !isReport { emit(.key(Key(.character(letter), alt: true))) }
      buffer.removeFirst(isReport ? buffer.count : 2)
    } else {
      emit(.key(Key(.escape)))
      buffer.removeFirst()
    }
  }

  // MARK: Paste

  mutating func beginPaste() {
    flushText()
    pasted = []
  }

  private static let pasteEnd: [UInt8] = [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e]

  /// Takes bytes up to the end mark; the index behind it, or nil where it has not come yet.
  private mutating func continuePaste(from start: Int) -> Int? {
    var bytes = pasted ?? []
    pasted = []
    let mark = Self.pasteEnd
    let searchFrom = max(0, bytes.count - mark.count + 1)
    let before = bytes.count
    bytes.append(contentsOf: buffer[start...])
    guard let end = Self.find(mark, in: bytes, from: searchFrom) else {
      pasted = bytes
      return nil
    }
    let next = start + (end + mark.count - before)
    bytes.removeSubrange(end...)
    pasted = nil
    finishPaste(bytes)
    return next
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { all in
      var from = start
      while from + mark.count <= all.count, let base = all.baseAddress {
        guard let hit = memchr(base + from, Int32(mark[0]), all.count - from) else { return nil }
        let index = base.distance(to: UnsafeRawPointer(hit))
        if index + mark.count > all.count { return nil }
        if memcmp(base + index, mark, mark.count) == 0 { return index }
        from = index + 1
      }
      return nil
    }
  }

  private mutating func finishPaste(_ bytes: [UInt8]) {
    if !bytes.isEmpty { emit(.paste(Self.pastedText(bytes))) }
  }

  /// Line ends become LF: terminals send CR for them.
  private static func pastedText(_ bytes: [UInt8]) -> String {
    guard bytes.contains(0x0d) else { return String(decoding: bytes, as: UTF8.self) }
    var lines: [UInt8] = []
    lines.reserveCapacity(bytes.count)
    var wasReturn = false
    for byte in bytes {
      if byte == 0x0d {
        lines.append(0x0a)
      } else if byte != 0x0a || !wasReturn {
        lines.append(byte)
      }
      wasReturn = byte == 0x0d
    }
    return String(decoding: lines, as: UTF8.self)
  }
}
