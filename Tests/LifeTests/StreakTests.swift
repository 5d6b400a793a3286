internal import Kernel
internal import Testing

@testable internal import Life

/// Day n of a made-up time: day 0 is a Monday.
private func day(_ number: Int) -> Day { Day("2026-01-05")! + number }
private func facts(_ days: [Int]) -> [StreakFact] {
  days.map { StreakFact(day: day($0), writtenOn: day($0)) }
}

struct StreakTests {
  private func streak(
    _ days: [Int], today: Int, _ schedule: StreakSchedule = .daily, allowance: Int = 0,
    skips: [Int] = [], pauses: [StreakPause] = []
  ) -> Streak {
    Streak(
      facts: facts(days),
      rules: StreakRules(
        today: day(today), schedule: schedule, allowance: allowance,
        skips: Dictionary(uniqueKeysWithValues: skips.map { (day($0), "ill") }), pauses: pauses))
  }

  @Test func `days in a row count`() {
    let streak = streak([0, 1, 2], today: 2)
    #expect(streak.current == 3)
    #expect(streak.longest == 3)
    #expect(!streak.isPending)
  }

  @Test func `today pending never breaks`() {
    let streak = streak([0, 1, 2], today: 3)
    #expect(streak.current == 3)
    #expect(streak.isPending)
    #expect(streak.days.last?.reason.contains("open") == true)
  }

  @Test func `a missed day breaks where nothing forgives it`() {
    let streak = streak([0, 1, 2, 4], today: 4)
    #expect(streak.current == 1)
    #expect(streak.longest == 3)
    #expect(streak.days.map(\.state) == [.done, .done, .done, .missed, .done])
  }

  @Test func `no facts make no streak`() {
    let streak = streak([], today: 4)
    #expect(streak.current == 0)
    #expect(streak.days == [StreakDay(day: day(4), state: .pending)])
  }

