internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

/// What is told of others, and what a person does with it.
struct NoticeTests {
  private let hour: Int64 = 3_600_000

  private func sentences(_ desk: Desk) throws -> [String] {
    try CheckInNotices.all(desk).map(\.text.string)
  }

  @Test func `a friend's check-in is news, one's own is none`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, friends) = try tale.group("Harbour Four", friends: ["fern"])
    try desk.post(CheckInDraft(scores: scores(7, 8, 6, 5)))
    try tale.checkIn(of: friends[0], in: space, "2026-W47", [8, 8, 8, 5])
    let unread = try CheckInNotices.unread(desk)
    #expect(unread.map(\.text.string) == ["fern checked in for week 47, Harbour Four"])
    #expect(unread[0].kind == "friend" && unread[0].space == space)
  }

  @Test func `what was before the person came is no news`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, friends) = try tale.group("Harbour Four", friends: ["fern"])
    try tale.checkIn(
      of: friends[0], in: space, "2026-W46", [8, 8, 8, 5], at: noon + -24 * hour)
    #expect(try CheckInNotices.all(desk) == [])
  }

  @Test func `what is older than sixty days, or written by a clock far ahead, is not told`() throws
  {
    let desk = later(try checkInDesk(), days: 0)
    let tale = try GroupTale(desk.store)
    let (space, _) = try tale.group("Harbour Four")
    let friends = try tale.old(["fern", "kite"], in: space)
    try tale.checkIn(of: friends[0], in: space, "2026-W47", [8, 8, 8, 5])
    try tale.checkIn(
      of: friends[1], in: space, "2026-W47", [8, 8, 8, 5], at: noon + 400 * 24 * hour)
    #expect(try CheckInNotices.all(desk).count == 1)
    #expect(try CheckInNotices.all(later(desk, days: 59)).contains { $0.kind == "friend" })
    #expect(try !CheckInNotices.all(later(desk, days: 61)).contains { $0.kind == "friend" })
  }

  @Test func `a muted group is silent, and so is one that was left`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, friends) = try tale.group("Harbour Four", friends: ["fern"])
    try tale.checkIn(of: friends[0], in: space, "2026-W47", [8, 8, 8, 5])
    var choice = GroupChoice(space: space)
    choice.isMuted = true
    try CheckInWriting.choose(choice, desk: desk)
    #expect(try CheckInNotices.unread(desk) == [])
    choice.isMuted = false
    try CheckInWriting.choose(choice, desk: desk)
    #expect(try CheckInNotices.unread(desk).count == 1)
    try tale.leave(space, name: "Harbour Four")
    #expect(try CheckInNotices.unread(desk) == [])
  }

  @Test func `words and signs under one's own check-in are told, those under another's not`() throws
  {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, friends) = try tale.group("Harbour Four", friends: ["fern", "kite"])
    try desk.post(CheckInDraft(scores: scores(7, 8, 6, 5)))
    try tale.checkIn(of: friends[1], in: space, "2026-W47", [8, 8, 8, 5])
    let mine = CheckIn(of: tale.me, in: space, key: "2026-W47").id
    let theirs = CheckIn(of: friends[1], in: space, key: "2026-W47").id
    let now = desk.world.now()
    for target in [mine, theirs] {
      try tale.tell(
        [
          CheckInComment(
            of: friends[0], to: target, in: space, key: desk.world.newID(),
            text: "well \u{1B}[31mdone",
            at: now)
        ], in: space)
      try tale.tell(
        [CheckInReaction(of: friends[0], to: target, in: space, sign: .love, at: now)], in: space)
    }
    let echoes = try CheckInNotices.all(desk).filter { $0.kind == "echo" }.map(\.text.string)
    #expect(
      Set(echoes) == [
        "fern wrote “well ␛[31mdone” under your check-in, Harbour Four",
        "fern loves your check-in, Harbour Four",
      ])
  }

  @Test func `who comes and goes later is told, with their names`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, friends) = try tale.group("Harbour Four", friends: ["fern"])
    let kite = desk.world.newID()
    let soon = desk.world.now() + hour
    try tale.tell(
      [
        GroupMember(account: kite, in: space, user: "kite", role: "member", joined: soon),
        GroupMember(
          account: friends[0], in: space, user: "fern", role: "member", state: .left,
          joined: soon, ended: soon + hour),
      ], in: space)
    let told = try sentences(later(desk, days: 1))
    #expect(told == ["fern left Harbour Four", "kite joined Harbour Four"])
  }

  @Test func `an invitation stands until it is answered or over`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    var invitation = Invitation(
      id: desk.world.newID(), space: desk.world.newID(), name: "Runners", from: "kite",
      at: desk.world.now(), expires: noon + 24 * hour)
    try tale.tell([invitation], in: tale.personal)
    #expect(try sentences(desk) == ["kite invites you to Runners"])
    #expect(try sentences(later(desk, days: 2)) == [])
    invitation.state = .declined
    try tale.tell([invitation], in: tale.personal)
    #expect(try sentences(desk) == [])
  }

  @Test func `a post that was not sent before a removal is kept and told`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, _) = try tale.group("Harbour Four", friends: ["fern"])
    try desk.post(CheckInDraft(scores: scores(7, 8, 6, 5)))
    try tale.leave(space, name: "Harbour Four", state: .removed)
    let told = try sentences(desk)
    #expect(told.contains { $0.hasPrefix("a check-in for Harbour Four was not sent") })
    #expect(
      told.contains("you are no longer in Harbour Four; your own check-ins stay"))
  }

  @Test func `reading, hiding and putting off are each one undo`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, _) = try tale.group("Harbour Four")
    let friends = try tale.old(["fern", "kite", "tilde"], in: space)
    for friend in friends {
      try tale.checkIn(of: friend, in: space, "2026-W47", [8, 8, 8, 5])
    }
    try CheckInNotices.read(try CheckInNotices.unread(desk), desk: desk)
    #expect(try CheckInNotices.unread(desk) == [])
    #expect(try CheckInNotices.all(desk).count == 3)
    _ = try desk.store.undo()
    #expect(try CheckInNotices.unread(desk).count == 3)
    try CheckInNotices.hide(Array(try CheckInNotices.all(desk).prefix(2)), desk: desk)
    #expect(try CheckInNotices.all(desk).count == 1)
    _ = try desk.store.undo()
    let one = Array(try CheckInNotices.all(desk).prefix(1))
    try CheckInNotices.snooze(one, until: noon + hour, desk: desk)
    #expect(try CheckInNotices.unread(desk).count == 2)
    #expect(try CheckInNotices.next(desk) == noon + hour)
    #expect(
      try CheckInNotices.unread(later(desk, days: 1)).contains { $0.subject == one[0].subject })
  }

  @Test func `names of others can not steer the terminal`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, friends) = try tale.group(
      "\u{1B}]0;gone\u{07}", friends: ["\u{202E}fern\u{1B}[2J"])
    try tale.checkIn(of: friends[0], in: space, "2026-W47", [8, 8, 8, 5])
    let text = try #require(try CheckInNotices.unread(desk).first).text.string
    #expect(!text.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E })
  }
}

