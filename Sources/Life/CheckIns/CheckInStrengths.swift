/// The mean of one answer, where it stands out: domain.md, section 3.2.
package struct CheckInMean: Hashable, Sendable {
  package let part: CheckInPart
  package let mean: Average

  /// `Body 7.4`
  package var text: String { "\(part.title) \(part.text(mean, by: .hucares))" }
}

extension CheckInAnalysis {
  /// Fewer answers than these say nothing about strengths and slips.
  package static let fewestForMeans = 3

  /// The means of the four answers over the last `count` periods, with at least one answer each.
  package func means(last count: Int? = nil) -> [CheckInMean] {
    var sums = CheckInPart.answers.map { _ in Average() }
    for point in points(last: count) {
      guard let scores = point.scores else { continue }
      for (index, value) in scores.all.enumerated() { sums[index].add(value) }
    }
    return zip(CheckInPart.answers, sums).filter { $0.1.count > 0 }
      .map { CheckInMean(part: $0.0, mean: $0.1) }
  }

  /// What goes well: a mean of 7 or more; of care, where it counts against the score, of 3 or less.
  package func strengths(last count: Int? = CheckInBaseline.periods) -> [CheckInMean] {
    means(last: count).filter { mean in
      guard mean.mean.count >= Self.fewestForMeans else { return false }
      return mean.part.isMoreBetter(by: rule) ? mean.mean.isAtLeast(7) : mean.mean.isAtMost(3)
    }
  }

  /// What slips: a mean below 6; of care, where it counts against the score, above 4.
  package func slips(last count: Int? = CheckInBaseline.periods) -> [CheckInMean] {
    means(last: count).filter { mean in
      guard mean.mean.count >= Self.fewestForMeans else { return false }
      return mean.part.isMoreBetter(by: rule) ? !mean.mean.isAtLeast(6) : !mean.mean.isAtMost(4)
    }
  }
}
