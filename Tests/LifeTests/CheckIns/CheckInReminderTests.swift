internal import Kernel
internal import Testing

@testable internal import Life

struct CheckInReminderTests {
  private func at(_ day: String, _ hour: Int, _ minute: Int = 0) -> CivilTime {
    CivilTime(day: Day(day)!, hour: hour, minute: minute)
  }

  private func open(
    _ now: CivilTime, _ settings: ReminderSettings = ReminderSettings(),
    _ frequency: Frequency = .weekly, dayStart: Int = 3, isSettled: Bool = false,
    snoozed: CivilTime? = nil
  ) -> CheckInReminder {
    CheckInReminder.open(
      settings, frequency: frequency, now: now, dayStartHour: dayStart, isSettled: isSettled,
      snoozedUntil: snoozed)
  }

  // 22 November 2026 is the Sunday of week 47.
  @Test func `a week is asked for on its day at its hour, until it is over`() {
    #expect(open(at("2026-11-20", 12)).at == at("2026-11-22", 18))
    #expect(!open(at("2026-11-22", 17, 59)).isDue)
    #expect(open(at("2026-11-22", 18)).isDue)
    #expect(open(at("2026-11-22", 21, 59)).isDue)
    #expect(!open(at("2026-11-22", 22)).isDue)  // quiet
    #expect(open(at("2026-11-23", 2)).period.key == "2026-W47")
    let monday = open(at("2026-11-23", 3))
    #expect(monday.period.key == "2026-W48")
    #expect(monday.at == at("2026-11-29", 18))
    #expect(!monday.isDue)
  }

  @Test func `another day and hour`() {
    let settings = ReminderSettings(weekday: 5, hour: 9)
    #expect(open(at("2026-11-20", 9), settings).isDue)
    #expect(open(at("2026-11-21", 9), settings).isDue)
    #expect(!open(at("2026-11-20", 8, 59), settings).isDue)
  }

  @Test func `who has answered or skipped is asked next time`() {
    let reminder = open(at("2026-11-22", 19), isSettled: true)
    #expect(reminder.period.key == "2026-W48")
    #expect(reminder.at == at("2026-11-29", 18))
    #expect(!reminder.isDue)
  }

  @Test func `a snoozed reminder waits`() {
    let until = at("2026-11-22", 20)
    #expect(!open(at("2026-11-22", 19), snoozed: until).isDue)
    #expect(open(at("2026-11-22", 19), snoozed: until).at == until)
    #expect(open(at("2026-11-22", 20), snoozed: until).isDue)
    #expect(open(at("2026-11-22", 19), snoozed: at("2026-11-20", 8)).isDue)
    let night = open(at("2026-11-22", 21), snoozed: at("2026-11-22", 23))
    #expect(night.at == at("2026-11-23", 7))
  }

  @Test func `quiet hours put it off, and where that is too late, forward`() {
    let early = ReminderSettings(weekday: 7, hour: 6)
    #expect(open(at("2026-11-22", 6), early).at == at("2026-11-22", 7))
    #expect(!open(at("2026-11-22", 6), early).isDue)
    #expect(open(at("2026-11-22", 7), early).isDue)
    let late = ReminderSettings(weekday: 7, hour: 23)
    #expect(open(at("2026-11-22", 20), late).at == at("2026-11-22", 21))
    #expect(open(at("2026-11-22", 21), late).isDue)
    let midnight = ReminderSettings(weekday: 7, hour: 1, quietFrom: 0, quietUntil: 6)
    // With days that begin at 3, one o'clock of Sunday is on Monday's clock.
    #expect(open(at("2026-11-22", 12), midnight).at == at("2026-11-22", 23))
  }

  @Test func `quiet hours go over midnight, or not, or are none`() {
    let night = ReminderSettings()
    #expect(
      (0...23).filter { night.isQuiet(at("2026-11-20", $0)) } == [0, 1, 2, 3, 4, 5, 6, 22, 23])
    let noon = ReminderSettings(quietFrom: 12, quietUntil: 14)
    #expect((0...23).filter { noon.isQuiet(at("2026-11-20", $0)) } == [12, 13])
    let none = ReminderSettings(quietFrom: 9, quietUntil: 9)
    #expect(!(0...23).contains { none.isQuiet(at("2026-11-20", $0)) })
  }

  @Test func `days are asked for by their hour alone, fortnights in their second week`() {
    let day = open(at("2026-11-20", 18), ReminderSettings(weekday: 3), .daily)
    #expect(day.isDue)
    #expect(day.period.key == "2026-11-20")
    #expect(
      open(at("2026-11-20", 18), ReminderSettings(), .daily, isSettled: true).at
        == at("2026-11-21", 18))
    // Weeks 46 and 47 are one fortnight.
    #expect(open(at("2026-11-15", 19), ReminderSettings(), .biweekly).at == at("2026-11-22", 18))
  }

  @Test func `the last call comes on the last day on which a late one is taken`() {
    func call(_ now: CivilTime, _ frequency: Frequency = .weekly) -> CheckInReminder? {
      CheckInReminder.lastCall(
        ReminderSettings(), frequency: frequency, now: now, dayStartHour: 3)
    }
    #expect(call(at("2026-11-20", 19))?.period.key == "2026-W46")
    #expect(call(at("2026-11-20", 19))?.isDue == false)
    #expect(call(at("2026-11-22", 18))?.isDue == true)
    #expect(call(at("2026-11-22", 18))?.reason == .lastCall)
    #expect(call(at("2026-11-23", 1))?.period.key == "2026-W46")
    #expect(call(at("2026-11-23", 3))?.period.key == "2026-W47")
    #expect(call(at("2026-11-20", 19), .daily) == nil)
    // The fortnight of weeks 44 and 45 is taken until 15 November.
    #expect(call(at("2026-11-15", 18), .biweekly)?.isDue == true)
    #expect(call(at("2026-11-16", 18), .biweekly) == nil)
  }

  @Test func `settings out of range are moved into it`() {
    let settings = ReminderSettings(weekday: 9, hour: 40, quietFrom: -3, quietUntil: 99)
    #expect(settings == ReminderSettings(weekday: 7, hour: 23, quietFrom: 0, quietUntil: 23))
  }

  @Test func `a reminder is heard in every week unless quiet hours last all day`() {
    for hour in 0...23 {
      for dayStart in [0, 3, 12] {
        for (from, until) in [(22, 7), (0, 0), (0, 6), (12, 14), (20, 19)] {
          let settings = ReminderSettings(
            weekday: 7, hour: hour, quietFrom: from, quietUntil: until)
          let heard = (0..<8 * 24).contains { step in
            let now = CivilTime(seconds: at("2026-11-16", dayStart).seconds + Int64(step) * 3600)
            let reminder = open(now, settings, dayStart: dayStart)
            return reminder.isDue && reminder.period.key == "2026-W47"
          }
          #expect(heard, "hour \(hour), days from \(dayStart), quiet \(from) to \(until)")
        }
      }
    }
  }
}