/// What the clock asks for.
struct ReminderTests {
  private let week = CheckInDraft(scores: scores(7, 8, 6, 5))

  private func reminders(_ desk: Desk) throws -> [String] {
    try CheckInNotices.unread(desk).filter { $0.kind == "reminder" }.map(\.subject)
  }

  /// Sunday at `hour`:30 of week 47.
  private func sunday(_ desk: Desk, _ hour: Int) -> Desk {
    let moment = Zone.utc.moment(
      CivilTime(day: Day(2026, 11, 22) ?? Day(number: 0), hour: hour, minute: 30))
    return Desk(
      store: desk.store, world: World.still(at: moment), preferences: desk.preferences)
  }

  @Test func `who never checked in is asked for nothing`() throws {
    let desk = try checkInDesk()
    #expect(try reminders(sunday(desk, 19)) == [])
    #expect(try CheckInNotices.next(desk) == nil)
  }

  @Test func `the week is asked for on its day and hour, not before`() throws {
    let desk = try checkInDesk()
    try desk.post(week, week: "2026-W46")
    #expect(try reminders(sunday(desk, 17)) == [])
    #expect(try reminders(sunday(desk, 18)) == ["reminder|2026-W47"])
    let due = Zone.utc.moment(
      CivilTime(day: try #require(Day(2026, 11, 22)), hour: 18, minute: 0))
    #expect(try CheckInNotices.next(desk) == due)
  }

  @Test func `an answered week and one that was left out are not asked for`() throws {
    let desk = try checkInDesk()
    try desk.post(week)
    #expect(try reminders(sunday(desk, 19)) == [])
    _ = try desk.store.undo()
    try desk.post(week, week: "2026-W46")
    try CheckInWriting.skip(Week(of: desk.world.today), reason: "ill", desk: desk)
    #expect(try reminders(sunday(desk, 19)) == [])
  }

  @Test func `an hour in the quiet ones is moved out of them`() throws {
    var desk = try checkInDesk()
    desk.preferences.reminderHour = 23
    try desk.post(week, week: "2026-W46")
    let due = Zone.utc.moment(
      CivilTime(day: try #require(Day(2026, 11, 22)), hour: 21, minute: 0))
    #expect(try CheckInNotices.next(desk) == due)
  }

  @Test func `the week before is due while it is open, and only after the first one`() throws {
    let desk = try checkInDesk()
    try desk.post(week, week: "2026-W46")
    let monday = later(desk, days: 3)
    #expect(try DueReport(monday).short == "checkin")
    #expect(try DueReport(monday).lines.first?.contains("week 47") == true)
    #expect(try DueReport(later(desk, days: 11)).lines.allSatisfy { !$0.contains("week 47") })
    let other = try checkInDesk()
    try other.post(week)
    #expect(try DueReport(later(other, days: 3)).isEmpty)
  }

  @Test func `a group that checks in daily asks every day`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, _) = try tale.group("Daily", frequency: "daily", friends: ["fern"])
    let evening = Desk(
      store: desk.store, world: World.still(at: noon + 7 * 3_600_000))
    #expect(try reminders(evening) == ["reminder|\(space)|2026-11-20"])
    try evening.post(week)
    #expect(try reminders(evening) == [])
  }

  @Test(arguments: [
    (22, 7, 23, true), (22, 7, 7, false), (1, 5, 4, true), (1, 5, 5, false), (8, 8, 8, false),
  ])
  func `quiet hours may go over midnight`(from: Int, until: Int, hour: Int, quiet: Bool) {
    var preferences = Preferences()
    (preferences.quietFrom, preferences.quietUntil) = (from, until)
    #expect(preferences.isQuiet(hour: hour) == quiet)
  }
}
