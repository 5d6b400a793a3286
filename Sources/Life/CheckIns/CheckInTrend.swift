internal import Kernel

/// How one part of the check-ins goes over time.
package struct CheckInTrend: Hashable, Sendable {
  /// A period and its value; nil where there is no answer.
  package struct Value: Hashable, Sendable {
    package let period: Period
    package let value: Int?
  }

  package enum Direction: Hashable, Sendable {
    case up, down, steady
    /// Fewer than four answers.
    case unknown
  }

  package let part: CheckInPart
  package let rule: ScoreRule
  /// Every period from the first to the last, oldest first.
  package let values: [Value]
  /// The mean of the last three answers.
  package let recent: Average
  /// The mean of all before them.
  package let earlier: Average
  package let direction: Direction
  /// Whether the last three answers are those of the last three periods.
  private let isGapless: Bool

  /// `values` are oldest first, one for each period.
  package init(_ part: CheckInPart, rule: ScoreRule, values: [Value]) {
    self.part = part
    self.rule = rule
    self.values = values
    let answers = values.compactMap(\.value)
    recent = Average(answers.suffix(3))
    earlier = Average(answers.dropLast(3))
    isGapless = values.suffix(3).allSatisfy { $0.value != nil }
    direction =
      switch recent.compared(to: earlier, threshold: part.threshold(by: rule)) {
      case 1: .up
      case -1: .down
      case 0: .steady
      default: .unknown
      }
  }

  /// Whether a change is one to the better; nil where nothing has changed.
  package var isBetter: Bool? {
    switch direction {
    case .up: part.isMoreBetter(by: rule)
    case .down: !part.isMoreBetter(by: rule)
    case .steady, .unknown: nil
    }
  }

  /// `last 3 weeks 14.7, before 12.8: steady`
  package var sentence: String {
    let count = recent.count + earlier.count
    guard direction != .unknown, let frequency = values.first?.period.frequency else {
      return count == 0
        ? "nothing to show yet"
        : "a trend needs 4 check-ins, there \(count == 1 ? "is" : "are") \(count)"
    }
    let which = isGapless ? "last \(frequency.count(3))" : "last 3 answers"
    let change =
      switch direction {
      case .up: "up"
      case .down: "down"
      case .steady, .unknown: "steady"
      }
    return "\(which) \(part.text(recent, by: rule)), before \(part.text(earlier, by: rule)): "
      + change
  }

  /// What the chart shows, for those who can't see it: `Score, 12 weeks, week 35 to week 46: from 7 to
  /// 18, median 13; last 3 weeks 14.7, before 12.8: steady. 1 week without an answer.`
  package var summary: String {
    let answers = values.compactMap(\.value)
    guard let first = values.first?.period, let last = values.last?.period,
      let quartiles = Quartiles(answers), let low = answers.min(), let high = answers.max()
    else { return "\(part.title): \(sentence)." }
    let median = part.text(Average(sum: quartiles.medianQuarters, count: 4), by: rule)
    let span = first == last ? first.name : "\(start(first, last)) to \(last.name)"
    let range =
      low == high
      ? "always \(part.text(low, by: rule))"
      : "from \(part.text(low, by: rule)) to \(part.text(high, by: rule)), median \(median)"
    let gaps = values.count - answers.count
    let missing = gaps == 0 ? "" : " \(first.frequency.count(gaps)) without an answer."
    return "\(part.title), \(first.frequency.count(values.count)), \(span): \(range); \(sentence)."
      + missing
  }

  private func start(_ first: Period, _ last: Period) -> String {
    Week(of: first.first).year == Week(of: last.first).year ? first.name : first.fullName
  }
}

extension CheckInAnalysis {
  /// Over the last `count` periods up to `lastShown`; from the first check-in where it is nil. O(n).
  package func trend(of part: CheckInPart, last count: Int? = nil) -> CheckInTrend {
    guard let span = span(last: count) else { return CheckInTrend(part, rule: rule, values: []) }
    var values: [CheckInTrend.Value] = []
    let answered = points(in: span)
    var index = answered.startIndex
    var period = span.lowerBound
    while period <= span.upperBound {
      var value: Int?
      if index < answered.endIndex, answered[index].period == period {
        value = answered[index].value(part)
        index += 1
      }
      values.append(CheckInTrend.Value(period: period, value: value))
      period = period.next
    }
    return CheckInTrend(part, rule: rule, values: values)
  }
}
