internal import Kernel
internal import Testing

@testable internal import Life

struct PeriodTests {
  @Test(arguments: [
    ("2026-12-20", "2026-W51", "2026-W50"), ("2026-12-21", "2026-W52", "2026-W52"),
    ("2026-12-28", "2026-W53", "2026-W52"), ("2027-01-01", "2026-W53", "2026-W52"),
    ("2027-01-03", "2026-W53", "2026-W52"), ("2027-01-04", "2027-W01", "2027-W01"),
    ("2027-01-11", "2027-W02", "2027-W01"), ("2020-12-31", "2020-W53", "2020-W53"),
    ("2021-01-04", "2021-W01", "2020-W53"), ("2026-11-20", "2026-W47", "2026-W46"),
    ("1969-12-31", "1970-W01", "1969-W52"), ("1970-01-04", "1970-W01", "1969-W52"),
  ])
  func `a day lies in its period, over new year too`(day: String, week: String, fortnight: String) {
    let date = Day(day)!
    #expect(Period(.daily, of: date).key == day)
    #expect(Period(.weekly, of: date).key == week)
    #expect(Period(.biweekly, of: date).key == fortnight)
  }

  @Test(arguments: Frequency.allCases)
  func `periods follow one another without gap or overlap`(frequency: Frequency) {
    var period = Period(frequency, of: Day("1999-12-01")!)
    for step in 1...3000 {
      let next = period.next
      #expect(next.first == period.last + 1)
      #expect(next.last - next.first + 1 == frequency.days)
      #expect(next.previous == period)
      #expect(Period(frequency, of: next.last) == next)
      #expect(Period(frequency, key: next.key) == next)
      #expect(next.advanced(by: -step).distance(to: next) == step)
      period = next
    }
  }

  @Test(arguments: [
    "2026-W54", "2025-W53", "2026-W00", "2026-W+5", "2026-W5", "26-W05", "2026W05", "2026-w05",
    "2026-11-20", "", "2026-W047", " 2026-W47", "2026-W47\n", "٢٠٢٦-W47",
  ])
  func `what is no week's key makes no week`(key: String) {
    #expect(Period(.weekly, key: key) == nil)
  }

  @Test func `a fortnight is named by its first week alone`() {
    #expect(Period(.biweekly, key: "2026-W46") != nil)
    #expect(Period(.biweekly, key: "2026-W47") == nil)
    #expect(Period(.daily, key: "2026-W47") == nil)
    #expect(Period(.daily, key: "2026-02-29") == nil)
  }

  @Test func `a period is open, then late for seven days, then closed`() {
    let week = Made.week("2026-W47")
    #expect(week.standing(on: Day("2026-11-15")!) == .future)
    #expect(week.standing(on: Day("2026-11-16")!) == .open)
    #expect(week.standing(on: Day("2026-11-22")!) == .open)
    #expect(week.standing(on: Day("2026-11-23")!) == .late)
    #expect(week.standing(on: Day("2026-11-29")!) == .late)
    #expect(week.standing(on: Day("2026-11-30")!) == .closed)
  }

  @Test func `names say which weeks`() {
    #expect(Made.week("2026-W47").name == "week 47")
    #expect(Made.week("2026-W47").title == "Week 47")
    #expect(Made.week("2026-W53").fullName == "week 53 of 2026")
    #expect(Period(.biweekly, key: "2026-W46")?.fullName == "weeks 46 and 47 of 2026")
    #expect(
      Period(.biweekly, key: "2020-W53")?.fullName == "weeks 53 of 2020 and 1 of 2021")
    #expect(Period(.daily, key: "2026-11-20")?.fullName == "2026-11-20")
    #expect(Frequency.weekly.count(1) == "1 week")
    #expect(Frequency.biweekly.count(3) == "3 fortnights")
  }
}
