package import Kernel

/// A check-in as figures and charts see it: its period and its score are known, and what is out of
/// range is left out, whoever wrote it.
package struct CheckInPoint: Hashable, Sendable {
  /// Of the check-in.
  package var id: EntryID
  /// nil for one's own.
  package var member: EntryID?
  package var period: Period
  package var scores: Scores?
  /// By the rule that it was read with; in tenths for `mean`.
  package var score: Int?
  /// A word or an emoji; empty for none.
  package var mood: String
  /// 1 to 5
  package var energy: Int?
  package var note: String
  package var written: Moment?
  /// The day on which it was written, where that is after the period: it is late.
  package var lateOn: Day?
  package var isEdited: Bool
  package var isPrivate: Bool

  package init(
    id: EntryID, member: EntryID? = nil, period: Period, scores: Scores?, score: Int?,
    mood: String = "", energy: Int? = nil, note: String = "", written: Moment? = nil,
    lateOn: Day? = nil, isEdited: Bool = false, isPrivate: Bool = false
  ) {
    self.id = id
    self.member = member
    self.period = period
    self.scores = scores
    self.score = score
    self.mood = mood
    self.energy = energy
    self.note = note
    self.written = written
    self.lateOn = lateOn
    self.isEdited = isEdited
    self.isPrivate = isPrivate
  }

  /// Written after its period was over.
  package var isLate: Bool { lateOn != nil }
  /// Written, or imported, when the period was closed already.
  package var isBackfilled: Bool { lateOn.map { $0 > period.lastChance } ?? false }

  /// nil where it has none, or where it is not shared.
  package func value(_ part: CheckInPart) -> Int? {
    switch part {
    case .score: score
    case .productive: scores?.productive
    case .satisfied: scores?.satisfied
    case .body: scores?.body
    case .care: scores?.care
    case .energy: energy
    }
  }
}

extension CheckInPoint {
  /// One's own check-ins, oldest first. Each is on time or late by the zone in which it was written,
  /// else by `zone`; its days begin at `dayStartHour`. O(n) where they come in order.
  package static func own(
    _ checkIns: [CheckIn], rule: ScoreRule = .hucares, zone: Zone, dayStartHour: Int = 0,
    named: (String) -> Zone? = { Zone(named: $0) }
  ) -> [CheckInPoint] {
    var readers = [CheckInPointReader(.weekly, rule: rule, zone: zone, dayStartHour: dayStartHour)]
    var places: [String: Int] = [zone.name: 0]
    var points: [CheckInPoint] = []
    points.reserveCapacity(checkIns.count)
    for checkIn in checkIns {
      let name = checkIn.zone
      if places[name] == nil {
        places[name] = 0
        if let other = named(name) {
          places[name] = readers.count
          readers.append(
            CheckInPointReader(.weekly, rule: rule, zone: other, dayStartHour: dayStartHour))
        }
      }
      if let point = readers[places[name] ?? 0].point(checkIn) { points.append(point) }
    }
    return oldestFirst(points)
  }

  /// A group's check-ins, oldest first: by the group's rule, and on time or late by the group's zone,
  /// wherever the members are. Those with a key of another frequency, from before it was changed, are
  /// left out. O(n) where they come in order.
  package static func group(
    _ checkIns: [CheckIn], rule: ScoreRule, frequency: Frequency, zone: Zone
  ) -> [CheckInPoint] {
    var reader = CheckInPointReader(frequency, rule: rule, zone: zone)
    var points: [CheckInPoint] = []
    points.reserveCapacity(checkIns.count)
    for checkIn in checkIns {
      if let point = reader.point(checkIn) { points.append(point) }
    }
    return oldestFirst(points)
  }

  /// Stores give them newest first: then turning them round is enough.
  private static func oldestFirst(_ points: [CheckInPoint]) -> [CheckInPoint] {
    let pairs = zip(points, points.dropFirst())
    if pairs.allSatisfy({ $0.period <= $1.period }) { return points }
    if pairs.allSatisfy({ $0.period >= $1.period }) { return points.reversed() }
    return points.sorted { $0.period < $1.period }
  }
}
