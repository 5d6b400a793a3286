/// What a key does to text that is being written.
package enum TextCommand: Hashable, Sendable {
  case insert(String)
  case newline
  case delete(TextMotion)
  /// Deletes to where the motion leads and keeps the text for `yank`.
  case kill(TextMotion)
  /// Kills the selection, or the word before the caret where nothing is selected.
  case killSelection
  /// Keeps the selection for `yank` without deleting it.
  case keepSelection
  case yank
  case move(TextMotion)
  /// Moves the caret, the selection growing or shrinking with it.
  case select(TextMotion)
  case selectAll
  /// Begins a selection that every motion extends; ends it where there is one.
  case mark
  case transpose
  case undo
  case redo
}

/// Where a caret can go. A row is what the screen shows, a line what ends with a newline.
package enum TextMotion: Hashable, Sendable {
  case left, right, up, down
  case wordLeft, wordRight
  case rowStart, rowEnd
  case lineStart, lineEnd
  /// The start of this paragraph or of the one before; the end of this or the next. Empty lines
  /// stand between paragraphs.
  case paragraphBack, paragraphForward
  case pageUp, pageDown
  case documentStart, documentEnd
}
