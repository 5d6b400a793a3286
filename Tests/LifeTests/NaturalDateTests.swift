internal import Kernel
internal import Testing

@testable internal import Life

private func day(_ text: String) -> Day { Day(text)! }

struct NaturalDateTests {
  /// A Saturday.
  let today = day("2026-11-21")

  private func read(
    _ text: String, preferring preference: NaturalDate.Preference = .past
  ) -> String {
    do {
      let date = try NaturalDate(text, today: today, preferring: preference)
      let time = date.secondOfDay.map { " " + CivilTime(day: date.day, secondOfDay: $0).clock }
      return date.day.description + (time ?? "")
    } catch {
      return switch error {
      case .notUnderstood: "not understood"
      case .noSuchDay: "no such day"
      case .noSuchTime: "no such time"
      case .ambiguous: "ambiguous"
      }
    }
  }

  @Test(arguments: [
    ("today", "2026-11-21"), ("Yesterday", "2026-11-20"), ("tomorrow", "2026-11-22"),
    ("day before yesterday", "2026-11-19"), ("sat", "2026-11-21"), ("fri", "2026-11-20"),
    ("sunday", "2026-11-15"), ("last sat", "2026-11-14"), ("last fri", "2026-11-20"),
    ("next sat", "2026-11-28"), ("next mon", "2026-11-23"), ("this mon", "2026-11-16"),
    ("-3d", "2026-11-18"), ("+2w", "2026-12-05"), ("-1m", "2026-10-21"), ("-1y", "2025-11-21"),
    ("3 days ago", "2026-11-18"), ("a week ago", "2026-11-14"), ("3d ago", "2026-11-18"),
    ("in 2 weeks", "2026-12-05"), ("last month", "2026-10-21"), ("2026-11-20", "2026-11-20"),
    ("2026-3-5", "2026-03-05"), ("2026/03/05", "2026-03-05"), ("20260305", "2026-03-05"),
    ("2026-W47", "2026-11-16"), ("20 nov", "2026-11-20"), ("nov 20 2025", "2025-11-20"),
    ("Nov 20, 2025", "2025-11-20"), ("20th november 2025", "2025-11-20"),
    ("20.11.2026", "2026-11-20"), ("20.11.", "2026-11-20"), ("24.12.", "2025-12-24"),
    ("24 dec", "2025-12-24"), ("29 feb", "2024-02-29"), ("20/11/2026", "2026-11-20"),
  ])
  func `a day is understood as people say it`(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    ("yesterday 21:00", "2026-11-20 21:00"), ("9pm", "2026-11-21 21:00"),
    ("fri at 9:30 pm", "2026-11-20 21:30"), ("12am", "2026-11-21 00:00"),
    ("12 pm today", "2026-11-21 12:00"), ("2026-11-20T07:05", "2026-11-20 07:05"),
    ("2026-11-20T07:05:30", "2026-11-20 07:05"), ("noon", "2026-11-21 12:00"),
    ("3 days ago 08:15", "2026-11-18 08:15"), ("at 7:00", "2026-11-21 07:00"),
  ])
  func `a time of day may come with it`(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test func `the future can be preferred where the text leaves it open`() {
    #expect(read("fri", preferring: .future) == "2026-11-27")
    #expect(read("sat", preferring: .future) == "2026-11-21")
    #expect(read("20 nov", preferring: .future) == "2027-11-20")
    #expect(read("29 feb", preferring: .future) == "2028-02-29")
    #expect(read("last fri", preferring: .future) == "2026-11-20")
  }

  @Test(arguments: [
    ("2026-02-30", "no such day"), ("31 jun", "no such day"), ("30.02.2026", "no such day"),
    ("2026-13-01", "no such day"), ("0000-01-01", "no such day"), ("29 feb 2025", "no such day"),
    ("25:00", "no such time"), ("13pm", "no such time"), ("yesterday 10:61", "no such time"),
    ("3/4/2026", "ambiguous"), ("", "not understood"), ("soon", "not understood"),
    ("-d", "not understood"), ("2026", "not understood"), ("20.11.26", "not understood"),
    ("9pm 10pm", "not understood"), ("-999999y", "no such day"), ("today today", "not understood"),
    ("2026-W60", "not understood"), ("-", "not understood"), ("@", "not understood"),
  ])
  func `what is no date says why`(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test func `an error says what would be understood`() {
    #expect(throws: NaturalDateError.self) { try NaturalDate("2026-02-30", today: today) }
    #expect(NaturalDateError.noSuchDay("2026-02-30").description.contains("2026-11-20"))
  }

  @Test func `every day of four centuries reads back from what it prints`() throws {
    for number in stride(from: day("1900-01-01").number, to: day("2300-01-01").number, by: 13) {
      let some = Day(number: number)
      #expect(try NaturalDate(some.description, today: today).day == some)
    }
  }

  @Test func `any text gives a day or an error and never a crash`() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "-", "+", "3", "99999", "d", "w", "ago", "nov", "20", ".", "/", ":", "pm", " ", "last", "fri",
      "2026", "t", "12", "in", "a", "month", "é", "\u{0}", "T", "00", "w5", "W",
    ]
    for _ in 0..<5000 {
      let count = Int.random(in: 0...6, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
      if let date = try? NaturalDate(text, today: today) {
        #expect((1...9999).contains(date.day.year))
      }
    }
  }
}

struct DayRangeTests {
  let today = day("2026-11-21")

  private func range(_ text: String) -> String? {
    DayRange(text, today: today).map {
      "\($0.from?.description ?? "")..\($0.to?.description ?? "")"
    }
  }

  @Test func `days, weeks, months and years are ranges`() {
    #expect(range("2026-03") == "2026-03-01..2026-03-31")
    #expect(range("2024-02") == "2024-02-01..2024-02-29")
    #expect(range("2026") == "2026-01-01..2026-12-31")
    #expect(range("2026-W53") == "2026-12-28..2027-01-03")
    #expect(range("yesterday") == "2026-11-20..2026-11-20")
    #expect(range("this week") == "2026-11-16..2026-11-22")
  }

  @Test func `either end may stay open`() {
    #expect(range("2026-03..") == "2026-03-01..")
    #expect(range("..2026-03") == "..2026-03-31")
    #expect(range("2025..2026-03") == "2025-01-01..2026-03-31")
  }

  @Test func `what is no range is none`() {
    for text in ["..", "", "2026-13", "x..", "0000", "2026-03..x"] { #expect(range(text) == nil) }
  }
}