  @Test func `grace forgives so many days in thirty and does not count them`() {
    let streak = streak([0, 2, 4], today: 4, allowance: 2)
    #expect(streak.current == 3)
    #expect(
      streak.days.map(\.state)
        == [.done, .grace(used: 1, of: 2), .done, .grace(used: 2, of: 2), .done])
    #expect(self.streak([0, 2, 4, 6], today: 6, allowance: 2).current == 1)
  }

  @Test func `grace comes back after thirty days`() {
    let days = Array(0...60).filter { $0 != 10 && $0 != 39 }
    #expect(streak(days, today: 60, allowance: 1).current == 21)
    let later = Array(0...60).filter { $0 != 10 && $0 != 40 }
    #expect(streak(later, today: 60, allowance: 1).current == 59)
  }

  @Test func `grace spent on a run that broke all the same is given back`() {
    // 1 and 2 would be forgiven, 3 breaks; 5 needs its grace again
    let streak = streak([0, 4, 6], today: 6, allowance: 2)
    #expect(streak.days.map(\.state).prefix(4) == [.done, .missed, .missed, .missed])
    #expect(streak.current == 2)
  }

  @Test func `skipped days neither count nor break and say why`() {
    let streak = streak([0, 1, 4], today: 4, skips: [2, 3])
    #expect(streak.current == 3)
    #expect(streak.days[2].reason == "Skipped: ill. Neither counts nor breaks.")
  }

  @Test func `a pause covers its days, and an open one lasts`() {
    let closed = StreakPause(from: day(1), to: day(3), reason: "holiday")
    #expect(streak([0, 4], today: 4, pauses: [closed]).current == 2)
    let open = StreakPause(from: day(1), to: nil, reason: "holiday")
    let streak = streak([0], today: 9, pauses: [open])
    #expect(streak.current == 1)
    #expect(!streak.isPending)
  }

  @Test func `writing on a skipped day counts`() {
    #expect(streak([0, 1, 2], today: 2, skips: [1]).current == 3)
  }

  @Test func `a day written later repairs and is shown as such`() {
    let late = [
      StreakFact(day: day(0), writtenOn: day(0)), StreakFact(day: day(1), writtenOn: day(3)),
      StreakFact(day: day(2), writtenOn: day(2)),
    ]
    let streak = Streak(facts: late, rules: StreakRules(today: day(2), allowance: 0))
    #expect(streak.current == 3)
    #expect(streak.days[1].state == .backfilled(on: day(3)))
    #expect(streak.days[1].reason.contains(day(3).description))
  }

  @Test func `a day that has both is simply done`() {
    let both = [
      StreakFact(day: day(0), writtenOn: day(2)), StreakFact(day: day(0), writtenOn: day(0)),
    ]
    let streak = Streak(facts: both, rules: StreakRules(today: day(0)))
    #expect(streak.days[0].state == .done)
  }

  @Test func `a flight over the date line forgives the day that it swallowed`() {
    let flight = [
      StreakFact(day: day(0), writtenOn: day(0), offset: -8 * 3600),
      StreakFact(day: day(2), writtenOn: day(2), offset: 13 * 3600),
    ]
    let streak = Streak(facts: flight, rules: StreakRules(today: day(2), allowance: 0))
    #expect(streak.current == 2)
    #expect(streak.days[1].state == .travel)
    let train = [
      StreakFact(day: day(0), writtenOn: day(0), offset: 0),
      StreakFact(day: day(2), writtenOn: day(2), offset: 3600),
    ]
    #expect(Streak(facts: train, rules: StreakRules(today: day(2), allowance: 0)).current == 1)
  }

  @Test func `facts of days to come are left out`() {
    #expect(streak([0, 1, 5], today: 1).current == 2)
  }

  @Test func `weeks count where they reach their number`() {
    let streak = streak([0, 2, 4, 7, 9, 11, 14], today: 15, .perWeek(3))
    #expect(streak.unit == .weeks)
    #expect(streak.current == 2)  // the third week is under way
    #expect(self.streak([0, 2, 4, 7, 9, 14], today: 15, .perWeek(3)).current == 0)
  }

  @Test func `the current week counts once it is reached`() {
    #expect(streak([0, 1, 7, 8], today: 9, .perWeek(2)).current == 2)
  }

  @Test func `a week that is short by forgiven days lives on`() {
    let streak = streak([0, 1, 7, 14, 15], today: 15, .perWeek(2), allowance: 1)
    #expect(streak.current == 2)
    #expect(streak.days.contains { $0.state == .grace(used: 1, of: 1) })
  }

  @Test func `skipped days lower what a week asks for`() {
    #expect(
      streak([0, 1, 7, 14, 15], today: 15, .perWeek(2), skips: [8, 9, 10, 11, 12, 13]).current == 3)
    #expect(
      streak([0, 1, 14, 15], today: 15, .perWeek(2), skips: Array(7...13)).current == 2)
  }

  @Test func `the first week may be a short one`() {
    #expect(streak([6, 7, 8], today: 9, .perWeek(2)).current == 1)
  }

  @Test func `more facts never shorten a streak`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let days = (0...40).filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
      let extra = Int.random(in: (days.first ?? 0)...40, using: &random)
      let before = streak(days, today: 40, allowance: 0).longest
      let after = streak(Array(Set(days + [extra])), today: 40, allowance: 0).longest
      #expect(after >= before)
    }
  }

  @Test func `every day from the first fact to today is told once`() {
    var random = SystemRandomNumberGenerator()
    for schedule in [StreakSchedule.daily, .perWeek(3)] {
      for _ in 0..<100 {
        let days = (3...50).filter { _ in Bool.random(using: &random) } + [3]
        let told = streak(days, today: 50, schedule, allowance: 2, skips: [9, 20]).days.map(\.day)
        #expect(told == Array(day(3)...day(50)))
      }
    }
  }
}
