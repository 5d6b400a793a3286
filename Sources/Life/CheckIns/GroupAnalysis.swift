package import Kernel

/// What follows from a group's check-ins, the same on every member's device and offline. Nobody is
/// ranked: members stand in the order in which they joined.
///
/// Made in O(n log n), O(n) for points in order; n is the number of check-ins.
package struct GroupAnalysis: Sendable {
  /// In the order in which they joined, past ones too.
  package let members: [GroupMember]
  package let rule: ScoreRule
  package let frequency: Frequency
  package let today: Day
  /// The period that `today` lies in.
  package let current: Period
  /// By period and then by member, oldest first; those of accounts that are no members are left out,
  /// and those of periods to come.
  package let points: [CheckInPoint]

  /// The places of members' first and last periods: nil at the end while they are in it.
  private let stays: [(first: Period, last: Period?)]
  private let accounts: [EntryID?]
  /// The periods with check-ins, oldest first, and where theirs begin in `points`.
  private let filled: [(period: Period, start: Int)]

  /// `today` is the group's day. `zone` is the group's: it tells in which period somebody joined.
  package init(
    members: [GroupMember], points: [CheckInPoint], rule: ScoreRule, frequency: Frequency,
    zone: Zone, today: Day
  ) {
    let current = Period(frequency, of: today)
    let order = members.filter { $0.account != nil }.sorted {
      ($0.joined?.milliseconds ?? .min, $0.id) < ($1.joined?.milliseconds ?? .min, $1.id)
    }
    var places: [EntryID: Int] = [:]
    for (index, member) in order.enumerated() {
      if let account = member.account { places[account] = index }
    }
    func period(_ moment: Moment) -> Period { Period(frequency, of: zone.civil(moment).day) }
    self.members = order
    self.rule = rule
    self.frequency = frequency
    self.today = today
    self.current = current
    accounts = order.map(\.account)
    stays = order.map { member in
      let first = member.joined.map(period) ?? current
      // Who left within a period did not have to answer in it.
      return (
        first, member.state == .member ? nil : member.ended.map { period($0).previous } ?? first
      )
    }
    (self.points, filled) = Self.sorted(points, places: places, current: current)
  }

  private static func sorted(
    _ points: [CheckInPoint], places: [EntryID: Int], current: Period
  ) -> (points: [CheckInPoint], filled: [(period: Period, start: Int)]) {
    var keys: [(day: Int, place: Int, index: Int)] = []
    keys.reserveCapacity(points.count)
    for (index, point) in points.enumerated() {
      guard point.period.frequency == current.frequency, point.period <= current,
        let place = point.member.flatMap({ places[$0] })
      else { continue }
      keys.append((point.period.first.number, place, index))
    }
    keys.sort { ($0.day, $0.place, $0.index) < ($1.day, $1.place, $1.index) }
    var sorted: [CheckInPoint] = []
    sorted.reserveCapacity(keys.count)
    var filled: [(period: Period, start: Int)] = []
    for (position, key) in keys.enumerated() {
      // One a member and period.
      if position > 0, (keys[position - 1].day, keys[position - 1].place) == (key.day, key.place) {
        continue
      }
      let point = points[key.index]
      if filled.last?.period != point.period { filled.append((point.period, sorted.count)) }
      sorted.append(point)
    }
    return (sorted, filled)
  }

  // MARK: - Periods

  /// Who was in it, and what they showed. O(members + log n).
  package func round(of period: Period) -> GroupRound {
    let found = points(of: period)
    var index = found.startIndex
    var seats: [GroupRound.Seat] = []
    for (place, member) in members.enumerated() {
      if index < found.endIndex, found[index].member == member.account {
        seats.append(GroupRound.Seat(member: member, point: found[index]))
        index += 1
      } else if isDue(place, period) {
        seats.append(GroupRound.Seat(member: member, point: nil))
      }
    }
    return GroupRound(period: period, rule: rule, seats: seats)
  }

  /// The last `count` periods up to the current one, newest first.
  package func rounds(last count: Int) -> [GroupRound] {
    (0..<max(0, count)).map { round(of: current.advanced(by: -$0)) }
  }

  private func isDue(_ place: Int, _ period: Period) -> Bool {
    stays[place].first <= period && stays[place].last.map { period <= $0 } ?? true
  }

  private func points(of period: Period) -> ArraySlice<CheckInPoint> {
    let index = firstFilled(from: period)
    guard index < filled.count, filled[index].period == period else { return [] }
    return points[filled[index].start..<end(ofFilled: index)]
  }

  private func end(ofFilled index: Int) -> Int {
    index + 1 < filled.count ? filled[index + 1].start : points.count
  }

  func firstFilled(from period: Period) -> Int {
    var low = 0
    var high = filled.count
    while low < high {
      let middle = (low + high) / 2
      if filled[middle].period < period { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The check-ins of a span of periods, oldest first. O(log n).
  package func points(in span: ClosedRange<Period>) -> ArraySlice<CheckInPoint> {
    let low = firstFilled(from: span.lowerBound)
    let high = firstFilled(from: span.upperBound.next)
    guard low < high else { return [] }
    return points[filled[low].start..<end(ofFilled: high - 1)]
  }

  // MARK: - Members

  /// A member's scores of the last `count` periods up to `end`, oldest first; nil where there is none.
  /// For a sparkline on a scale of its own. O(count × members).
  package func history(
    of account: EntryID, last count: Int, to end: Period? = nil
  ) -> [Int?] {
    let end = end ?? current
    let count = max(1, count)
    let start = end.advanced(by: 1 - count)
    var values = [Int?](repeating: nil, count: count)
    for point in points(in: start...end) where point.member == account {
      values[start.distance(to: point.period)] = point.score
    }
    return values
  }

  /// The mean of the group for each of the last `count` periods up to `end`, oldest first.
  package func means(last count: Int, to end: Period? = nil) -> [Average] {
    let end = end ?? current
    let count = max(1, count)
    let start = end.advanced(by: 1 - count)
    var values = [Average](repeating: Average(), count: count)
    for point in points(in: start...end) {
      if let score = point.score { values[start.distance(to: point.period)].add(score) }
    }
    return values
  }

  /// How many of the due check-ins were made, by all, over the periods with at least one. What may
  /// still be answered is not due. O(n + members × periods).
  package func participation(last count: Int? = nil) -> Participation {
    let start =
      count.map { current.advanced(by: 1 - max(1, $0)) } ?? filled.first?.period ?? current
    var figures = Participation(answered: 0, due: 0)
    for index in firstFilled(from: start)..<filled.count {
      let answered = end(ofFilled: index) - filled[index].start
      let isClosed = filled[index].period.standing(on: today) == .closed
      figures.answered += answered
      figures.due += isClosed ? seatCount(ofFilled: index) : answered
    }
    return figures
  }

  /// How many were in the group in a period, or have answered.
  private func seatCount(ofFilled index: Int) -> Int {
    let period = filled[index].period
    let end = end(ofFilled: index)
    var next = filled[index].start
    var count = 0
    for (place, account) in accounts.enumerated() {
      if next < end, points[next].member == account {
        next += 1
        count += 1
      } else if isDue(place, period) {
        count += 1
      }
    }
    return count
  }

  /// The periods in which all of two or more were in, newest first. O(n + members × periods).
  package func perfectPeriods() -> [Period] {
    filled.indices.reversed().compactMap { index in
      let answered = end(ofFilled: index) - filled[index].start
      return answered > 1 && answered == seatCount(ofFilled: index) ? filled[index].period : nil
    }
  }
}
