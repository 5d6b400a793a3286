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
