package import Kernel
package import Life
internal import TUI

/// Sentences about check-ins that screens and commands share.
package enum CheckInWords {
  /// Why a check-in is not written, or not shown to a group.
  package static func of(_ refusal: CheckInRefusal) -> String {
    switch refusal {
    case .closed(let key): "\(name(key)) is closed: it can be read, but no longer changed"
    case .notBegun(let key): "\(name(key)) has not begun there yet"
    case .noSuchWeek(let text): "“\(text)” is no week; write it like 2026-W47"
    case .noSuchCheckIn(let text): "there is no check-in \(text)"
    case .noSuchGroup(let name): "there is no group “\(name)”; `lifeos group list` names yours"
    case .leftGroup(let name): "you are no longer in \(name)"
    case .badComment:
      "a comment has 1 to \(CheckInComment.mostCharacters) characters"
    case .badEnergy(let number): "\(number) is no energy; it is 1 (none) to 5 (full of it)"
    case .longMood: "a mood is a word or an emoji, \(CheckInDraft.mostMood) characters at most"
    case .longNote: "a note has \(grouped(CheckInDraft.mostNote)) characters at most"
    }
  }

  /// `week 47`; with the year where `today` lies in another one. `Fri 20 Nov` for a day.
  package static func name(_ key: String, today: Day? = nil) -> String {
    if let week = Week(key) {
      guard let today, Week(of: today).year == week.year else {
        return today == nil ? "week \(week.number)" : "week \(week.number) of \(week.year)"
      }
      return "week \(week.number)"
    }
    return Day(key).map { Dates.short($0) } ?? key
  }

  /// What a group sees by a choice: `score and answers`.
  package static func of(_ sharing: GroupChoice.Sharing) -> String {
    switch sharing {
    case .score: "score alone"
    case .answers: "score and answers"
    case .note: "score, answers and note"
    }
  }

  /// One line for what each group sees: `Harbour Four: score and answers`.
  package static func line(_ post: CheckInPost) -> String {
    var line = "\(post.group): \(of(post.sharing))"
    if post.isLate { line += ", late" }
    if post.isEdit { line += ", changes what is there" }
    return line
  }
}

extension CheckInWords {
  /// Why a week can only be read.
  static func closed(_ week: Period) -> String {
    "\(week.name.sentence) is closed: after seven days it can be read, but no longer changed."
  }

  /// What posting has done, in one line.
  static func told(_ plan: CheckInPlan) -> String {
    let name = name(plan.own.key).sentence
    let posts = plan.posts.count
    var text = plan.isEdit ? "\(name) changed" : "\(name) is in"
    if posts > 0 {
      text += ", \(plan.isEdit ? "also " : "")for \(CheckInWeeks.count(posts))"
    } else {
      text += ", for yourself"
    }
    for skip in plan.skipped { text += ". Not for \(skip.group): \(of(skip.reason))" }
    return text + ". u undoes"
  }

  /// What Enter will show to whom.
  static func preview(_ plan: CheckInPlan) -> String {
    if plan.own.isPrivate {
      return plan.standing.isEmpty
        ? "Private: nobody else sees it." : "Private: nothing more goes to the groups."
    }
    guard !plan.posts.isEmpty || !plan.skipped.isEmpty else { return "For yourself alone." }
    let skipped = plan.skipped.map { "not \($0.group): \(of($0.reason))" }
    return (plan.posts.map { line($0) } + skipped).joined(separator: " · ")
  }
}

extension CheckInWords {
  /// `late`, `edited`, `private`: what is to be said beside a check-in.
  static func marks(_ checkIn: CheckIn) -> [String] {
    var marks: [String] = []
    let zone = Zone(named: checkIn.zone) ?? .utc
    if let week = Week(checkIn.key), let written = checkIn.written, checkIn.source.isEmpty,
      zone.civil(written + -3 * 3_600_000).day > week.sunday
    {
      marks.append("late")
    }
    if checkIn.edited != nil { marks.append("edited") }
    if checkIn.isPrivate { marks.append("private") }
    return marks
  }

  /// A check-in as text to paste elsewhere.
  static func text(of checkIn: CheckIn) -> String {
    var lines = ["Check-in \(checkIn.key)"]
    if let scores = checkIn.scores {
      for (part, answer) in zip(CheckInPart.answers, scores.all) {
        lines.append("\(part.title) \(answer)")
      }
    }
    if let score = checkIn.score(by: .hucares) {
      lines.append("Score \(ScoreWords.text(score, by: .hucares))")
    }
    if !checkIn.mood.isEmpty { lines.append("Mood \(checkIn.mood)") }
    if let energy = checkIn.energy { lines.append("Energy \(energy) of 5") }
    if !checkIn.note.isEmpty { lines += ["", checkIn.note] }
    return lines.joined(separator: "\n")
  }
}
