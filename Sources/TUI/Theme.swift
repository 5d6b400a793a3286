/// A colour as a theme names it.
package enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// 0...15: the terminal's palette.
  case sixteen(Int)
  /// 0...255: xterm's palette.
  case indexed(Int)
  /// Red, green and blue, 0...255.
  case rgb(UInt8, UInt8, UInt8)
}

/// How a role looks.
package struct Style: Hashable, Sendable {
  package var foreground: Color = .standard
  package var bold = false
  package var italic = false
  package var underline = false
  package var reverse = false
  package var dim = false

  package init(
    _ foreground: Color = .standard, bold: Bool = false, italic: Bool = false,
    underline: Bool = false, reverse: Bool = false, dim: Bool = false
  ) {
    self.foreground = foreground
    self.bold = bold
    self.italic = italic
    self.underline = underline
    self.reverse = reverse
    self.dim = dim
  }
}

/// What lies behind text: a colour, or reversed video where there are no colours.
package struct Backdrop: Hashable, Sendable {
  package var color: Color = .standard
  package var reverse = false
  package init(_ color: Color = .standard, reverse: Bool = false) {
    self.color = color
    self.reverse = reverse
  }
}

/// The colours of all roles and grounds, each for rich terminals and for 16 colours.
package struct Theme: Equatable, Sendable {
  package var name: String
  package var isDark: Bool
  /// Indexed by `Role.rawValue`; colours of 24 bits or 256.
  package var styles: [Style]
  /// The same for terminals of 16 and of 8 colours.
  package var plainStyles: [Style]
  /// Indexed by `Ground.rawValue`.
  package var grounds: [Backdrop]
  package var plainGrounds: [Backdrop]

  package init(
    name: String, isDark: Bool, styles: [Style], plainStyles: [Style], grounds: [Backdrop],
    plainGrounds: [Backdrop]
  ) {
    self.name = name
    self.isDark = isDark
    self.styles = styles
    self.plainStyles = plainStyles
    self.grounds = grounds
    self.plainGrounds = plainGrounds
  }
}
