internal import Kernel

@testable internal import Life

/// Made-up check-ins, by period.
enum Made {
  static func week(_ key: String) -> Period { Period(.weekly, key: key)! }

  /// An id that a number stands for.
  static func id(_ number: Int) -> EntryID { EntryID(high: 1, low: UInt64(number)) }

  static func point(
    _ period: Period, _ scores: [Int], member: EntryID? = nil, rule: ScoreRule = .hucares,
    energy: Int? = nil, note: String = "", lateOn: Day? = nil
  ) -> CheckInPoint {
    let scores = Scores(
      productive: scores[0], satisfied: scores[1], body: scores[2], care: scores[3])!
    return CheckInPoint(
      id: EntryID(high: 2, low: UInt64(truncatingIfNeeded: period.first.number)), member: member,
      period: period, scores: scores, score: rule.score(scores), energy: energy, note: note,
      lateOn: lateOn)
  }

  /// One with a score alone.
  static func point(_ period: Period, score: Int, member: EntryID? = nil) -> CheckInPoint {
    CheckInPoint(
      id: EntryID(high: 2, low: UInt64(truncatingIfNeeded: period.first.number)), member: member,
      period: period, scores: nil, score: score)
  }

  /// `scores` from `first` on, a gap for nil.
  static func points(from first: Period, _ scores: [Int?]) -> [CheckInPoint] {
    scores.enumerated().compactMap { index, score in
      score.map { point(first.advanced(by: index), score: $0) }
    }
  }

  /// The weeks 35 to 46 of 2026, as hand-computed: scores 13 8 13 17 11 13 18 7 15 16 12 16.
  static let autumn: [CheckInPoint] = [
    [6, 7, 6, 6], [5, 5, 5, 7], [7, 5, 6, 5], [8, 7, 8, 6], [6, 7, 5, 7], [7, 6, 6, 6],
    [8, 8, 7, 5], [5, 6, 4, 8], [7, 7, 7, 6], [8, 7, 5, 4], [6, 6, 7, 7], [7, 8, 6, 5],
  ].enumerated().map { point(week("2026-W35").advanced(by: $0.offset), $0.element) }
}

/// Random numbers that are the same each time.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
