/// Stand-ins for terminals without Unicode.
enum ASCII {
  private static let table: [UInt32: Character] = {
    var table: [UInt32: Character] = [:]
    let rows: [(String, Character)] = [
      ("─━┄┅┈┉╌╍═–—−‐‑‒", "-"), ("│┃┆┇┊┋╎╏║▏▕", "|"), ("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰", "+"),
      ("▌▐›»→⇒▶►▸", ">"), ("‹«←⇐◀◄◂", "<"), ("↑⇑▲△▴", "^"), ("↓⇓▼▽▾", "v"),
      ("█▇▆▓▊▉▋▅", "#"), ("▄▃▂▁▒▍▎", "="), ("░·…•∙⋅", "."), ("○◌◦", "o"), ("◐◑◒◓", "/"),
      ("✓✔", "x"), ("✗✘×╳✕", "X"), ("★☆✦✱♥❤", "*"), ("●■◆⬤", "@"), ("□◇", "o"),
      ("‘’′ʼ", "'"), ("“”″", "\""), ("⏎↵", "<"), ("≤", "<"), ("≥", ">"), ("≈", "~"), ("÷", "/"),
      ("ÀÁÂÃÄÅĀĂĄ", "A"), ("àáâãäåāăą", "a"), ("ÇĆČĈĊ", "C"), ("çćčĉċ", "c"), ("ÐĎĐ", "D"),
      ("ďđð", "d"), ("ÈÉÊËĒĔĖĘĚ", "E"), ("èéêëēĕėęě", "e"), ("ĜĞĠĢ", "G"), ("ĝğġģ", "g"),
      ("ÌÍÎÏĨĪĬĮİ", "I"), ("ìíîïĩīĭįı", "i"), ("ŁĹĻĽ", "L"), ("łĺļľ", "l"), ("ÑŃŅŇ", "N"),
      ("ñńņň", "n"), ("ÒÓÔÕÖØŌŎŐ", "O"), ("òóôõöøōŏő", "o"), ("ŔŖŘ", "R"), ("ŕŗř", "r"),
      ("ŚŜŞŠȘ", "S"), ("śŝşšșß", "s"), ("ŢŤȚ", "T"), ("ţťț", "t"), ("ÙÚÛÜŨŪŬŮŰŲ", "U"),
      ("ùúûüũūŭůűų", "u"), ("ÝŶŸ", "Y"), ("ýÿŷ", "y"), ("ŹŻŽ", "Z"), ("źżž", "z"), ("\u{a0}", " "),
    ]
    for (characters, substitute) in rows {
      for scalar in characters.unicodeScalars { table[scalar.value] = substitute }
    }
    return table
  }()

  /// A byte that comes near a scalar; `?` where none does.
  static func substitute(for scalar: UInt32) -> UInt8 {
    if scalar >= 0x20 && scalar < 0x7f { return UInt8(scalar) }
    if scalar < 0xa0 { return UInt8(ascii: " ") }
    if scalar == 0x2800 { return UInt8(ascii: " ") }
    if scalar > 0x2800 && scalar < 0x2900 { return UInt8(ascii: ":") }  // braille: dots of a chart
    return table[scalar]?.asciiValue ?? UInt8(ascii: "?")
  }
}
