/// What a cell's text is for. A theme gives each role its colours; nothing else knows a colour.
package enum Role: UInt8, CaseIterable, Sendable {
  case text, strong, muted, faint, accent, good, warn, bad
  case seriesTwo, seriesThree, mask
  /// A search hit.
  case match
  /// The active tab's name; a heading.
  case title
  /// Added and removed text of a diff.
  case added, removed
  /// A tag, a mood: small labels inside text.
  case label
  /// A link, a key in a hint.
  case key
  /// The selected text of an editor.
  case marked
}

/// What lies behind a cell's text.
package enum Ground: UInt8, CaseIterable, Sendable {
  /// The terminal's own background, never painted.
  case screen
  /// The selected row.
  case selection
  /// A dialog or a toast.
  case raised
}
