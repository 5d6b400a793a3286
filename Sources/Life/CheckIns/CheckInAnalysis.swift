package import Kernel

/// What follows from a person's check-ins: a pure function of them, of what was left out, and of the
/// day. Making it is O(n) for points in order, and each figure O(n) at most.
package struct CheckInAnalysis: Sendable {
  /// Oldest first, one a period, none after the current one.
  package let points: [CheckInPoint]
  package let rule: ScoreRule
  package let frequency: Frequency
  /// Reasons of weeks that were left out on purpose, by their Monday.
  package let skips: [Day: String]
  package let today: Day
  /// The period that `today` lies in.
  package let current: Period

  /// `points` of other frequencies and of periods to come are left out; of two of one period the
  /// first counts.
  package init(
    points: [CheckInPoint], rule: ScoreRule = .hucares, frequency: Frequency = .weekly,
    skips: [Day: String] = [:], today: Day
  ) {
    let current = Period(frequency, of: today)
    let known = points.filter { $0.period.frequency == frequency && $0.period <= current }
      .sorted { $0.period < $1.period }
    var unique: [CheckInPoint] = []
    unique.reserveCapacity(known.count)
    for point in known where unique.last?.period != point.period { unique.append(point) }
    self.points = unique
    self.rule = rule
    self.frequency = frequency
    self.skips = skips
    self.today = today
    self.current = current
  }

  /// The check-in of a period; O(log n).
  package func point(of period: Period) -> CheckInPoint? {
    let index = firstIndex(from: period)
    return index < points.count && points[index].period == period ? points[index] : nil
  }

  /// The last period that a chart has to show: the current one once it is answered, else the one
  /// before.
  package var lastShown: Period {
    points.last?.period == current ? current : current.previous
  }

  /// The last `count` periods up to `lastShown`; from the first check-in where `count` is nil; nil
  /// where there is none.
  package func span(last count: Int? = nil) -> ClosedRange<Period>? {
    guard let first = points.first?.period else { return nil }
    let end = max(lastShown, first)
    guard let count else { return first...end }
    return max(first, end.advanced(by: 1 - max(1, count)))...end
  }

  /// The check-ins of a span; O(log n).
  package func points(in span: ClosedRange<Period>) -> ArraySlice<CheckInPoint> {
    let low = firstIndex(from: span.lowerBound)
    return points[low..<max(low, firstIndex(from: span.upperBound.next))]
  }

  /// The check-ins of the last `count` periods; all where it is nil.
  package func points(last count: Int?) -> ArraySlice<CheckInPoint> {
    span(last: count).map { points(in: $0) } ?? []
  }

  private func firstIndex(from period: Period) -> Int {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if points[middle].period < period { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Why a period was left out; of a fortnight both weeks must have been. nil where it was not.
  package func skipReason(_ period: Period) -> String? {
    let monday = period.first - (period.first.weekday - 1)
    guard let reason = skips[monday] else { return nil }
    guard frequency == .biweekly else { return reason }
    return skips[monday + 7] == nil ? nil : reason
  }
}

/// How many of the due check-ins were made.
package struct Participation: Hashable, Sendable {
  package var answered: Int
  package var due: Int

  package init(answered: Int, due: Int) {
    self.answered = answered
    self.due = due
  }

  /// 0 to 100, rounded; nil where nothing was due.
  package var percent: Int? { due == 0 ? nil : (answered * 200 + due) / (2 * due) }

  /// `3 of 4`
  package var text: String { "\(answered) of \(due)" }
}

extension CheckInAnalysis {
  /// How many of the periods since the first were answered, of the last `count`. What was skipped, and
  /// what may still be answered, is not due.
  package func participation(last count: Int? = nil) -> Participation {
    span(last: count).map { participation(in: $0) } ?? Participation(answered: 0, due: 0)
  }

  /// Of the periods in `span`. O(periods in it).
  func participation(in span: ClosedRange<Period>) -> Participation {
    let answered = points(in: span)
    var figures = Participation(answered: answered.count, due: answered.count)
    var index = answered.startIndex
    var period = span.lowerBound
    while period <= span.upperBound {
      if index < answered.endIndex, answered[index].period == period {
        index += 1
      } else if period.standing(on: today) == .closed, skipReason(period) == nil {
        figures.due += 1
      }
      period = period.next
    }
    return figures
  }

  /// The three with the greatest score, of equal ones the newest first; never more than half of all.
  package func best(last count: Int? = nil) -> [CheckInPoint] {
    extremes(of: points(last: count).filter { $0.score != nil }).best
  }

  /// The three with the smallest score, of equal ones the newest first; none of them is among the best.
  package func hardest(last count: Int? = nil) -> [CheckInPoint] {
    extremes(of: points(last: count).filter { $0.score != nil }).hardest
  }

  private func extremes(
    of scored: [CheckInPoint]
  ) -> (best: [CheckInPoint], hardest: [CheckInPoint]) {
    let count = min(3, scored.count / 2)
    let best = first(count, of: scored, without: []) { $0 > $1 }
    return (best, first(count, of: scored, without: best) { $0 < $1 })
  }

  private func first(
    _ count: Int, of scored: [CheckInPoint], without others: [CheckInPoint],
    by comes: (Int, Int) -> Bool
  ) -> [CheckInPoint] {
    var found: [(score: Int, point: CheckInPoint)] = []
    for point in scored.reversed() {
      guard let score = point.score else { continue }
      let place = found.firstIndex { comes(score, $0.score) } ?? found.count
      guard place < count, !others.contains(where: { $0.period == point.period }) else { continue }
      found.insert((score, point), at: place)
      if found.count > count { found.removeLast() }
    }
    return found.map(\.point)
  }
}
