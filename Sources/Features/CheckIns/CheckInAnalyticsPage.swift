internal import Kernel
internal import Life
internal import TUI

/// The sentences of the analytics screen, each made of figures that can be looked up in the history.
struct CheckInAnalyticsPage {
  private let figures: CheckInFigures
  private let own: CheckInAnalysis
  private let span: CheckInAnalyticsScreen.Span
  private let part: CheckInPart
  private let trends: [CheckInTrend]
  private let isASCII: Bool
  private let hasParts: Bool

  /// - Parameters:
  ///   - hasParts: with the course of all parts, where they do not stand elsewhere.
  init(
    _ figures: CheckInFigures, span: CheckInAnalyticsScreen.Span, part: CheckInPart,
    trends: [CheckInTrend], isASCII: Bool, hasParts: Bool
  ) {
    self.figures = figures
    own = figures.own
    self.span = span
    self.part = part
    self.trends = trends
    self.isASCII = isASCII
    self.hasParts = hasParts
  }

  func rows(width: Int) -> [StyledText] {
    let parts =
      hasParts
      ? [trends.first { $0.part == part }.map { wrap($0.summary, width) } ?? [], courses]
      : []
    let blocks =
      parts + [
        usual(width), takingPart(width), groups(width), weeks("BEST WEEKS", own.best, width),
        weeks("HARDEST WEEKS", own.hardest, width), milestones(width),
        hasParts ? wrap(ScoreWords.explanationLine(.hucares), width) : [],
      ]
    var rows: [StyledText] = []
    for block in blocks where !block.isEmpty {
      if !rows.isEmpty { rows.append(StyledText()) }
      rows += block
    }
    return rows
  }

  /// `Body        ▁▂▃▅  7.4  before 6.1  up`
  static func part(_ trend: CheckInTrend, isSelected: Bool, isASCII: Bool) -> StyledText {
    let quiet: Role = isSelected ? .text : .muted
    var row = StyledText(Width.pad(SafeText(trend.part.title), to: 11), .text)
    let values = trend.values.map { $0.value.map(Double.init) }
    row.append(Width.pad(Sparkline.text(values, width: 12, isASCII: isASCII), to: 12), quiet)
    guard trend.recent.count > 0 else {
      row.append("    –", quiet)
      return row
    }
    row.append(
      Width.pad(SafeText(trend.part.text(trend.recent, by: trend.rule)), to: 5, atRight: true),
      isSelected ? .text : .strong)
    guard trend.direction != .unknown else { return row }
    row.append(
      Width.pad(
        SafeText("before \(trend.part.text(trend.earlier, by: trend.rule))"), to: 13, atRight: true),
      quiet)
    switch trend.direction {
    case .up: row.append(isASCII ? "  up" : "  ↗ up", quiet)
    case .down: row.append(isASCII ? "  down" : "  ↘ down", quiet)
    case .steady, .unknown: break
    }
    return row
  }

  private func wrap(_ text: String, _ width: Int, _ role: Role = .text) -> [StyledText] {
    Wrap.lines(SafeText(text), width: width).map { StyledText($0, role) }
  }

  private func block(_ heading: SafeText, _ rows: [StyledText]) -> [StyledText] {
    rows.isEmpty ? [] : [StyledText(heading, .strong)] + rows
  }

  private var courses: [StyledText] {
    block("PARTS", trends.map { Self.part($0, isSelected: false, isASCII: isASCII) })
  }

  // MARK: Blocks

  private func usual(_ width: Int) -> [StyledText] {
    var rows: [StyledText] = []
    if let last = own.points.last, let score = last.score {
      let words = own.baseline(before: last.period)?.sentence(about: score)
      let name = last.period.name.sentence
      rows += wrap(
        "\(name): \(ScoreWords.text(score, by: own.rule))" + (words.map { ", \($0)." } ?? "."),
        width)
      if words == nil {
        rows += wrap("From four check-ins on it shows what is usual for you.", width, .muted)
      }
    }
    let (strengths, slips) = (own.strengths(last: span.weeks), own.slips(last: span.weeks))
    if !strengths.isEmpty { rows += pair("goes well", strengths, width) }
    if !slips.isEmpty { rows += pair("slips", slips, width) }
    return block("YOUR USUAL", rows)
  }

