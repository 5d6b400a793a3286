internal import Kernel
internal import Life
internal import Storage

/// The journal's streaks, from the store's facts by the rules of `Streak`.
enum JournalStreaks {
  /// Days with morning pages.
  static func morning(desk: Desk) throws -> Streak { try streak(type: .morning, desk: desk) }
  /// Days with any entry.
  static func any(desk: Desk) throws -> Streak { try streak(type: nil, desk: desk) }

  static func streak(type: JournalType?, desk: Desk) throws -> Streak {
    let (facts, skips) = try desk.store.read { db in
      (
        try JournalQueries.streakFacts(db, type: type, world: desk.world),
        try JournalQueries.skips(db)
      )
    }
    return Streak(
      facts: facts,
      rules: StreakRules(
        today: desk.world.today, allowance: desk.preferences.graceDays, skips: skips))
  }

  /// The state of one day in a sentence.
  static func sentence(for state: StreakState) -> String {
    switch state {
    case .done: "Written."
    case .backfilled(let day): "Written later, on \(day)."
    case .skipped(let reason): "Skipped: \(reason)."
    case .paused(let reason): "Paused: \(reason)."
    case .grace(let used, let all): "Not written; grace day \(used) of \(all) in 30 days."
    case .travel: "Swallowed by a flight over the date line."
    case .missed: "Not written."
    case .pending: "Still open."
    case .notDue: "Not needed."
    }
  }
}
