package import Kernel

/// When a person wants to be reminded.
package struct ReminderSettings: Hashable, Sendable {
  /// 1 for Monday … 7 for Sunday; of a fortnight in its second week.
  package var weekday: Int
  /// 0...23
  package var hour: Int
  /// The hours (0...23) from which and until which nothing is told; the same for none. They may go over
  /// midnight.
  package var quietFrom: Int
  package var quietUntil: Int

  /// What is out of range is moved into it.
  package init(weekday: Int = 7, hour: Int = 18, quietFrom: Int = 22, quietUntil: Int = 7) {
    self.weekday = min(max(weekday, 1), 7)
    self.hour = min(max(hour, 0), 23)
    self.quietFrom = min(max(quietFrom, 0), 23)
    self.quietUntil = min(max(quietUntil, 0), 23)
  }

  /// Whether `time` lies in the quiet hours.
  package func isQuiet(_ time: CivilTime) -> Bool {
    quietFrom <= quietUntil
      ? quietFrom..<quietUntil ~= time.hour
      : time.hour >= quietFrom || time.hour < quietUntil
  }

  /// `time`, or the end of the quiet hours that it lies in.
  package func afterQuiet(_ time: CivilTime) -> CivilTime {
    guard isQuiet(time) else { return time }
    let day = time.hour < quietUntil ? time.day : time.day + 1
    return CivilTime(day: day, hour: quietUntil, minute: 0)
  }
}

/// A reminder of a check-in that is open: when it is told, and whether that is now.
package struct CheckInReminder: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The period comes to its end.
    case open
    /// It is over, and soon closed.
    case lastCall
  }

  package let period: Period
  package let reason: Reason
  /// On the clock of the zone that `now` was given in.
  package let at: CivilTime
  /// `at` has come, no quiet hours are on, and it is not snoozed.
  package let isDue: Bool

  /// The reminder of the current period, or of the next one where this one is answered or skipped.
  ///
  /// A period's days begin at `dayStartHour`. A time in the quiet hours moves to their end, and where
  /// that is after the period to the hour before they began.
  package static func open(
    _ settings: ReminderSettings, frequency: Frequency, now: CivilTime, dayStartHour: Int = 0,
    isSettled: Bool, snoozedUntil: CivilTime? = nil
  ) -> CheckInReminder {
    let current = Period(frequency, of: day(now, dayStartHour))
    let period = isSettled ? current.next : current
    let day = frequency == .daily ? period.last : period.last - (7 - settings.weekday)
    let end = CivilTime(day: period.last + 1, hour: dayStartHour, minute: 0)
    let at = audible(
      CivilTime(day: settings.hour < dayStartHour ? day + 1 : day, hour: settings.hour, minute: 0),
      before: end, settings)
    return reminder(
      of: period, .open, at: at, now: now, settings, snoozedUntil: isSettled ? nil : snoozedUntil)
  }

  /// The last call for the period before, on the last day on which it may be answered; nil where that
  /// day is over, and for days, which are not asked for twice. Ask only where it is neither answered
  /// nor skipped.
  package static func lastCall(
    _ settings: ReminderSettings, frequency: Frequency, now: CivilTime, dayStartHour: Int = 0,
    snoozedUntil: CivilTime? = nil
  ) -> CheckInReminder? {
    guard frequency != .daily else { return nil }
    let today = day(now, dayStartHour)
    let period = Period(frequency, of: today).previous
    guard period.standing(on: today) == .late else { return nil }
    let end = CivilTime(day: period.lastChance + 1, hour: dayStartHour, minute: 0)
    let at = audible(
      CivilTime(
        day: settings.hour < dayStartHour ? period.lastChance + 1 : period.lastChance,
        hour: settings.hour, minute: 0), before: end, settings)
    return reminder(of: period, .lastCall, at: at, now: now, settings, snoozedUntil: snoozedUntil)
  }

  /// `Week 47 is open for your check-in.`
  package var sentence: String {
    if period.frequency == .daily { return "Today is open for your check-in." }
    let isOne = period.frequency == .weekly
    return switch reason {
    case .open: "\(period.title) \(isOne ? "is" : "are") open for your check-in."
    case .lastCall:
      "\(period.title) can still be answered today, then \(isOne ? "it closes" : "they close")."
    }
  }

  private static func day(_ now: CivilTime, _ dayStartHour: Int) -> Day {
    now.hour < dayStartHour ? now.day - 1 : now.day
  }

  private static func audible(
    _ time: CivilTime, before end: CivilTime, _ settings: ReminderSettings
  ) -> CivilTime {
    guard settings.isQuiet(time) else { return time }
    let later = settings.afterQuiet(time)
    guard later >= end else { return later }
    // The quiet hours last beyond the period: the hour before they began.
    let day = time.hour >= settings.quietFrom ? time.day : time.day - 1
    return CivilTime(
      seconds: CivilTime(day: day, hour: settings.quietFrom, minute: 0).seconds - 3600)
  }

  private static func reminder(
    of period: Period, _ reason: Reason, at: CivilTime, now: CivilTime,
    _ settings: ReminderSettings, snoozedUntil: CivilTime?
  ) -> CheckInReminder {
    let told = max(at, snoozedUntil ?? at)
    return CheckInReminder(
      period: period, reason: reason, at: settings.afterQuiet(told),
      isDue: now >= told && !settings.isQuiet(now))
  }
}