  private func pair(_ word: SafeText, _ means: [CheckInMean], _ width: Int) -> [StyledText] {
    let words = SafeText(means.map(\.text).joined(separator: ", "))
    return Wrap.lines(words, width: max(8, width - 11)).enumerated().map { index, line in
      var row = StyledText(Width.pad(index == 0 ? word : "", to: 11), .muted)
      row.append(line)
      return row
    }
  }

  private func takingPart(_ width: Int) -> [StyledText] {
    let streak = own.streak()
    let participation = own.participation(last: span.weeks)
    var sentences = [
      "\(participation.text) weeks answered" + (participation.percent.map { ", \($0) %." } ?? "."),
      "\(streak.sentence.sentence), the longest was \(streak.frequency.count(streak.longest)).",
    ]
    let shown = streak.periods.suffix(span.weeks.map { $0 + 1 } ?? streak.periods.count)
    func count(_ holds: (CheckInStreakPeriod.State) -> Bool) -> Int {
      shown.count { holds($0.state) }
    }
    let skipped = count { if case .skipped = $0 { true } else { false } }
    let late = count { if case .late = $0 { true } else { false } }
    let filled = count { if case .backfilled = $0 { true } else { false } }
    if skipped > 0 {
      sentences.append("\(counted(skipped, "week", "weeks")) left out: neither count nor break.")
    }
    if late > 0 { sentences.append("\(counted(late, "week", "weeks")) answered late.") }
    if filled > 0 { sentences.append("\(counted(filled, "week", "weeks")) filled in later.") }
    return block("TAKING PART", wrap(sentences.joined(separator: " "), width))
  }

  private func groups(_ width: Int) -> [StyledText] {
    guard let me = figures.me, !figures.groups.isEmpty else { return [] }
    var rows: [StyledText] = []
    for (name, analysis) in figures.groups {
      rows.append(StyledText(Width.cut(name, to: width), .label))
      if let comparison = analysis.comparison(of: me) {
        rows += wrap(comparison.sentence, width)
      } else {
        rows += wrap("Too few check-ins to hold yours beside theirs.", width, .muted)
      }
      let part = analysis.participation(last: CheckInBaseline.periods)
      if let percent = part.percent {
        rows += wrap("Together \(part.text) answers, \(percent) %.", width, .muted)
      }
    }
    return block("YOU AND YOUR GROUPS", rows)
  }

  private func weeks(
    _ heading: SafeText, _ find: (Int?) -> [CheckInPoint], _ width: Int
  ) -> [StyledText] {
    let points = find(span.weeks)
    let names = points.map { SafeText(name(of: $0.period)) }
    let column = names.map { Width.of($0) }.max() ?? 0
    return block(
      heading,
      zip(points, names).map { point, name in
        var row = StyledText(Width.pad(name, to: column + 1), .muted)
        row.append(
          Width.pad(SafeText(ScoreWords.text(point.score, by: own.rule)), to: 4, atRight: true),
          .strong)
        row.append("  ")
        let mood = Width.cut(SafeText(point.mood), to: 8)
        if !mood.isEmpty { row.append(mood + " ") }
        if !point.note.isEmpty {
          row.append(Width.cut(SafeText("“\(point.note)”"), to: max(0, width - Width.of(row.text))))
        }
        return row
      })
  }

  private func milestones(_ width: Int) -> [StyledText] {
    let all = own.milestones() + figures.groups.flatMap { $0.analysis.milestones() }
    let newest = all.sorted { $0.period > $1.period }.prefix(6)
    return block("MILESTONES", newest.flatMap { wrap($0.sentence, width) })
  }

  /// With the year only where the span reaches beyond this one.
  private func name(of period: Period) -> String {
    span == .quarter ? period.name : period.fullName
  }
}
