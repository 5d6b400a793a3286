internal import Kernel

/// Goes through the days of a streak, oldest first.
struct StreakLedger {
  private let rules: StreakRules
  private let facts: [Day: [StreakFact]]
  private let doneDays: [Day]
  private let travelDays: Set<Day>

  init(facts: [StreakFact], rules: StreakRules) {
    self.rules = rules
    let known = facts.filter { $0.day <= rules.today }
    self.facts = Dictionary(grouping: known, by: \.day)
    doneDays = self.facts.keys.sorted()
    travelDays = Self.travelDays(doneDays, self.facts)
  }

  func daily() -> (current: Int, longest: Int, days: [StreakDay]) {
    var walk = Walk(allowance: rules.allowance)
    for day in doneDays.first.map({ $0...rules.today }).map(Array.init) ?? [rules.today] {
      if let state = doneState(day) {
        walk.count(day, state)
      } else if let state = excused(day) {
        walk.pass(day, state)
      } else if day == rules.today {
        walk.pass(day, .pending)
      } else {
        walk.miss([day])
      }
    }
    return (walk.run, walk.longest, walk.days)
  }

  /// Weeks with at least `count` days done. Skipped and paused days lower what a week asks for;
  /// the first week and the current one cannot break.
  func weekly(count: Int) -> (current: Int, longest: Int, days: [StreakDay]) {
    guard let first = doneDays.first else {
      return (0, 0, [StreakDay(day: rules.today, state: excused(rules.today) ?? .pending)])
    }
    var walk = Walk(allowance: rules.allowance)
    var week = Week(of: first)
    while week <= Week(of: rules.today) {
      let span = Array(max(week.monday, first)...min(week.sunday, rules.today))
      let isWhole = week != Week(of: rules.today) && week != Week(of: first)
      weekStates(span, asks: count, isWhole: isWhole, walk: &walk)
      week = week.next
    }
    return (walk.run, walk.longest, walk.days)
  }

  private func weekStates(_ span: [Day], asks count: Int, isWhole: Bool, walk: inout Walk) {
    let done = span.filter { facts[$0] != nil }.count
    let free = span.filter { facts[$0] == nil && excused($0) != nil }.count
    let asked = min(count, 7 - free)
    var missing = isWhole ? max(0, asked - done) : 0
    var gaps: [Day] = []
    for day in span {
      if let state = doneState(day) {
        walk.pass(day, state)
      } else if let state = excused(day) {
        walk.pass(day, state)
      } else if day == rules.today, done < asked {
        walk.pass(day, .pending)
      } else {
        walk.pass(day, .notDue)
        gaps.append(day)
      }
    }
    if missing > 0 {
      missing = min(missing, gaps.count)
      walk.missAgain(Array(gaps.suffix(missing)))
    } else if asked > 0, done >= asked {
      walk.countOne()
    }
  }

  private func doneState(_ day: Day) -> StreakState? {
    guard let facts = facts[day], let written = facts.map(\.writtenOn).min() else { return nil }
    return written <= day ? .done : .backfilled(on: written)
  }

  private func excused(_ day: Day) -> StreakState? {
    if let reason = rules.skips[day] { return .skipped(reason: reason) }
    for pause in rules.pauses where pause.from <= day && pause.to.map({ day <= $0 }) ?? true {
      return .paused(reason: pause.reason)
    }
    return travelDays.contains(day) ? .travel : nil
  }

  /// One day between two neighbours whose clocks lie more than twelve hours apart: only a journey
  /// over the date line moves a clock so far.
  private static func travelDays(_ done: [Day], _ facts: [Day: [StreakFact]]) -> Set<Day> {
    var days: Set<Day> = []
    for (before, after) in zip(done, done.dropFirst()) where after - before > 1 {
      guard let left = facts[before]?.compactMap(\.offset).last,
        let right = facts[after]?.compactMap(\.offset).first, abs(right - left) > 12 * 3600
      else { continue }
      days.insert(after - 1)
    }
    return days
  }
}

/// The count so far, and the days that lie behind.
private struct Walk {
  let allowance: Int
  var run = 0
  var longest = 0
  var days: [StreakDay] = []
  /// Forgiven days of the last 30, oldest first, as indices into `days`.
  private var forgiven: [Int] = []
  /// Those since the last day that counted: taken back where the run breaks after all.
  private var trailing: [Int] = []

  init(allowance: Int) { self.allowance = allowance }

  mutating func count(_ day: Day, _ state: StreakState) {
    pass(day, state)
    countOne()
  }

  mutating func countOne() {
    run += 1
    longest = max(longest, run)
    trailing = []
  }

  mutating func pass(_ day: Day, _ state: StreakState) {
    days.append(StreakDay(day: day, state: state))
  }

  mutating func miss(_ missed: [Day]) {
    for day in missed { pass(day, .missed) }
    missAgain(missed)
  }

  /// Days that stand in `days` already turn out to be missed: forgiven where the allowance lasts for
  /// all of them, else the end of the run.
  mutating func missAgain(_ missed: [Day]) {
    let places = missed.compactMap { day in days.lastIndex { $0.day == day } }
    guard run > 0, let last = missed.last else { return mark(places, .missed) }
    forgiven.removeAll { last - days[$0].day >= 30 }
    if forgiven.count + places.count <= allowance {
      for place in places {
        forgiven.append(place)
        trailing.append(place)
        mark([place], .grace(used: forgiven.count, of: allowance))
      }
    } else {
      mark(places + trailing, .missed)
      let back = Set(trailing)
      forgiven.removeAll { back.contains($0) }
      trailing = []
      run = 0
    }
  }

  private mutating func mark(_ places: [Int], _ state: StreakState) {
    for place in places { days[place] = StreakDay(day: days[place].day, state: state) }
  }
}
