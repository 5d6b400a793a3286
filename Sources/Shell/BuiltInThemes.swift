package import TUI

/// The themes that need no file: the first paint waits for no parser. `themes/` has them as TOML too.
extension Theme {
  /// Calm colours for dark terminals.
  package static let dusk = Theme(
    name: "dusk", isDark: true,
    styles: styles([
      .strong: Style(bold: true), .muted: Style(.indexed(247)), .faint: Style(.indexed(240)),
      .accent: Style(.indexed(110)), .good: Style(.indexed(108)), .warn: Style(.indexed(179)),
      .bad: Style(.indexed(174)), .seriesTwo: Style(.indexed(180)),
      .seriesThree: Style(.indexed(140)), .mask: Style(.indexed(240)),
      .match: Style(.indexed(222), bold: true, underline: true),
      .title: Style(.indexed(110), bold: true), .added: Style(.indexed(108)),
      .removed: Style(.indexed(174)), .label: Style(.indexed(146)), .key: Style(.indexed(110)),
      .marked: Style(reverse: true),
    ]),
    plainStyles: styles([
      .strong: Style(bold: true), .faint: Style(.sixteen(8)), .accent: Style(.sixteen(6)),
      .good: Style(.sixteen(2)), .warn: Style(.sixteen(3)), .bad: Style(.sixteen(1)),
      .seriesTwo: Style(.sixteen(3)), .seriesThree: Style(.sixteen(5)), .mask: Style(.sixteen(8)),
      .match: Style(.sixteen(3), bold: true, underline: true),
      .title: Style(.sixteen(6), bold: true), .added: Style(.sixteen(2)),
      .removed: Style(.sixteen(1)), .label: Style(.sixteen(5)), .key: Style(.sixteen(6)),
      .marked: Style(reverse: true),
    ]),
    grounds: [Backdrop(), Backdrop(.indexed(236)), Backdrop(.indexed(235))],
    plainGrounds: [Backdrop(), Backdrop(reverse: true), Backdrop()])

  /// Calm colours for light terminals.
  package static let paper = Theme(
    name: "paper", isDark: false,
    styles: styles([
      .strong: Style(bold: true), .muted: Style(.indexed(241)), .faint: Style(.indexed(250)),
      .accent: Style(.indexed(24)), .good: Style(.indexed(22)), .warn: Style(.indexed(94)),
      .bad: Style(.indexed(124)), .seriesTwo: Style(.indexed(89)),
      .seriesThree: Style(.indexed(58)), .mask: Style(.indexed(250)),
      .match: Style(.indexed(88), bold: true, underline: true),
      .title: Style(.indexed(24), bold: true), .added: Style(.indexed(22)),
      .removed: Style(.indexed(124)), .label: Style(.indexed(60)), .key: Style(.indexed(24)),
      .marked: Style(reverse: true),
    ]),
    plainStyles: styles([
      .strong: Style(bold: true), .faint: Style(.sixteen(7)), .accent: Style(.sixteen(4)),
      .good: Style(.sixteen(2)), .warn: Style(.sixteen(5)), .bad: Style(.sixteen(1)),
      .seriesTwo: Style(.sixteen(5)), .seriesThree: Style(.sixteen(6)), .mask: Style(.sixteen(7)),
      .match: Style(.sixteen(1), bold: true, underline: true),
      .title: Style(.sixteen(4), bold: true), .added: Style(.sixteen(2)),
      .removed: Style(.sixteen(1)), .label: Style(.sixteen(5)), .key: Style(.sixteen(4)),
      .marked: Style(reverse: true),
    ]),
    grounds: [Backdrop(), Backdrop(.indexed(254)), Backdrop(.indexed(255))],
    plainGrounds: [Backdrop(), Backdrop(reverse: true), Backdrop()])

  /// No colours at all: bold, underline and reverse.
  package static let mono = Theme(
    name: "mono", isDark: true, styles: monoStyles, plainStyles: monoStyles,
    grounds: monoGrounds, plainGrounds: monoGrounds)

  /// The built-in themes by name.
  package static let builtIn = [dusk, paper, mono]

  private static let monoGrounds = [Backdrop(), Backdrop(reverse: true), Backdrop()]

  private static let monoStyles = styles([
    .strong: Style(bold: true), .accent: Style(bold: true), .warn: Style(bold: true),
    .bad: Style(bold: true), .match: Style(bold: true, underline: true),
    .title: Style(bold: true, underline: true), .added: Style(bold: true),
    .removed: Style(underline: true), .key: Style(bold: true), .marked: Style(reverse: true),
  ])

  /// In the order of `Role.rawValue`; the terminal's own colour where nothing is said.
  private static func styles(_ styles: [Role: Style]) -> [Style] {
    Role.allCases.map { styles[$0] ?? Style() }
  }
}
