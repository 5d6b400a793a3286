package import Kernel

/// One full view of an area: an ordinary value, drawn from what `load` has read.
package protocol Screen: SendableMetatype {
  /// The context of its keys: `journal.list`.
  static var context: String { get }
  static var commands: [Command<Self>] { get }
  /// For the window's title and the restored session; nothing private.
  var title: String { get }
  /// The kinds whose change makes it stale.
  var reads: Set<Kind> { get }
  /// True while keys are text: single characters are typed, not run.
  var takesText: Bool { get }
  /// The sentence of row 3, its figure at the right.
  var headline: (text: SafeText, figure: SafeText) { get }
  /// Reads what fits into `size`: after a push, a change of its kinds, a resize.
  mutating func load(_ size: Size) throws
  func draw(on surface: inout Surface, in rect: Rect)
  /// A key that is no command here: text and the keys that edit it; false where it is not wanted.
  mutating func press(_ key: Key) -> Bool
  /// Pasted text; false where it is not wanted.
  mutating func paste(_ text: String) -> Bool
  /// A click (`count` 1) or a double click at a point of the content rectangle.
  mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step
  /// The wheel, in lines, down positive.
  mutating func scroll(_ lines: Int) throws
  /// The reply of a job that this screen started.
  mutating func receive(_ reply: any Sendable) throws -> Step
  /// Milliseconds after the last event at which `rest` wants to be called once; nil for never.
  var restDelay: Int? { get }
  /// A pause in typing: drafts are saved, a preview is loaded.
  mutating func rest() throws -> Step
  /// Before the program ends or another program takes the terminal, at any signal: save the draft.
  mutating func leave()
  /// What brings it back in the next session, as `key=value` pairs; nil where there is nothing to keep.
  var bookmark: [String: String]? { get }
  /// The reverse of `bookmark`, before the first `load`.
  mutating func restore(_ bookmark: [String: String])
}

extension Screen {
  package var takesText: Bool { false }
  package var headline: (text: SafeText, figure: SafeText) { ("", "") }
  package mutating func press(_ key: Key) -> Bool { false }
  package mutating func paste(_ text: String) -> Bool { false }
  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step { .stay }
  package mutating func scroll(_ lines: Int) throws {}
  package mutating func receive(_ reply: any Sendable) throws -> Step { .stay }
  package var restDelay: Int? { nil }
  package mutating func rest() throws -> Step { .stay }
  package mutating func leave() {}
  package var bookmark: [String: String]? { nil }
  package mutating func restore(_ bookmark: [String: String]) {}
}
