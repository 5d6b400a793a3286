internal import Kernel
internal import Life
internal import TUI

/// How check-ins look on the command line: as JSON, as a line of a list, as a text to read.
struct CheckInReport {
  let console: Console

  static func json(_ checkIn: CheckIn, rule: ScoreRule = .hucares) -> Json {
    let scores = checkIn.scores.map { scores in
      Json.object(
        zip(CheckInPart.answers, scores.all).map { ($0.rawValue, Json.number($1)) })
    }
    return .object([
      ("id", .id(checkIn.id)), ("period", .text(checkIn.key)), ("scores", scores ?? .null),
      ("score", number(checkIn.score(by: rule))),
      ("mood", text(checkIn.mood)), ("energy", number(checkIn.energy)),
      ("note", text(checkIn.note)), ("private", .flag(checkIn.isPrivate)),
      ("written", moment(checkIn.written)), ("edited", moment(checkIn.edited)),
      ("zone", text(checkIn.zone)), ("source", text(checkIn.source)),
    ])
  }

  static func json(_ plan: CheckInPlan, isDryRun: Bool) -> Json {
    .object([
      ("checkin", json(plan.own)), ("is_edit", .flag(plan.isEdit)), ("is_late", .flag(plan.isLate)),
      ("dry_run", .flag(isDryRun)), ("groups", .list(plan.posts.map(json))),
      (
        "skipped",
        .list(
          plan.skipped.map {
            .object([
              ("group", .text($0.group)), ("id", .id($0.space)),
              ("reason", .text(CheckInWords.of($0.reason))),
            ])
          })
      ), ("standing", .list(plan.standing.map(json))),
    ])
  }

  private static func json(_ post: CheckInPost) -> Json {
    .object([
      ("group", .text(post.group)), ("id", .id(post.space)), ("checkin", .id(post.checkIn.id)),
      ("period", .text(post.checkIn.key)), ("sharing", .text(post.sharing.rawValue)),
      ("is_edit", .flag(post.isEdit)), ("is_late", .flag(post.isLate)),
    ])
  }

  static func text(_ text: String) -> Json { text.isEmpty ? .null : .text(text) }
  static func number(_ number: Int?) -> Json { number.map { .number($0) } ?? .null }
  static func moment(_ moment: Moment?) -> Json { moment.map { .moment($0) } ?? .null }

  /// What was posted, or would be: one's own, and a line for what each group sees.
  func tell(_ plan: CheckInPlan, isDryRun: Bool) {
    let score = plan.own.score(by: .hucares).map { ScoreWords.text($0, by: .hucares) } ?? "–"
    let verb = isDryRun ? "Would be" : plan.isEdit ? "Changed" : "Written"
    console.output.line(
      .plain("\(verb): "), .bold("\(plan.own.key)  score \(score)"),
      .dim(plan.isLate ? "  late" : ""))
    if plan.isEdit { console.output.line(.dim("  It was there already and is edited.")) }
    for post in plan.posts { console.output.line(.plain("  " + CheckInWords.line(post))) }
    for skip in plan.skipped {
      console.output.line(.plain("  not \(skip.group): \(CheckInWords.of(skip.reason))"))
    }
    if plan.posts.isEmpty {
      console.output.line(
        .dim(plan.own.isPrivate ? "  Private: no group sees it." : "  For yourself alone."))
    }
    for post in plan.standing {
      console.output.line(
        .plain("  \(post.group) still sees the earlier one; --take-back deletes it there"))
    }
  }

  /// `2026-W47  16   7 8 6 5  calm  late`
  func line(_ checkIn: CheckIn) {
    let score = ScoreWords.text(checkIn.score(by: .hucares), by: .hucares)
    let answers = checkIn.scores?.all.map(String.init).joined(separator: " ") ?? ""
    let marks = ([checkIn.mood] + CheckInWords.marks(checkIn)).filter { !$0.isEmpty }
    console.output.line(
      .plain("\(checkIn.key)  "),
      .bold(String(repeating: " ", count: max(0, 3 - score.count)) + score),
      .plain("   \(answers.padding(to: 11))  "), .dim(marks.joined(separator: " ")))
  }

  /// The whole of one, to read.
  func page(_ checkIn: CheckIn) {
    console.output.line(.bold("Week \(checkIn.key)"))
    let marks = CheckInWords.marks(checkIn)
    if !marks.isEmpty { console.output.line(.dim(marks.joined(separator: " · "))) }
    for line in CheckInWords.text(of: checkIn).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropFirst() {
      console.output.line(.plain(line))
    }
  }
}
