/// Median and quartiles of whole numbers, exact: in quarters of one.
///
/// Between two values it is interpolated in a straight line (Hyndman and Fan 1996, definition 7, which
/// spreadsheets use as well).
package struct Quartiles: Hashable, Sendable {
  /// Four times the lower quartile.
  package let lowerQuarters: Int
  /// Four times the median.
  package let medianQuarters: Int
  /// Four times the upper quartile.
  package let upperQuarters: Int
  /// Of how many values.
  package let count: Int

  /// nil of nothing. Sorts: O(n log n).
  package init?(_ values: some Sequence<Int>) {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    func quartile(_ number: Int) -> Int {
      let place = (sorted.count - 1) * number
      let low = sorted[place / 4]
      let high = sorted[min(place / 4 + 1, sorted.count - 1)]
      return low * 4 + (high - low) * (place % 4)
    }
    lowerQuarters = quartile(1)
    medianQuarters = quartile(2)
    upperQuarters = quartile(3)
    count = sorted.count
  }

  package var median: Double { Double(medianQuarters) / 4 }
  /// Between the quartiles: the spread.
  package var interquartileRange: Double { Double(upperQuarters - lowerQuarters) / 4 }

  /// The middle half in whole numbers, rounded outwards.
  package var usual: ClosedRange<Int> {
    let low = Int((Double(lowerQuarters) / 4).rounded(.down))
    let high = Int((Double(upperQuarters) / 4).rounded(.up))
    return low...high
  }
}
