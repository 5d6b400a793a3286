internal import Features
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// What the analytics screen says of check-ins whose figures are known.
struct CheckInAnalyticsTests {
  private func begin(
    width: Int = 100, height: Int = 30, _ write: (Store) throws -> Void = { _ in }
  ) throws -> Journey {
    var area = Area(name: "checkins", title: "Check-ins")
    area.home = { CheckInAnalyticsScreen(desk: $0) }
    return try Journey(size: Size(width: width, height: height), areas: [area], write)
  }

  /// Weeks 36 to 47 without week 40: care grows, and the score falls.
  private func fill(_ store: Store) throws {
    for week in 36...47 where week != 40 {
      let answers = [8, 7, 7, week < 45 ? 3 : 8]
      try add(store, week: week, answers, note: "Of week \(week).")
    }
  }

  private func add(_ store: Store, week: Int, _ answers: [Int], note: String = "") throws {
    var own = CheckIn(own: "2026-W\(week)")
    own.scores = Scores(
      productive: answers[0], satisfied: answers[1], body: answers[2], care: answers[3])
    own.note = note
    own.written = GroupRoom.day(-7 * (47 - week))
    own.zone = "UTC"
    try store.write("Check-in") { [own] edit in try edit.save(own) }
  }

  @Test func `without a check-in it says what will stand here`() throws {
    let journey = try begin()
    journey.see("Nothing to show yet.")
    journey.press("r")
    journey.see("there is no check-in yet")
  }

  @Test func `the course, what is usual, what goes well and what slips are said`() throws {
    let journey = try begin { try fill($0) }
    journey.see("The last 12 weeks, 11 check-ins", "SCORE", "PARTS", "w36 19", "w47 14")
    journey.see("median 19; last 3 weeks 14, before 19:", "1 week without an answer")
    journey.see("Week 47: 14, below your usual, 19.", "goes well", "Productive 8")
    journey.see("slips", "Care 4.4", "11 of 12 weeks answered, 92 %.")
    journey.see("Care counts against the sum")
    journey.see("BEST WEEKS", "week 44", "HARDEST WEEKS", "“Of week 47.”", "MILESTONES")
  }

  @Test func `each part has its course, and the range grows`() throws {
    let journey = try begin { try fill($0) }
    journey.press("<tab>")
    journey.see("PRODUCTIVE", "always 8")
    journey.press("<tab>", "<tab>", "<tab>")
    journey.see("CARE", "before 3: up")
    #expect(journey.cursorLine.contains("Care"))
    journey.press("h", "r")
    journey.see("BODY", "The last 52 weeks", "a year")
    journey.press("r")
    journey.see("All weeks", "week 44 of 2026")
  }

  @Test func `own stands beside the group's, and nobody is ranked`() throws {
    let journey = try begin { store in
      try fill(store)
      let room = try GroupRoom(store)
      let space = try room.make()
      for week in 36...47 {
        try room.post(
          0, in: space, key: "2026-W\(week)", [8, 8, 8, 4], at: GroupRoom.day(-7 * (47 - week)))
        try room.post(
          1, in: space, key: "2026-W\(week)", [5, 5, 5, 5], at: GroupRoom.day(-7 * (47 - week)))
      }
    }
    journey.see(
      "YOU AND YOUR GROUPS", "Harbour Four", "your median is 20, the",
      "others' 10: yours is higher.")
    journey.seeNot("fern", "first of", "best member")
  }

  @Test(arguments: [(40, 12), (60, 16), (80, 24), (100, 30), (200, 50)])
  func `all of it is reached at any size, in dots and in letters`(width: Int, height: Int) throws {
    let journey = try begin(width: width, height: height) { try fill($0) }
    var seen = journey.picture
    for _ in 0..<60 {
      journey.press("j")
      seen += journey.picture
    }
    for words in ["SCORE", "YOUR USUAL", "TAKING PART", "HARDEST WEEKS", "MILESTONES"] {
      #expect(seen.contains(words), "\(words) at \(width)x\(height)")
    }
    for line in journey.lines { #expect(Width.of(SafeText(line)) <= width) }
  }
}
