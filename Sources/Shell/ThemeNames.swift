internal import TUI

extension Role {
  /// The role's name in a theme file.
  var key: String {
    switch self {
    case .text: "text"
    case .strong: "strong"
    case .muted: "muted"
    case .faint: "faint"
    case .accent: "accent"
    case .good: "good"
    case .warn: "warn"
    case .bad: "bad"
    case .seriesTwo: "series_two"
    case .seriesThree: "series_three"
    case .mask: "mask"
    case .match: "match"
    case .title: "title"
    case .added: "added"
    case .removed: "removed"
    case .label: "label"
    case .key: "key"
    case .marked: "marked"
    }
  }
}

extension Ground {
  /// The ground's name in a theme file; nil for the one that is never painted.
  var key: String? {
    switch self {
    case .screen: nil
    case .selection: "selection"
    case .raised: "raised"
    }
  }
}

/// The words that a theme file may use for a colour or an attribute.
enum ThemeWord {
  /// In the order of the terminal's palette.
  static let colors = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue",
    "bright-magenta", "bright-cyan", "bright-white",
  ]

  /// The colour that `word` names, as far as the terminal has as many; nil for no colour.
  static func color(_ word: Substring, plain: Bool) -> Color? {
    if word == "default" { return .standard }
    if let index = colors.firstIndex(of: String(word)) { return .sixteen(index) }
    if let index = Int(word), word.first?.isNumber == true {
      if plain { return (0..<16).contains(index) ? .sixteen(index) : nil }
      return (0..<256).contains(index) ? .indexed(index) : nil
    }
    guard !plain, word.first == "#", word.utf8.count == 7,
      word.dropFirst().allSatisfy(\.isHexDigit), let value = UInt32(word.dropFirst(), radix: 16)
    else { return nil }
    return .rgb(UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255))
  }

  /// `word` as an attribute of `style`; false where it is none.
  static func apply(_ word: Substring, to style: inout Style) -> Bool {
    switch word {
    case "bold": style.bold = true
    case "italic": style.italic = true
    case "underline": style.underline = true
    case "reverse": style.reverse = true
    case "dim": style.dim = true
    default: return false
    }
    return true
  }
}
