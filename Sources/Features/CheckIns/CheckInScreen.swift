package import Kernel
internal import Life
internal import Storage
package import TUI

/// This week: four digits and Enter, last week's answers in sight, and what friends have written.
package struct CheckInScreen: Screen {
  let desk: Desk
  var form: CheckInForm
  /// The chosen week; the table begins with this one's.
  private(set) var week: Period
  private(set) var weeks: CheckInWeeks?
  /// What Enter would do; nil while answers are open, and in weeks that can't be written.
  private(set) var plan: CheckInPlan?
  /// Why it can not be posted as it is.
  private(set) var refusal: CheckInRefusal?
  /// The groups that this one goes to; nil for those it always goes to.
  var chosen: Set<EntryID>?
  private(set) var size = Size(width: 0, height: 0)
  private var isFresh = true
  /// Goes on to the next week when it begins.
  private var followsToday = true

  package init(desk: Desk) {
    self.desk = desk
    week = Period(.weekly, of: desk.world.today)
    form = CheckInForm(key: week.key)
  }

  package static let context = "checkins.week"
  package var title: String { "Check-ins" }
  package var reads: Set<Kind> {
    [
      CheckIn.kind, CheckInReaction.kind, CheckInComment.kind, StreakSkip.kind, GroupChoice.kind,
      GroupInfo.kind, GroupMember.kind, Membership.kind, .presence,
    ]
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    if followsToday, week != current, !form.isDirty {
      week = current
      form = CheckInForm(key: week.key)
      isFresh = true
    }
    let weeks = try CheckInWeeks(week, desk: desk)
    self.weeks = weeks
    form.follow(weeks.own, last: weeks.last?.scores)
    if isFresh {
      isFresh = false
      if canWrite { try form.restore(from: desk.store) }
    }
    try makePlan()
  }

  mutating func makePlan() throws {
    plan = nil
    refusal = nil
    guard canWrite, let draft = form.draft else { return }
    do {
      plan = try CheckInWriting.preview(
        draft, to: targets, of: weeks?.me, week: week.key, desk: desk)
    } catch let reason as CheckInRefusal {
      // What was typed stays, and Enter says what is wrong with it.
      refusal = reason
    }
  }

  // MARK: - Where one stands

  var current: Period { Period(.weekly, of: desk.world.today) }
  var standing: Period.Standing { week.standing(on: desk.world.today) }
  var canWrite: Bool { standing == .open || standing == .late }
  /// Whether the next digit is an answer.
  var isFilling: Bool { canWrite && form.isFilling }
  /// Whether Enter would change something.
  var isReady: Bool { canWrite && form.isDirty && form.scores != nil && refusal == nil }

  /// The groups that the check-in goes to.
  var targets: [GroupFacts] {
    let groups = weeks?.groups ?? []
    guard let chosen else { return CheckInWriting.usual(groups) }
    return groups.filter { chosen.contains($0.space) }
  }

  package var headline: (text: SafeText, figure: SafeText) {
    guard let weeks else { return ("", "") }
    let streak = weeks.analysis.streak()
    return (
      SafeText(sentence(weeks)),
      SafeText(weeks.analysis.points.isEmpty ? "" : streak.sentence)
    )
  }

  private func sentence(_ weeks: CheckInWeeks) -> String {
    let name = GroupWords.period(week, today: desk.world.today).sentence
    if isReady { return "All four are there: Enter posts." }
    if let scores = form.stored {
      let score = ScoreRule.hucares.score(scores)
      var usual = weeks.analysis.baseline(before: week)?.sentence(about: score)
      // On a small screen the range is left to the chart.
      if size.width < 60 { usual = usual.map { String($0.prefix { $0 != "," }) } }
      let text = "\(name) is in: \(ScoreWords.text(score, by: .hucares))"
      return text + (usual.map { ", \($0)." } ?? ".")
    }
    if weeks.own != nil, !canWrite { return "\(name) has no answers, but a mood or a note." }
    if let reason = weeks.analysis.skipReason(week), !form.isDirty {
      return "\(name) is left out" + (reason.isEmpty ? "." : ": \(reason).")
    }
    let until = GroupWords.standing(standing, of: week, today: desk.world.today)
    guard canWrite else { return "\(name) is closed: nothing was answered." }
    let answer: String
    if targets.isEmpty {
      answer = "For yourself alone."
    } else {
      answer = "One answer goes to \(CheckInWeeks.count(targets.count))."
    }
    return "\(name), \(until). \(answer)"
  }

  // MARK: - Going through the weeks

  /// How many weeks there are to go back to.
  var lastIndex: Int {
    guard let first = weeks?.analysis.points.first?.period else { return 12 }
    return max(12, (current.first - first.first) / 7)
  }
  var index: Int { (current.first - week.first) / 7 }

  func period(at index: Int) -> Period { Period(.weekly, of: current.first - 7 * index) }

  mutating func move(to index: Int) throws {
    let target = period(at: min(max(0, index), lastIndex))
    guard target != week else { return }
    if canWrite { try form.keep(in: desk.store) }
    week = target
    followsToday = target == current
    form = CheckInForm(key: target.key)
    chosen = nil
    isFresh = true
    try load(size)
  }

  package mutating func scroll(_ lines: Int) throws { try move(to: index + lines) }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let row = point.y - rect.y - tableTop
    guard row >= 0, row < tableRows(rect.size), point.x < rect.x + tableWidth else { return .stay }
    try move(to: firstIndex(rows: tableRows(rect.size)) + row)
    return .stay
  }

  // MARK: - Keeping what was typed

  package var restDelay: Int? { form.isDirty && canWrite ? 500 : nil }

  package mutating func rest() throws -> Step {
    if canWrite { try form.keep(in: desk.store) }
    return .stay
  }

  package mutating func leave() {
    guard canWrite else { return }
    // There is nobody left to tell; what was typed before the last pause is on disk.
    try? form.keep(in: desk.store)
  }

  package var bookmark: [String: String]? { week == current ? nil : ["week": week.key] }

  package mutating func restore(_ bookmark: [String: String]) {
    guard let period = bookmark["week"].flatMap({ Period(.weekly, key: $0) }), period <= current
    else { return }
    week = period
    followsToday = period == current
    form = CheckInForm(key: period.key)
  }

  // MARK: - Writing

  /// What a digit does: it answers, or leads to another area as everywhere.
  mutating func digit(_ number: Int) throws -> Step {
    guard isFilling else {
      if canWrite, form.cells.count == 4 {
        return .say(Notice("All four are there. Enter posts, Backspace goes back."))
      }
      return number == 0 ? .stay : .command("app.tab.\(number)")
    }
    form.fill(number == 0 ? 10 : number)
    try makePlan()
    return .stay
  }

  mutating func keepOne() throws -> Step {
    guard isFilling else { return .stay }
    guard form.keep() else {
      return .say(Notice("There is no week before to keep answers of. 1 to 9, and 0 for 10."))
    }
    try makePlan()
    return .stay
  }

  mutating func back() throws {
    form.back()
    try makePlan()
  }

  /// Whether Enter posts; else what is missing.
  var postOffer: Offer {
    if !canWrite { return .no(because: CheckInWords.closed(week)) }
    if let refusal { return .no(because: CheckInWords.of(refusal)) }
    if isReady { return .yes }
    switch form.cells.count {
    case 1...3: return .no(because: "\(4 - form.cells.count) of the four answers are still open")
    default:
      return form.stored == nil || form.isChanging
        ? .no(because: "four digits first: 1 to 9, and 0 for 10")
        : .no(because: "it is in; c answers anew, n m e change the rest")
    }
  }

  /// Posts what is there.
  mutating func enter() throws -> Step {
    if form.extras.isPrivate, let shown = plan?.standing, !shown.isEmpty {
      return askBack(shown)
    }
    return try post(takesBack: false)
  }

  /// It is private now, but groups see it already.
  private func askBack(_ shown: [CheckInPost]) -> Step {
    let names = Set(shown.map(\.group)).sorted().joined(separator: ", ")
    return .ask(
      Question(
        SafeText("\(names) can see this week’s check-in already."),
        detail: "Private means: nothing more goes there. What is there can stay or be taken back.",
        answers: [
          .init("l", "Leave there what they see") { try Self.post(&$0, takesBack: false) },
          .init("t", "Take it back from them") { try Self.post(&$0, takesBack: true) },
        ]))
  }

  private static func post(_ screen: inout any Screen, takesBack: Bool) throws -> Step {
    guard var own = screen as? CheckInScreen else { return .stay }
    let step = try own.post(takesBack: takesBack)
    screen = own
    return step
  }

  private mutating func post(takesBack: Bool) throws -> Step {
    guard let draft = form.draft else { return .stay }
    let done = try CheckInWriting.post(
      draft, to: targets, of: weeks?.me, week: week.key, takesBack: takesBack, desk: desk)
    form = CheckInForm(key: week.key)
    chosen = nil
    try desk.store.discardDraft(of: CheckIn.ownID(week.key))
    try load(size)
    return .say(Notice(SafeText(CheckInWords.told(done)), tone: .good))
  }
}
