internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

struct CheckInWritingTests {
  private let draft = CheckInDraft(
    scores: scores(7, 8, 6, 5), mood: "calm", energy: 4, note: "Less mail, more roof.")

  @Test func `without an account and a group it is written for oneself`() throws {
    let desk = try checkInDesk()
    let plan = try desk.post(draft)
    #expect(plan.posts == [] && plan.skipped == [] && !plan.isEdit)
    let own = try #require(try desk.own())
    #expect(own.key == "2026-W47" && own.member == nil)
    #expect(own.score(by: .hucares) == 16)
    #expect(own.note == "Less mail, more roof." && own.mood == "calm" && own.energy == 4)
    #expect(try desk.store.undoLabels().undo == "Check-in of week 47")
    _ = try desk.store.undo()
    #expect(try desk.own() == nil)
  }

  @Test func `each group is shown what the person has chosen for it`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let spaces = try GroupChoice.Sharing.allCases.map {
      try tale.group($0.rawValue, rule: $0 == .score ? "sum" : "hucares").space
    }
    for (space, sharing) in zip(spaces, GroupChoice.Sharing.allCases) {
      var choice = GroupChoice(space: space)
      choice.sharing = sharing
      try CheckInWriting.choose(choice, desk: desk)
    }
    try desk.post(draft)
    let shown = try spaces.map { try #require(try desk.shown(in: $0).first) }
    #expect(shown[0].scores == nil && shown[0].score == 26 && shown[0].note.isEmpty)
    #expect(shown[0].mood.isEmpty && shown[0].energy == nil)
    #expect(shown[1].scores == draft.scores && shown[1].score == nil && shown[1].note.isEmpty)
    #expect(shown[1].mood == "calm" && shown[1].energy == 4)
    #expect(shown[2].note == "Less mail, more roof.")
    #expect(shown.allSatisfy { $0.member == tale.me && $0.key == "2026-W47" && !$0.isPrivate })
    // One undo takes all of it back.
    _ = try desk.store.undo()
    #expect(try desk.own() == nil)
    #expect(try spaces.allSatisfy { try desk.shown(in: $0).isEmpty })
  }

