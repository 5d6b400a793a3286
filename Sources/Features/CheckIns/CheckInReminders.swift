internal import Kernel
internal import Life
internal import TUI

/// What reminders depend on, as the store tells it. Only where check-ins are in use is there more than
/// nothing in it: nobody is reminded of what they never began.
struct ReminderFacts {
  /// One of one's own, or a group.
  var isInUse = false
  /// This week, where one's own check-in is neither written nor left out.
  var open: Period?
  /// The week before, where it can still be answered, and one's first check-in is older.
  var late: Period?
  /// Groups that check in daily and wait for the person's, with the key of the day.
  var daily: [(group: GroupFacts, key: String)] = []
  var hasDaily = false
}

/// What the clock asks for: one's own check-in of the week, and those of groups that check in daily.
struct CheckInReminders {
  /// One thing that is asked for, and when.
  struct Wish {
    let subject: String
    let key: String
    let text: SafeText
    let at: Moment
  }

  let wishes: [Wish]
  /// When the next one comes.
  let next: Moment?

  init(_ facts: ReminderFacts, desk: Desk, now: Moment) {
    guard facts.isInUse else {
      (wishes, next) = ([], nil)
      return
    }
    let (preferences, zone) = (desk.preferences, desk.world.zone())
    let today = desk.world.day(of: now)
    let weekday = min(max(preferences.reminderDay, 1), 7)
    func weekly(_ period: Period) -> Moment {
      Self.moment(on: period.first + (weekday - 1), last: period.last, preferences, zone)
    }
    func daily(_ day: Day) -> Moment { Self.moment(on: day, last: day, preferences, zone) }

    var wishes: [Wish] = []
    if let period = facts.open {
      let number = Week(of: period.first).number
      wishes.append(
        Wish(
          subject: "reminder|\(period.key)", key: period.key,
          text: SafeText("your check-in of week \(number) is open: four digits and Enter"),
          at: weekly(period)))
    }
    for (group, key) in facts.daily {
      wishes.append(
        Wish(
          subject: "reminder|\(group.space)|\(key)", key: key,
          text: SafeText("today's check-in of \(group.info.name) is open"), at: daily(today)))
    }
    self.wishes = wishes
    var coming = wishes.map(\.at).filter { $0 > now }
    // The first one of the next week, should nothing of this one be left.
    coming.append(weekly(Period(.weekly, of: today).next))
    if facts.hasDaily { coming.append(daily(today + 1)) }
    next = coming.min()
  }

  /// The hour of the settings on `day`. An hour that is quiet moves to the end of the quiet hours, and
  /// where that is too late (the day after `last`), to the hour before they begin.
  static func moment(on day: Day, last: Day, _ preferences: Preferences, _ zone: Zone) -> Moment {
    let hour = preferences.reminderHour
    guard preferences.isQuiet(hour: hour) else {
      return zone.moment(CivilTime(day: day, hour: hour, minute: 0))
    }
    let until = preferences.quietUntil
    let then = until > hour ? day : day + 1
    if then <= last { return zone.moment(CivilTime(day: then, hour: until, minute: 0)) }
    return zone.moment(CivilTime(day: day, hour: max(0, preferences.quietFrom - 1), minute: 0))
  }
}
