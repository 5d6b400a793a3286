internal import TUI

/// The escape sequences of xterm and its kin, of the Linux console and of rxvt.
extension InputParser {
  /// Reads what begins with ESC at `start`; its length, or nil where bytes are missing.
  mutating func escape(at start: Int) -> Int? {
    guard start + 1 < buffer.count else { return nil }
    switch buffer[start + 1] {
    case UInt8(ascii: "["): return controlSequence(at: start)
    case UInt8(ascii: "O"): return singleShift(at: start)
    case UInt8(ascii: "]"): return string(at: start, opensWith: { $0 >= 0x30 && $0 <= 0x39 })
    case UInt8(ascii: "P"):
      return string(at: start, opensWith: { $0 >= 0x30 && $0 <= 0x3f || $0 == 0x21 })
    case 0x1b: return doubleEscape(at: start)
    default: return altered(at: start)
    }
  }

  /// ESC and a character: that character with Alt.
  private mutating func altered(at start: Int) -> Int? {
    let byte = buffer[start + 1]
    if byte < 0x20 || byte == 0x7f {
      var key = control(byte)
      key.alt = true
      emit(.key(key))
      return 2
    }
    guard let (scalar, length) = scalar(at: start + 1) else { return nil }
    emit(.key(Key(.character(Character(scalar)), alt: true)))
    return 1 + length
  }

  /// ESC before an arrow is Alt with it; before anything else it is the key Escape.
  private mutating func doubleEscape(at start: Int) -> Int? {
    guard start + 2 < buffer.count else { return nil }
    let next = buffer[start + 2]
    guard next == UInt8(ascii: "[") || next == UInt8(ascii: "O") else {
      emit(.key(Key(.escape)))
      return 1
    }
    flushText()
    let before = output.count
    guard let length = escape(at: start + 1) else { return nil }
    if output.count == before + 1, case .key(var key) = output[before] {
      key.alt = true
      output[before] = .key(key)
    }
    return 1 + length
  }

  /// OSC or DCS, to its BEL or ST. Text that only looks like one is Alt and a letter.
  private mutating func string(at start: Int, opensWith isOpening: (UInt8) -> Bool) -> Int? {
    guard start + 2 < buffer.count else { return nil }
    guard isOpening(buffer[start + 2]) else { return altered(at: start) }
    var end = start + 2
    while end < buffer.count, end - start < 4_096 {
      let byte = buffer[end]
      if byte == 0x07 { return finishString(at: start, to: end, length: end + 1 - start) }
      if byte == 0x1b {
        guard end + 1 < buffer.count else { return nil }
        let isTerminated = buffer[end + 1] == UInt8(ascii: "\\")
        return finishString(at: start, to: end, length: end - start + (isTerminated ? 2 : 0))
      }
      end += 1
    }
    return end < buffer.count ? end - start : nil
  }

  private mutating func finishString(at start: Int, to end: Int, length: Int) -> Int {
    let body = String(decoding: buffer[(start + 2)..<end], as: UTF8.self)
    if buffer[start + 1] == UInt8(ascii: "]"), body.hasPrefix("11;"),
      let lightness = Self.lightness(body.dropFirst(3))
    {
      emit(.reply(.background(lightness: lightness)))
    }
    return length
  }

  /// Of `rgb:RRRR/GGGG/BBBB` with one to four digits each, by the luma of ITU-R BT.601.
  static func lightness(_ color: Substring) -> Double? {
    guard let colon = color.firstIndex(of: ":") else { return nil }
    let parts = color[color.index(after: colon)...].split(separator: "/")
    guard parts.count >= 3 else { return nil }
    var channels: [Double] = []
    for part in parts.prefix(3) {
      guard (1...4).contains(part.count), let value = UInt32(part, radix: 16) else { return nil }
      channels.append(Double(value) / Double((1 << (4 * part.count)) - 1))
    }
    return 0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2]
  }

  /// SS3: keys in application mode, and F1 to F4.
  private mutating func singleShift(at start: Int) -> Int? {
    guard start + 2 < buffer.count else { return nil }
    let final = buffer[start + 2]
    if let code = Self.letters[final] {
      emit(.key(Key(code)))
    } else if (UInt8(ascii: "a")...UInt8(ascii: "d")).contains(final),
      let code = Self.letters[final - 0x20]
    {
      emit(.key(Key(code, control: true)))  // rxvt's Ctrl with an arrow
    } else if final == UInt8(ascii: "M") {
      emit(.key(Key(.enter)))
    } else if final >= UInt8(ascii: "j"), final <= UInt8(ascii: "y") {
      let keypad = Character(Unicode.Scalar(final - 0x40))
      emit(.key(.character(keypad)))
    } else {
      emit(.key(Key(.character("O"), alt: true)))
      return 2
    }
    return 3
  }

  static let letters: [UInt8: Key.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  static let numbers: [Int: Key.Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]
}