  @Test func `a second one in the week is an edit`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let space = try tale.group("Harbour").space
    try desk.post(draft)
    let first = try #require(try desk.own())
    var other = draft
    other.scores = scores(1, 2, 3, 4)
    let plan = try desk.post(other)
    #expect(plan.isEdit && plan.posts.map(\.isEdit) == [true])
    let own = try #require(try desk.own())
    #expect(own.id == first.id && own.written == first.written && own.edited != nil)
    #expect(own.scores == other.scores && own.note == draft.note)
    #expect(try desk.shown(in: space).map(\.scores) == [other.scores])
    // The same once more changes nothing.
    try desk.post(other)
    #expect(try desk.own()?.values == own.values)
  }

  @Test func `a late week goes to the right period of each group, and closed ones are left out`()
    throws
  {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let weekly = try tale.group("a weekly").space
    let pair = try tale.group("b biweekly", frequency: "biweekly").space
    let daily = try tale.group("c daily", frequency: "daily").space
    let plan = try desk.post(draft, week: "2026-W46")
    #expect(plan.isLate && plan.own.key == "2026-W46")
    #expect(plan.posts.map(\.space) == [weekly, pair, daily])
    let two = Period(.biweekly, of: day("2026-11-15"))
    #expect(plan.posts.map(\.checkIn.key) == ["2026-W46", two.key, "2026-11-15"])
    #expect(plan.posts.map(\.isLate) == [true, !(two.last >= day("2026-11-20")), true])
    // On Sunday seven days after, all are open still; a day later the week itself is closed.
    let monday = later(desk, days: 3)
    #expect(throws: CheckInRefusal.closed(key: "2026-W46")) {
      try monday.post(draft, week: "2026-W46")
    }
    #expect(throws: CheckInRefusal.notBegun(key: "2026-W48")) {
      try desk.post(draft, week: "2026-W48")
    }
    #expect(throws: CheckInRefusal.noSuchWeek("2026-W54")) {
      try desk.post(draft, week: "2026-W54")
    }
  }

  @Test func `a week that has begun here and not there waits, and nothing of the old is touched`()
    throws
  {
    // Monday 23 November, 06:00 in Auckland: Sunday noon in New York.
    let monday = Moment(seconds: 1_795_176_000 + 2 * 86_400 + 5 * 3600)
    let auckland = try #require(Zone(named: "Pacific/Auckland"))
    let desk = try checkInDesk(at: monday, zone: auckland)
    let tale = try GroupTale(desk.store)
    let there = try tale.group("A far", zone: "America/New_York").space
    let here = try tale.group("B near", zone: "Pacific/Auckland").space
    try desk.post(draft, week: "2026-W47")
    #expect(try desk.shown(in: there).map(\.key) == ["2026-W47"])
    let plan = try desk.post(draft)
    #expect(plan.own.key == "2026-W48")
    #expect(plan.posts.map(\.space) == [here])
    #expect(plan.skipped.map(\.reason) == [.notBegun(key: "2026-W48")])
    #expect(try desk.shown(in: there).map(\.key) == ["2026-W47"])
    #expect(try desk.shown(in: here).map(\.key) == ["2026-W48", "2026-W47"])
  }

  @Test func `a group that was left is left out with its reason`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let harbour = try tale.group("Harbour").space
    let runners = try tale.group("Runners").space
    let before = try desk.groups()
    try tale.leave(harbour, name: "Harbour")
    // With what the screen knew before, and with what is known now.
    for groups in [before, try desk.groups()] {
      let plan = try CheckInWriting.post(draft, to: groups, of: desk.me, desk: desk)
      #expect(plan.posts.map(\.space) == [runners])
      #expect(plan.skipped.map(\.reason) == [.leftGroup("Harbour")])
    }
    #expect(try desk.own() != nil)
  }

  @Test func `a private one goes nowhere, and tells what is shown already`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let space = try tale.group("Harbour").space
    try desk.post(draft)
    var secret = draft
    secret.isPrivate = true
    secret.note = "only mine"
    let plan = try desk.post(secret)
    #expect(plan.posts == [] && plan.standing.map(\.space) == [space])
    #expect(try desk.own()?.isPrivate == true)
    #expect(try desk.shown(in: space).map(\.note) == [""])
    let last = try desk.post(secret, takesBack: true)
    #expect(last.standing == [])
    #expect(try desk.shown(in: space).isEmpty)
    _ = try desk.store.undo()
    #expect(try desk.shown(in: space).count == 1)
    #expect(try desk.own()?.note == "only mine")
  }

  @Test func `the other days of a daily group stay, and are not called left over`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let space = try tale.group("Daily", frequency: "daily").space
    try desk.post(draft)
    let saturday = later(desk, days: 1)
    let plan = try saturday.post(draft, takesBack: true)
    #expect(plan.standing == [])
    #expect(try desk.shown(in: space).map(\.key) == ["2026-11-21", "2026-11-20"])
    // A private week goes from all its days.
    var secret = draft
    secret.isPrivate = true
    #expect(try saturday.post(secret).standing.count == 2)
    try saturday.post(secret, takesBack: true)
    #expect(try desk.shown(in: space).isEmpty)
  }

  @Test func `nothing of a private note is in any operation of a group`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let space = try tale.group("Harbour").space
    try desk.post(draft)
    var secret = draft
    secret.isPrivate = true
    try desk.post(secret)
    let sent = try desk.store.beginExchange(space, app: "lifeos/0", want: 100).ops
    #expect(sent.count == 1)
    for op in sent {
      #expect(op.fields["note"] == nil && op.fields["private"] == nil)
      #expect(!op.fields.values.contains { $0.text?.contains("roof") == true })
    }
  }

  @Test func `deleting takes it back everywhere, in one undo`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let spaces = [
      try tale.group("Harbour").space, try tale.group("Daily", frequency: "daily").space,
    ]
    try desk.post(draft)
    try CheckInWriting.delete(week: "2026-W47", of: desk.me, desk: desk)
    #expect(try desk.own() == nil)
    #expect(try spaces.allSatisfy { try desk.shown(in: $0).isEmpty })
    #expect(try Trash.rows(desk.store, limit: 9).map(\.text) == ["2026-W47 check-in  score 16"])
    _ = try desk.store.undo()
    #expect(try desk.own()?.note == draft.note)
    #expect(try spaces.allSatisfy { try desk.shown(in: $0).count == 1 })
    #expect(throws: CheckInRefusal.noSuchCheckIn("2026-W40")) {
      try CheckInWriting.delete(week: "2026-W40", of: desk.me, desk: desk)
    }
  }

  @Test func `answers that are none are refused`() throws {
    let desk = try checkInDesk()
    for (change, refusal) in [
      ({ $0.energy = 6 }, CheckInRefusal.badEnergy(6)),
      ({ $0.mood = String(repeating: "x", count: 41) }, .longMood),
      ({ $0.note = String(repeating: "x", count: 10_001) }, .longNote),
    ] as [((inout CheckInDraft) -> Void, CheckInRefusal)] {
      var wrong = draft
      change(&wrong)
      #expect(throws: refusal) { try desk.post(wrong) }
    }
    #expect(try desk.own() == nil)
    #expect(try desk.store.undoLabels().undo == nil)
  }

  @Test func `friends see nothing of a deleted comment, and a sign goes as it came`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, friends) = try tale.group("Harbour", friends: ["fern"])
    try tale.checkIn(of: friends[0], in: space, "2026-W47", [9, 9, 5, 5])
    let target = try #require(try desk.shown(in: space).first).id
    try CheckInWriting.react(.celebrate, to: target, in: space, of: tale.me, desk: desk)
    try CheckInWriting.comment(" Well done! ", on: target, in: space, of: tale.me, desk: desk)
    var echoes = try desk.store.read { try CheckInQueries.echoes($0, in: space) }
    #expect(echoes.reactions[target]?.map(\.sign) == ["celebrate"])
    #expect(echoes.comments[target]?.map(\.text) == [" Well done!"])
    try CheckInWriting.react(.love, to: target, in: space, of: tale.me, desk: desk)
    echoes = try desk.store.read { try CheckInQueries.echoes($0, in: space) }
    #expect(echoes.reactions[target]?.map(\.sign) == ["love"])
    try CheckInWriting.react(.love, to: target, in: space, of: tale.me, desk: desk)
    let comment = try #require(echoes.comments[target]?.first)
    try CheckInWriting.deleteComment(comment.id, desk: desk)
    echoes = try desk.store.read { try CheckInQueries.echoes($0, in: space) }
    #expect(echoes.reactions.isEmpty && echoes.comments.isEmpty)
    for text in ["", " \n ", String(repeating: "é", count: 501)] {
      #expect(throws: CheckInRefusal.badComment) {
        try CheckInWriting.comment(text, on: target, in: space, of: tale.me, desk: desk)
      }
    }
  }

  @Test func `a week can be left out and counted again`() throws {
    let desk = try checkInDesk()
    let week = Week(of: day("2026-11-20"))
    try CheckInWriting.skip(week, reason: "holiday", desk: desk)
    #expect(try desk.store.read { try CheckInQueries.skippedWeeks($0) } == [week.monday: "holiday"])
    try CheckInWriting.skip(week, reason: nil, desk: desk)
    #expect(try desk.store.read { try CheckInQueries.skippedWeeks($0) } == [:])
  }
}
