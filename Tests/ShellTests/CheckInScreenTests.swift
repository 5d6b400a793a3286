internal import Features
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// The week, as a person at the keyboard meets it: Friday 20 November 2026, week 47.
struct CheckInScreenTests {
  private func own(_ journey: Journey, _ key: String = "2026-W47") throws -> CheckIn? {
    try journey.store.read { try CheckInQueries.own($0, key: key) }
  }

  private func past(_ store: Store, _ key: String, _ all: [Int], note: String = "") throws {
    try store.write("Past") { edit in
      var checkIn = CheckIn(own: key)
      checkIn.scores = Scores(
        productive: all[0], satisfied: all[1], body: all[2], care: all[3])
      checkIn.note = note
      checkIn.written = Week(key).map { Moment(seconds: Int64(($0.sunday.number) * 86_400)) }
      checkIn.zone = "UTC"
      try edit.save(checkIn)
    }
  }

  @Test func `four digits and Enter make a check-in`() throws {
    let journey = try Journey()
    journey.press("3")
    journey.see("Week 47, open until Sunday.", "FOUR ANSWERS, 1 TO 10", "How productive")
    journey.type("7806")
    journey.see("All four are there", "For yourself alone.")
    journey.press("<enter>")
    journey.see("Week 47 is in, for yourself. u undoes")
    let checkIn = try #require(try own(journey))
    #expect(checkIn.scores?.all == [7, 8, 10, 6])
    // 7 + 8 + 10 − 6
    journey.see("19")
    journey.press("u")
    #expect(try own(journey) == nil)
  }

  @Test func `digits change the area where nothing is filled, and Alt with them always does`()
    throws
  {
    let journey = try Journey()
    journey.press("3", "1")
    journey.see("2/4 How satisfied")
    journey.press("M-1")
    journey.see("NOW")
    journey.press("3")
    journey.see("2/4 How satisfied")
    journey.type("234")
    journey.press("<enter>")
    journey.press("2")
    journey.see("Nothing is written here yet.")
  }

  @Test func `Tab keeps last week's answers and Backspace takes one back`() throws {
    let journey = try Journey { try past($0, "2026-W46", [7, 8, 6, 5], note: "Less mail.") }
    journey.press("3")
    journey.see("Last week you wrote", "“Less mail.”")
    journey.press("<tab>", "9", "<backspace>", "<tab>", "4", "<tab>", "<enter>")
    #expect(try own(journey)?.scores?.all == [7, 8, 4, 5])
  }

  @Test func `Tab without a week before says so`() throws {
    let journey = try Journey()
    journey.press("3", "<tab>")
    #expect(try own(journey) == nil)
    journey.see("1/4 How productive")
  }

  @Test func `too few answers are not posted`() throws {
    let journey = try Journey()
    journey.press("3", "7", "8", "<enter>")
    #expect(try own(journey) == nil)
    journey.see("2 of the four answers are still open")
  }

  @Test func `what was typed outlives a crash`() throws {
    let first = try Journey()
    first.press("3", "7", "8", "n")
    first.type("roof\nand sea")
    first.pass(600)
    let second = Journey(after: first)  // the first one never ended
    second.press("3")
    second.see("3/4", "roof")
    second.type("65")
    second.press("<enter>")
    let checkIn = try #require(try own(second))
    #expect(checkIn.scores?.all == [7, 8, 6, 5] && checkIn.note == "roof\nand sea")
    #expect(try second.store.drafts() == [])
  }

  @Test func `each group is told what it will see before it is posted`() throws {
    var spaces: [EntryID] = []
    let journey = try Journey { store in
      let tale = try GroupTale(store)
      let harbour = try tale.group("Harbour Four", friends: ["fern", "kite"])
      try tale.checkIn(of: harbour.friends[0], in: harbour.space, "2026-W47", [9, 8, 6, 5])
      let runners = try tale.group("Sunday Runners").space
      spaces = [harbour.space, runners]
      try store.write("Choice") { edit in
        var choice = GroupChoice(space: runners)
        choice.sharing = .score
        try edit.save(choice)
      }
    }
    journey.press("3")
    journey.see("One answer goes to two groups.", "HARBOUR FOUR", "fern", "18")
    journey.type("7865")
    journey.see("⏎ Harbour Four: score and answers · Sunday", "Runners: score alone")
    journey.press("<enter>")
    journey.see("Week 47 is in, for two groups. u undoes")
    let shown = try spaces.map { space in
      try journey.store.read { try CheckInQueries.checkIns($0, of: space) }.last
    }
    #expect(shown[0]?.scores?.all == [7, 8, 6, 5] && shown[0]?.note == "")
    #expect(shown[1]?.scores == nil && shown[1]?.score == 16)
  }

