/// A mean that is kept as sum and count, so that comparing is exact and rounding happens once, at the
/// end.
package struct Average: Hashable, Sendable {
  package private(set) var sum: Int
  package private(set) var count: Int

  package init(sum: Int = 0, count: Int = 0) {
    self.sum = sum
    self.count = count
  }

  package init(_ values: some Sequence<Int>) {
    self.init()
    for value in values { add(value) }
  }

  /// One value more.
  package mutating func add(_ value: Int) {
    sum += value
    count += 1
  }

  /// nil of nothing.
  package var value: Double? { count == 0 ? nil : Double(sum) / Double(count) }

  /// The difference to `other` against `threshold`: 1 beyond it upwards, −1 downwards, 0 within it;
  /// nil where one of the two is of nothing.
  package func compared(to other: Average, threshold: (over: Int, of: Int)) -> Int? {
    guard count > 0, other.count > 0 else { return nil }
    let difference = (sum * other.count - other.sum * count) * threshold.of
    let limit = threshold.over * count * other.count
    return difference > limit ? 1 : difference < -limit ? -1 : 0
  }

  /// Whether the mean is `bound` or more; not of nothing.
  package func isAtLeast(_ bound: Int) -> Bool { count > 0 && sum >= bound * count }
  /// Whether the mean is `bound` or less; not of nothing.
  package func isAtMost(_ bound: Int) -> Bool { count > 0 && sum <= bound * count }
}
