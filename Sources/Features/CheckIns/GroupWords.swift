package import Kernel
package import Life
internal import TUI

/// Words and figures of groups, in one place for screens and commands.
package enum GroupWords {
  /// `week 47`, `weeks 47 and 48`, `Fri 20 Nov`; with the year where it is not that of `today`.
  package static func period(_ period: Period, today: Day) -> String {
    let week = Week(of: period.first)
    let year = week.year == Week(of: today).year ? "" : " of \(week.year)"
    switch period.frequency {
    case .weekly: return "week \(week.number)\(year)"
    case .biweekly: return "weeks \(week.number) and \(Week(of: period.last).number)\(year)"
    case .daily:
      return period.first.year == today.year
        ? Dates.short(period.first) : Dates.medium(period.first)
    }
  }

  /// How long a period can still be answered: `open until Sunday`.
  package static func standing(_ standing: Period.Standing, of period: Period, today: Day)
    -> String
  {
    switch standing {
    case .future: "not begun"
    case .open: period.last == today ? "open today" : "open until \(day(period.last, today))"
    case .late: "over, open for late answers until \(day(period.last + 7, today))"
    case .closed: "closed"
    }
  }

  private static func day(_ day: Day, _ today: Day) -> String {
    switch day - today {
    case 0: "today"
    case 1...6: Dates.weekdays[day.weekday - 1]
    default: Dates.short(day)
    }
  }

  /// `once a week`
  package static func often(_ frequency: Frequency) -> String {
    switch frequency {
    case .daily: "every day"
    case .weekly: "once a week"
    case .biweekly: "every two weeks"
    }
  }

  /// How a group's score is made.
  package static func rule(_ rule: ScoreRule) -> String {
    switch rule {
    case .hucares: "productive + satisfied + body − care"
    case .sum: "all four answers added"
    case .mean: "the mean of the four answers"
    }
  }

  /// What the members of a group see of a check-in.
  package static func sharing(_ sharing: GroupChoice.Sharing) -> String {
    switch sharing {
    case .score: "the score alone"
    case .answers: "score and answers, not the note"
    case .note: "score, answers and the note"
    }
  }

  /// The key that puts a sign, which is also its short form where there are only letters.
  static func key(of sign: CheckInReaction.Sign) -> String {
    switch sign {
    case .like: "l"
    case .love: "o"
    case .celebrate: "c"
    case .support: "s"
    case .strong: "t"
    }
  }

  static func glyph(of sign: CheckInReaction.Sign) -> String {
    switch sign {
    case .like: "+"
    case .love: "♥"
    case .celebrate: "▲"
    case .support: "◆"
    case .strong: "■"
    }
  }
}