  @Test func `a group is left out for once, and a private one goes nowhere`() throws {
    var space: EntryID?
    let journey = try Journey { space = try GroupTale($0).group("Harbour Four").space }
    let group = try #require(space)
    func shown() throws -> Int {
      try journey.store.read { try CheckInQueries.checkIns($0, of: group).count }
    }
    journey.press("3", "p")
    journey.see("Harbour Four")
    journey.press("<enter>", "<esc>")
    journey.see("For yourself alone.")
    journey.type("7865")
    journey.press("<enter>")
    #expect(try shown() == 0)
    journey.press("v", "v", "c", "<tab>", "<tab>", "<tab>", "<tab>", "<enter>")
    #expect(try shown() == 1)
    journey.press("v", "<enter>")
    journey.see("can see this week’s check-in already")
    journey.press("t")
    #expect(try shown() == 0)
    #expect(try own(journey)?.isPrivate == true)
  }

  @Test func `last week is open for seven days, older ones can only be read`() throws {
    let journey = try Journey { try past($0, "2026-W40", [1, 2, 3, 4]) }
    journey.press("3", "[")
    journey.see("Week 46, over, open for late answers until Sunday.")
    journey.type("1234")
    journey.press("<enter>")
    #expect(try own(journey, "2026-W46")?.scores?.all == [1, 2, 3, 4])
    journey.press("[")
    journey.see("Week 45 is closed")
    journey.press("<enter>")
    #expect(try own(journey, "2026-W45") == nil)
    journey.press("t")
    journey.see("Week 47, open until Sunday.")
  }

  @Test func `names that would steer the terminal are harmless, at forty columns too`() throws {
    let journey = try Journey(size: Size(width: 40, height: 12)) { store in
      let tale = try GroupTale(store)
      let bad = "\u{1B}[31mred\u{07}\u{202E}" + String(repeating: "深", count: 60)
      let group = try tale.group(bad, friends: ["\u{1B}]0;x\u{07}eve"])
      try tale.checkIn(
        of: group.friends[0], in: group.space, "2026-W47", [9, 8, 6, 5], note: "\u{9B}2J")
    }
    journey.press("3")
    journey.type("7865")
    for (width, height) in [(40, 12), (80, 24), (100, 30), (20, 6), (1, 1), (160, 50)] {
      journey.resize(width, height)
      let scalars = journey.lines.joined().unicodeScalars
      #expect(!scalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
      #expect(!scalars.contains { $0.value == 0x202E })
    }
    journey.resize(40, 12)
    journey.press("<enter>")
    #expect(try own(journey)?.scores?.all == [7, 8, 6, 5])
  }

  @Test func `ten years of weeks are read by pages`() throws {
    let journey = try Journey { store in
      try store.write("Past") { edit in
        var week = Week(of: Day(2016, 11, 21)!)
        while week.monday < Day(2026, 11, 16)! {
          var checkIn = CheckIn(own: week.description)
          checkIn.scores = Scores(
            productive: week.number % 10 + 1, satisfied: 5, body: 6, care: 4)
          checkIn.written = Moment(seconds: Int64(week.sunday.number * 86_400))
          try edit.save(checkIn)
          week = week.next
        }
      }
    }
    journey.press("3", "h")
    journey.see("Your weeks.", "521 check-ins", "2026-W46")
    journey.press("G")
    journey.pass(100)
    #expect(journey.cursorLine.contains("2016-W47"))
    journey.see("Week 47 of 2016")
    journey.press("[", "g g", "<enter>")
    journey.see("Week 46 of 2026", "Productive")
  }

  @Test func `a note that is too long is kept, and Enter says why it is not posted`() throws {
    let journey = try Journey()
    let long = String(repeating: "roof ", count: 2100)
    journey.edits { _ in long }
    journey.press("3")
    journey.type("7865")
    journey.press("E")
    journey.press("<enter>")
    journey.see("a note has 10,000 characters at most")
    #expect(try own(journey) == nil)
    journey.pass(600)
    #expect(try journey.store.drafts().first?.fields["note"]?.hasPrefix("roof roof") == true)
    journey.edits { _ in "short" }
    journey.press("E", "<enter>")
    #expect(try own(journey)?.note == "short")
  }

  @Test func `a week that is left out neither counts nor breaks`() throws {
    let journey = try Journey { try past($0, "2026-W45", [7, 8, 6, 5]) }
    journey.press("3", "[", "s")
    journey.type("holiday\n")
    journey.see("Week 46 is left out: holiday.", "left out")
    journey.press("s")
    journey.see("The week counts again.")
  }
}
