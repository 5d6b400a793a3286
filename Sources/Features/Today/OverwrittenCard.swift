internal import Kernel
internal import Storage
internal import TUI

/// A quiet line on Today while there are overwritten texts that nobody has looked at.
enum OverwrittenCard {
  /// One card, or none.
  static func cards(_ desk: Desk) throws -> [TodayCard] {
    let count = try desk.store.openConflicts()
    guard count > 0 else { return [] }
    let text = counted(count, "text was overwritten", "texts were overwritten")
    return [
      TodayCard(
        "Other devices", isAside: true,
        lines: [
          TodayCard.Line(
            SafeText("\(text), unseen"), glyph: "!", role: .warn, figure: "g c",
            open: { .push(ConflictsScreen(desk: desk)) })
        ])
    ]
  }
}
