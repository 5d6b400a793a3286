package import Kernel
internal import Life
internal import Storage
package import TUI

/// What follows from the check-ins: the course of each part, what is usual, what goes well and what
/// slips, streaks, own and groups, the best and the hardest weeks. All of it from this machine.
package struct CheckInAnalyticsScreen: Screen {
  /// How many weeks are looked at.
  enum Span: String, CaseIterable {
    case quarter, year, all

    /// nil for all.
    var weeks: Int? {
      switch self {
      case .quarter: 12
      case .year: 52
      case .all: nil
      }
    }

    var words: String {
      switch self {
      case .quarter: "12 weeks"
      case .year: "a year"
      case .all: "all weeks"
      }
    }

    var next: Span {
      switch self {
      case .quarter: .year
      case .year: .all
      case .all: .quarter
      }
    }
  }

  let desk: Desk
  private(set) var figures: CheckInFigures?
  private(set) var span = Span.quarter
  private(set) var part = CheckInPart.score
  private(set) var trends: [CheckInTrend] = []
  private(set) var page: [StyledText] = []
  private(set) var top = 0
  private(set) var size = Size(width: 0, height: 0)

  package init(desk: Desk) { self.desk = desk }

  package static let context = "checkins.analytics"
  package var title: String { "Analytics" }
  package var reads: Set<Kind> {
    [CheckIn.kind, StreakSkip.kind, GroupInfo.kind, GroupMember.kind, Membership.kind]
  }

  package var headline: (text: SafeText, figure: SafeText) {
    guard let own = figures?.own, !own.points.isEmpty else {
      return ("What your check-ins say.", "")
    }
    let count = own.points(last: span.weeks).count
    let range =
      span == .all ? "All weeks" : span == .year ? "The last 52 weeks" : "The last 12 weeks"
    return (
      SafeText("\(range), \(counted(count, "check-in", "check-ins"))"),
      SafeText(own.streak().sentence)
    )
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    let (me, world) = (try desk.store.account()?.id, desk.world)
    figures = try desk.store.read { try CheckInFigures.read($0, me: me, world: world) }
    look()
  }

  /// Works out what is shown of what was read.
  private mutating func look() {
    guard let figures else { return }
    trends = CheckInPart.allCases.map { figures.own.trend(of: $0, last: span.weeks) }
    // Energy is asked for by the way: where it was never given, it takes no line.
    trends.removeAll { $0.part == .energy && $0.recent.count == 0 }
    if !trends.contains(where: { $0.part == part }) { part = .score }
    page = CheckInAnalyticsPage(
      figures, span: span, part: part, trends: trends, isASCII: desk.preferences.isASCII,
      hasParts: !isWide
    ).rows(width: pageWidth)
    scrollPage(0)
  }

  var isEmpty: Bool { figures?.own.points.isEmpty ?? true }
  var isWide: Bool { size.width >= 97 }
  var leftWidth: Int { isWide ? size.width * 52 / 100 : size.width }
  private var pageWidth: Int { max(8, (isWide ? size.width - leftWidth - 3 : size.width) - 2) }
  /// The rows of the chart with its labels, where the page lies below it.
  var chartHeight: Int { min(BrailleChart.mostRows, max(2, size.height / 3)) + 1 }
  var pageHeight: Int { isWide ? size.height : max(1, size.height - chartHeight - 2) }

  var trend: CheckInTrend? { trends.first { $0.part == part } }

  mutating func scrollPage(_ count: Int) {
    top = min(max(0, top + count), max(0, page.count - pageHeight))
  }

  mutating func turn(part step: Int) {
    let all = trends.map(\.part)
    guard let index = all.firstIndex(of: part) else { return }
    part = all[(index + step + all.count) % all.count]
    look()
  }

  mutating func widen() {
    span = span.next
    top = 0
    look()
  }

  package mutating func scroll(_ lines: Int) throws { scrollPage(lines) }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let row = point.y - rect.y - partsTop
    guard isWide, point.x < rect.x + leftWidth, trends.indices.contains(row) else {
      return .stay
    }
    part = trends[row].part
    look()
    return .stay
  }

  package var bookmark: [String: String]? { ["span": span.rawValue, "part": part.rawValue] }

  package mutating func restore(_ bookmark: [String: String]) {
    span = bookmark["span"].flatMap(Span.init(rawValue:)) ?? span
    part = bookmark["part"].flatMap(CheckInPart.init(rawValue:)) ?? part
  }

  package static let commands: [Command<CheckInAnalyticsScreen>] = [
    Command(
      "checkins.analytics.part", "Next part", keys: ["<tab>", "l", "<right>"], hint: "part",
      help: "Shows the course of the next part: score, productive, satisfied, body, care, energy.",
      offer: { $0.isEmpty ? .no(because: "there is no check-in yet") : .yes }
    ) {
      $0.turn(part: 1)
      return .stay
    },
    Command(
      "checkins.analytics.partback", "Part before", keys: ["<backtab>", "h", "<left>"],
      help: "Shows the course of the part before.",
      offer: { $0.isEmpty ? .no(because: "there is no check-in yet") : .yes }
    ) {
      $0.turn(part: -1)
      return .stay
    },
    Command(
      "checkins.analytics.span", "Longer or shorter", keys: ["r"], hint: "range",
      help: "12 weeks, a year, all weeks.",
      offer: { $0.isEmpty ? .no(because: "there is no check-in yet") : .yes }
    ) {
      $0.widen()
      return .stay
    },
    Command(
      "checkins.analytics.copy", "Copy as text", keys: ["y"], hint: "copy",
      help: "Copies what the screen says, without the chart.",
      offer: { $0.isEmpty ? .no(because: "there is no check-in yet") : .yes }
    ) { screen in
      let text = ([screen.trend?.summary ?? ""] + screen.page.map(\.text.string))
      return .copy(text.joined(separator: "\n"), Notice("Copied.", tone: .good))
    },
    move("checkins.analytics.move.down", "Down", ["j", "<down>"], "A line on.") { _ in 1 },
    move("checkins.analytics.move.up", "Up", ["k", "<up>"], "A line back.") { _ in -1 },
    move("checkins.analytics.move.first", "First", ["g g", "<home>"], "The first line.") {
      -$0.page.count
    },
    move("checkins.analytics.move.last", "Last", ["G", "<end>"], "The last line.") {
      $0.page.count
    },
    move(
      "checkins.analytics.move.pagedown", "Page down", ["<pagedown>", "<space>", "C-d"],
      "A page on."
    ) { max(1, $0.pageHeight - 1) },
    move("checkins.analytics.move.pageup", "Page up", ["<pageup>", "C-u"], "A page back.") {
      -max(1, $0.pageHeight - 1)
    },
  ]

  private static func move(
    _ id: String, _ title: String, _ keys: [String], _ help: String,
    _ count: @escaping @Sendable (CheckInAnalyticsScreen) -> Int
  ) -> Command<CheckInAnalyticsScreen> {
    Command(id, title, keys: keys, help: help) { screen in
      screen.scrollPage(count(screen))
      return .stay
    }
  }
}
