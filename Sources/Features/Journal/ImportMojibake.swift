/// Text that was UTF-8 once and was read as Windows-1252 or MacRoman: `Ã©` or `√©` for `é`.
enum ImportMojibake {
  /// The text as it was meant; nil where nothing in it looks garbled.
  ///
  /// Only runs of characters that, taken as bytes, are whole UTF-8 sequences of letters and signs in
  /// common use are changed: what can be read as it stands stays.
  static func repaired(_ text: String) -> String? {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    return repaired(text, windows) ?? repaired(text, macRoman)
  }

  private static func repaired(_ text: String, _ bytes: [Unicode.Scalar: UInt8]) -> String? {
    let scalars = Array(text.unicodeScalars)
    var out = String.UnicodeScalarView()
    var changed = false
    var at = 0
    while at < scalars.count {
      if let (meant, length) = sequence(scalars, at, bytes) {
        out.append(meant)
        at += length
        changed = true
      } else {
        out.append(scalars[at])
        at += 1
      }
    }
    return changed ? String(out) : nil
  }

  /// The scalar whose UTF-8 bytes stand at `at`, and how many of them there are.
  private static func sequence(
    _ scalars: [Unicode.Scalar], _ at: Int, _ bytes: [Unicode.Scalar: UInt8]
  ) -> (Unicode.Scalar, Int)? {
    guard scalars[at].value >= 0x80, let lead = bytes[scalars[at]] else { return nil }
    let length: Int
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return nil
    }
    guard at + length <= scalars.count else { return nil }
    var sequence = [lead]
    for scalar in scalars[(at + 1)..<(at + length)] {
      guard let byte = bytes[scalar], byte & 0xC0 == 0x80 else { return nil }
      sequence.append(byte)
    }
    guard let decoded = String(validating: sequence, as: UTF8.self)?.unicodeScalars.first,
      isCommon(decoded)
    else { return nil }
    return (decoded, length)
  }

  /// Two-byte sequences can arise by chance (`É»`), so only usual ones count; longer ones hardly do.
  private static func isCommon(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0...0x17F, 0x370...0x52F, 0x5D0...0x5EA, 0x620...0x64A: true
    case 0x800...: true
    default: false
    }
  }

  private static let windows = table(ImportText.windows1252)

  private static let macRoman: [Unicode.Scalar: UInt8] = {
    let upper = Array(
      ("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„"
        + "‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ").unicodeScalars)
    return table((0..<128).map { Unicode.Scalar(UInt8($0)) } + upper)
  }()

  private static func table(_ meanings: [Unicode.Scalar]) -> [Unicode.Scalar: UInt8] {
    Dictionary(
      zip(meanings, UInt8.min...UInt8.max).map { ($0, $1) }, uniquingKeysWith: { first, _ in first }
    )
  }
}
