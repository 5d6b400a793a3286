internal import TUI

/// Control sequences: `ESC [`, parameters, a final letter.
extension InputParser {
  /// Reads one at `start`; its length, or nil where bytes are missing. What is not known is dropped.
  mutating func controlSequence(at start: Int) -> Int? {
    var index = start + 2
    guard index < buffer.count else { return nil }
    if buffer[index] == UInt8(ascii: "[") { return consoleFunction(at: start) }
    while index < buffer.count, index - start < 64 {
      let byte = buffer[index]
      if byte >= 0x40 && byte <= 0x7e {
        return finish(
          ControlSequence(buffer[(start + 2)..<index], final: byte), at: start, to: index)
      }
      // A byte that can't be part of it: the sequence broke off, what follows is new.
      if byte < 0x20 || byte > 0x7e { return max(2, index - start) }
      index += 1
    }
    return index < buffer.count ? index - start : nil
  }

  /// The parts of a control sequence.
  struct ControlSequence {
    /// `?`, `<`, `>`, `=`, or 0.
    var mark: UInt8 = 0
    /// The byte before the final one, such as `$`, or 0.
    var intermediate: UInt8 = 0
    /// Parameters; the ones left out are -1. Of `a:b` only `a`.
    var numbers: [Int] = []
    var final: UInt8

    init(_ bytes: ArraySlice<UInt8>, final: UInt8) {
      self.final = final
      var current = -1
      var inSub = false
      for byte in bytes {
        switch byte {
        case 0x30...0x39:
          if !inSub { current = min(max(current, 0) * 10 + Int(byte - 0x30), 0x10ffff) }
        case UInt8(ascii: ":"): inSub = true
        case UInt8(ascii: ";"):
          numbers.append(current)
          current = -1
          inSub = false
        case 0x3c...0x3f: mark = byte
        default: intermediate = byte
        }
      }
      if !bytes.isEmpty { numbers.append(current) }
    }

    func number(_ index: Int, or fallback: Int) -> Int {
      index < numbers.count && numbers[index] >= 0 ? numbers[index] : fallback
    }
  }

  private mutating func finish(_ sequence: ControlSequence, at start: Int, to index: Int) -> Int? {
    let length = index + 1 - start
    switch (sequence.mark, sequence.final) {
    case (UInt8(ascii: "<"), UInt8(ascii: "M")), (UInt8(ascii: "<"), UInt8(ascii: "m")):
      mouse(
        sequence.number(0, or: 0), x: sequence.number(1, or: 1), y: sequence.number(2, or: 1),
        pressed: sequence.final == UInt8(ascii: "M"))
    case (UInt8(ascii: "?"), _): reply(sequence)
    case (0, UInt8(ascii: "M")) where sequence.numbers.isEmpty:
      guard index + 3 < buffer.count else { return nil }
      let report = buffer[(index + 1)...(index + 3)].map { Int($0) - 32 }
      mouse(report[0], x: report[1], y: report[2], pressed: report[0] & 3 != 3 || report[0] >= 64)
      return length + 3
    case (0, UInt8(ascii: "I")): emit(.focused(true))
    case (0, UInt8(ascii: "O")): emit(.focused(false))
    case (0, UInt8(ascii: "~")) where sequence.number(0, or: 0) == 200:
      beginPaste()
    case (0, _): if let key = key(sequence) { emit(.key(key)) }
    default: break
    }
    return length
  }

  private mutating func mouse(_ button: Int, x: Int, y: Int, pressed: Bool) {
    let point = Point(x: max(0, x - 1), y: max(0, y - 1))
    // Bits 2 to 4 are Shift, Alt and Ctrl; bit 5 is a motion.
    switch button & ~0b11100 {
    case 0 where pressed: emit(.mouse(Mouse(.press, at: point)))
    case 64 where pressed: emit(.mouse(Mouse(.wheelUp, at: point)))
    case 65 where pressed: emit(.mouse(Mouse(.wheelDown, at: point)))
    default: break
    }
  }

  private mutating func reply(_ sequence: ControlSequence) {
    switch (sequence.intermediate, sequence.final) {
    case (0, UInt8(ascii: "c")): emit(.reply(.attributes))
    case (UInt8(ascii: "$"), UInt8(ascii: "y")):
      emit(.reply(.mode(sequence.number(0, or: 0), state: sequence.number(1, or: 0))))
    case (0, UInt8(ascii: "n")) where sequence.number(0, or: 0) == 997:
      emit(.reply(.scheme(isDark: sequence.number(1, or: 1) == 1)))
    default: break
    }
  }

  /// The Linux console's F1 to F5.
  private mutating func consoleFunction(at start: Int) -> Int? {
    guard start + 3 < buffer.count else { return nil }
    let letter = buffer[start + 3]
    if letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "E") {
      emit(.key(Key(.function(Int(letter - UInt8(ascii: "A")) + 1))))
    }
    return 4
  }

  private func key(_ sequence: ControlSequence) -> Key? {
    let first = sequence.number(0, or: 1)
    let modifiers = max(0, sequence.number(1, or: 1) - 1)
    let key: Key?
    switch sequence.final {
    case UInt8(ascii: "Z"): key = Key(.backTab)
    case UInt8(ascii: "~") where first == 27 && sequence.numbers.count == 3:
      return coded(sequence.number(2, or: 0), modifiers)
    case UInt8(ascii: "u"): return coded(sequence.number(0, or: 0), modifiers)
    case UInt8(ascii: "~"): key = Self.numbers[first].map { Key($0) }
    case UInt8(ascii: "^"): return Self.numbers[first].map { Key($0, control: true) }
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return Self.letters[sequence.final - 0x20].map { Key($0, shift: true) }
    default:
      // A report of the cursor's place has the form of F3, with a row instead of 1.
      key = first == 1 ? Self.letters[sequence.final].map { Key($0) } : nil
    }
    return key.map { modified($0, modifiers) }
  }

  private func modified(_ key: Key, _ modifiers: Int) -> Key {
    var key = key
    key.shift = modifiers & 1 != 0 && key.code != .backTab
    key.alt = modifiers & 2 != 0
    key.control = modifiers & 4 != 0
    return key
  }

  /// A key told by its character's number: xterm's modifyOtherKeys and `CSI u`.
  private func coded(_ code: Int, _ modifiers: Int) -> Key? {
    switch code {
    case 9: return modified(Key(modifiers & 1 != 0 ? .backTab : .tab), modifiers)
    case 13: return modified(Key(.enter), modifiers)
    case 27: return modified(Key(.escape), modifiers)
    case 8, 127: return modified(Key(.backspace), modifiers)
    case 0xe000...0xf8ff: return nil  // kitty's numbers for keys without a character
    default:
      guard code >= 32, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
      var character = Character(scalar)
      if modifiers & 1 != 0, let upper = character.uppercased().first { character = upper }
      if modifiers & 4 != 0, let lower = character.lowercased().first { character = lower }
      var key = modified(.character(character), modifiers)
      key.shift = false
      return key
    }
  }
}
