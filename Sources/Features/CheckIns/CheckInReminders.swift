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
    let settings = ReminderSettings(
      weekday: preferences.reminderDay, hour: preferences.reminderHour,
      quietFrom: preferences.quietFrom, quietUntil: preferences.quietUntil)
    let clock = zone.civil(now)
    let dayStart = desk.world.dayStartHour
    func open(_ frequency: Frequency, isSettled: Bool) -> CheckInReminder {
      .open(
        settings, frequency: frequency, now: clock, dayStartHour: dayStart, isSettled: isSettled)
    }
    func words(_ reminder: CheckInReminder) -> SafeText {
      SafeText(reminder.sentence.hasSuffix(".") ? reminder.sentence.dropLast() : "")
    }

    var wishes: [Wish] = []
    if let period = facts.open {
      let reminder = open(.weekly, isSettled: false)
      wishes.append(
        Wish(
          subject: "reminder|\(period.key)", key: period.key, text: words(reminder),
          at: zone.moment(reminder.at)))
    }
    if let late = facts.late,
      let call = CheckInReminder.lastCall(
        settings, frequency: .weekly, now: clock, dayStartHour: dayStart)
    {
      wishes.append(
        Wish(
          subject: "reminder|\(late.key)|last", key: late.key, text: words(call),
          at: zone.moment(call.at)))
    }
    let today = open(.daily, isSettled: false)
    for (group, key) in facts.daily {
      wishes.append(
        Wish(
          subject: "reminder|\(group.space)|\(key)", key: key,
          text: SafeText("\(group.info.name): today is open for your check-in"),
          at: zone.moment(today.at)))
    }
    self.wishes = wishes
    // The first ones of the next week and day, should nothing of these be left.
    var coming = wishes.map(\.at) + [zone.moment(open(.weekly, isSettled: true).at)]
    if facts.hasDaily { coming.append(zone.moment(open(.daily, isSettled: true).at)) }
    next = coming.filter { $0 > now }.min()
  }
}
