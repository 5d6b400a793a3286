package import Kernel
package import Storage
package import TUI

/// An area of life as the frame sees it: all that it registers.
package struct Area: Sendable {
  /// Lower case and stable: `journal`.
  package let name: String
  package let title: String
  package var entries: [any Entry.Type] = []
  package var migrations: [Migration] = []
  package var searches: [SearchSource] = []
  /// Its first screen; nil for an area without a tab.
  package var home: (@Sendable (Desk) -> any Screen)?
  /// All its screens: what keys, help and manual are made from.
  package var screens: [any Screen.Type] = []
  /// The contexts of screens whose keys are text.
  package var textContexts: [String] = []
  /// A search screen over everything; one area offers it.
  package var search: (@Sendable (Desk) -> any Screen)?
  /// The editor on a draft that the last session left; nil where there is none.
  package var resume: @Sendable (Desk) throws -> (any Screen)? = { _ in nil }
  /// The lines that it has for Today.
  package var today: @Sendable (Desk) throws -> [TodayCard] = { _ in [] }
  /// Lines for Today that take longer to find out: they come when the first ones are on the screen.
  /// The first desk is for reading, the second one for the screens that a line opens.
  package var todayLater: @Sendable (Desk, Desk) throws -> [TodayCard] = { _, _ in [] }
  /// What the palette finds for a text: entries, days.
  package var find: @Sendable (Desk, String) throws -> [Picker.Item] = { _, _ in [] }
  /// One line for a row of its kinds (trash, conflicts); nil for kinds that never stand alone.
  package var describe: @Sendable (Kind, [String: Value]) -> String? = { _, _ in nil }

  package init(name: String, title: String) {
    self.name = name
    self.title = title
  }
}

/// A group of lines on the Today screen.
package struct TodayCard: Sendable {
  package struct Line: Sendable {
    package var glyph: SafeText
    package var role: Role
    package var text: SafeText
    package var figure: SafeText
    /// What Enter does; nil for a line that only informs.
    package var open: (@Sendable () -> Step)?
    package init(
      _ text: SafeText, glyph: SafeText = "", role: Role = .text, figure: SafeText = "",
      open: (@Sendable () -> Step)? = nil
    ) {
      self.text = text
      self.glyph = glyph
      self.role = role
      self.figure = figure
      self.open = open
    }
  }
  package var heading: SafeText
  package var note: SafeText
  package var lines: [Line]
  /// In the right column, where there are two.
  package var isAside: Bool
  package init(_ heading: SafeText, note: SafeText = "", isAside: Bool = false, lines: [Line]) {
    self.heading = heading
    self.note = note
    self.lines = lines
    self.isAside = isAside
  }
}
