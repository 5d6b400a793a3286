package import Kernel

/// Makes points of check-ins, and remembers what it knows of a key.
package struct CheckInPointReader {
  /// A period, and the moment at which it is over.
  private struct Known {
    let period: Period
    let end: Moment
  }

  private let frequency: Frequency
  private let rule: ScoreRule
  private let zone: Zone
  private let dayStart: Int64
  private var known: [String: Known] = [:]

  /// A group's days begin at midnight, one's own at `dayStartHour`.
  package init(_ frequency: Frequency, rule: ScoreRule, zone: Zone, dayStartHour: Int = 0) {
    self.frequency = frequency
    self.rule = rule
    self.zone = zone
    dayStart = Int64(dayStartHour) * 3_600_000
  }

  /// nil for a key that is none of the frequency's.
  package mutating func point(_ checkIn: CheckIn) -> CheckInPoint? {
    guard
      var point = point(
        checkIn.id, member: checkIn.member, key: checkIn.key, scores: checkIn.scores,
        score: checkIn.score, written: checkIn.written)
    else { return nil }
    point.mood = checkIn.mood
    point.energy = checkIn.energy.flatMap { (1...5).contains($0) ? $0 : nil }
    point.note = checkIn.note
    point.isEdited = checkIn.edited != nil
    point.isPrivate = checkIn.isPrivate
    return point
  }

  /// One of figures alone. `score` counts where there are no `scores`, and where the rule knows it.
  package mutating func point(
    _ id: EntryID, member: EntryID?, key: String, scores: Scores?, score: Int?, written: Moment?
  ) -> CheckInPoint? {
    guard let known = find(key) else { return nil }
    var point = CheckInPoint(
      id: id, member: member, period: known.period, scores: scores,
      score: scores.map(rule.score) ?? score.flatMap { rule.range.contains($0) ? $0 : nil },
      written: written)
    if let written, written >= known.end { point.lateOn = zone.civil(written + -dayStart).day }
    return point
  }

  private mutating func find(_ key: String) -> Known? {
    if let known = known[key] { return known }
    guard let period = Period(frequency, key: key) else { return nil }
    let end = zone.moment(CivilTime(day: period.last + 1)) + dayStart
    let new = Known(period: period, end: end)
    known[key] = new
    return new
  }
}
