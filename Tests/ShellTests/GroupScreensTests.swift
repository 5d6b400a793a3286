internal import Features
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// Groups at the keyboard: the list, one group, what is said to others, what the server decides.
struct GroupScreensTests {
  /// A program whose first tab is the list of groups.
  private func begin(
    _ door: TestGroups = TestGroups(), width: Int = 100, height: Int = 30,
    _ write: (GroupRoom) throws -> Void = { _ in }
  ) throws -> Journey {
    var area = Area(name: "checkins", title: "Check-ins")
    area.home = { GroupsScreen(desk: $0) }
    return try Journey(
      size: Size(width: width, height: height), groups: door, areas: [area]
    ) { try write(GroupRoom($0)) }
  }

  /// Four members of whom three are in, with weeks before.
  private func fill(_ room: GroupRoom) throws -> EntryID {
    let space = try room.make()
    for week in 40...46 {
      let late = GroupRoom.day(-7 * (47 - week))
      try room.post(1, in: space, key: "2026-W\(week)", [5 + week % 3, 6, 7, 4], at: late)
      try room.post(2, in: space, key: "2026-W\(week)", [4, 5, week % 5 + 1, 4], at: late)
    }
    let fern = try room.post(
      1, in: space, [8, 7, 6, 3], mood: "calm", note: "The roof is dry, and so are we.")
    try room.post(2, in: space, [4, 5, 6, 6])
    try room.post(3, in: space, nil, score: 14)
    try room.react(2, to: fern, in: space, "celebrate")
    try room.react(3, to: fern, in: space, "celebrate")
    try room.comment(3, on: fern, in: space, "At last!")
    return space
  }

  @Test func `who is alone learns what a group is and how to come to one`() throws {
    let journey = try Journey(groups: TestGroups(), areas: [groupsArea])
    journey.see("You are in no group yet.", "g a signs in", "no group and no account")
    journey.press("c")
    journey.see("groups need a server: g a signs in")
  }

  private var groupsArea: Area {
    var area = Area(name: "checkins", title: "Check-ins")
    area.home = { GroupsScreen(desk: $0) }
    return area
  }

  @Test func `the list says who is in and whose is open`() throws {
    let journey = try begin { room in
      _ = try fill(room)
      let quiet = try room.make("Sunday Runners", members: ["ada", "fern"], role: "member")
      try room.post(0, in: quiet, [5, 5, 5, 5])
    }
    journey.see("Harbour Four", "3 of 4 in, yours is open", "17 new", "Sunday Runners", "1 of 2 in")
    journey.see("HARBOUR FOUR", "▲ celebrate 2  ✎1", "mean 13.7   high 18   low 9")
    journey.see("1 of 2 groups wait for your check-in.")
  }

  @Test func `what was looked at is no news any more`() throws {
    let journey = try begin { room in _ = try fill(room) }
    #expect(journey.cursorLine.contains("17 new"))
    journey.press("<enter>", "<esc>")
    journey.see("GROUPS")
    #expect(journey.cursorLine.contains("Harbour Four  3 of 4 in"))
    journey.seeNot("new")
  }

  @Test func `a group is made with a name and two times Enter`() throws {
    let door = TestGroups()
    let journey = try begin(door)
    journey.press("c")
    journey.see("Name of the new group")
    journey.type("ab\n")
    journey.see("A name has 3 to 100 characters.", "Name of the new group ab")
    journey.press("C-u")
    journey.type("Quay\n")
    journey.see("How often", "Once a week")
    journey.press("<enter>")
    journey.see("Zone in which its days begin UTC", "there it is Fri 20 Nov")
    journey.press("<enter>")
    journey.finishJobs()
    #expect(door.asked == ["make Quay weekly UTC"])
    journey.see("Quay is made.")
  }

  @Test func `what was typed is kept where the server is away`() throws {
    let door = TestGroups()
    door.refuse("the server can not be reached")
    let journey = try begin(door)
    journey.press("c")
    journey.type("Quay\n\n\n")
    journey.finishJobs()
    journey.see("Not made: the server can not be reached.")
    door.refuse(nil)
    journey.press("c")
    journey.see("Name of the new group Quay")
  }

  @Test func `a code is looked at before the server sees it`() throws {
    let door = TestGroups()
    let journey = try begin(door)
    journey.press("J")
    journey.type("h4r!\n")
    journey.see("A code has 6 to 10 letters and digits.")
    journey.type("h4rb-our2")
    journey.see("H4RBOUR2")
    journey.press("<enter>")
    journey.finishJobs()
    #expect(door.asked == ["join h4rb-our2"])
    journey.see("You are in.")
  }

  @Test func `an invitation is explained, followed or declined`() throws {
    let door = TestGroups()
    let journey = try begin(door) { room in
      _ = try room.invite("Sunday Runners", from: "kite")
      _ = try room.invite("Out of time", from: "kite", days: -1)
    }
    journey.see("INVITATIONS", "Sunday Runners", "kite asks you into Sunday Runners", "a accepts")
    journey.seeNot("Out of time")
    journey.press("x", "<enter>")
    #expect(door.asked == [])
    journey.press("x", "x")
    journey.finishJobs()
    journey.press("a")
    journey.finishJobs()
    #expect(door.asked == ["decline", "accept"])
  }

  @Test func `a group shows members, figures, echoes and who listens`() throws {
    let door = TestGroups()
    let journey = try begin(door) { room in
      let space = try fill(room)
      door.set(online: [room.accounts(2)[1]], in: space)
    }
    journey.press("<enter>")
    journey.see("Harbour Four  week 47, open until Sunday", "3 of 4 in")
    journey.see("you", "● fern", "kite", "tilde", "open", "mean 13.7   high 18   low 9")
    journey.see("you share score and answers, not the note")
    #expect(journey.cursorLine.contains("you"))
    journey.press("j")
    journey.see("productive     8", "= 8 + 7 + 6 − 3", "The roof is dry", "kite, tilde", "At last!")
    journey.see("counts against the score", "● online")
    journey.press("G")
    #expect(journey.cursorLine.contains("tilde"))
    journey.seeNot("satisfied  ")
  }

  @Test func `signs and comments are put, changed and taken back`() throws {
    let journey = try begin { room in _ = try fill(room) }
    journey.press("<enter>", "j", "o")
    journey.see("♥ love        you")
    journey.press("s")
    journey.see("◆ support     you")
    journey.seeNot("love")
    journey.press("s")
    journey.seeNot("support")
    journey.press("n")
    journey.type("Well done")
    journey.see("9 of 500 characters")
    journey.press("<enter>")
    journey.see("you  Fri 20 Nov", "Well done")
    journey.press("u")
    journey.seeNot("Well done")
    journey.press("U", "d d")
    journey.see("Delete which comment")
    journey.press("<enter>")
    journey.see("The comment is deleted.")
    journey.seeNot("Well done")
  }

  @Test func `earlier weeks are looked at, and none that is to come`() throws {
    let journey = try begin { room in _ = try fill(room) }
    journey.press("<enter>", "]")
    journey.see("This is the period that is now.")
    journey.press("[")
    journey.see("week 46, over, open for late answers until Sunday", "2 of 4 in")
    journey.press("[")
    journey.see("week 45, closed", "not in")
    journey.press("]", "]")
    journey.see("week 47, open until Sunday")
  }

  @Test func `what the server decides is asked with its consequence`() throws {
    let door = TestGroups()
    let journey = try begin(door) { room in _ = try fill(room) }
    journey.press("<enter>", "j", "j", "X")
    journey.see("Remove kite from Harbour Four?", "The code is renewed")
    journey.press("<enter>")
    #expect(door.asked == [])
    journey.press("X", "r")
    journey.finishJobs()
    journey.see("kite is no longer in the group.")
    journey.press("R", "<down>", "<enter>")
    journey.finishJobs()
    journey.see("kite is moderator now.")
    journey.press("I")
    journey.type("rook\n")
    journey.finishJobs()
    journey.see("If there is a rook on your server, they are asked now.")
    journey.press("S")
    journey.see("Settings of the group", "once a week")
    journey.type("most\n")
    journey.press("C-u")
    journey.type("3\n")
    journey.see("A number from 4 to 50.")
    journey.press("C-u")
    journey.type("12\n")
    journey.finishJobs()
    journey.press("L")
    journey.see("Leave Harbour Four?", "Your own check-ins stay as an archive")
    journey.press("l")
    journey.finishJobs()
    journey.see("You have left Harbour Four.", "GROUPS")
    #expect(
      door.asked == [
        "remove", "role moderator", "invite rook", "change Harbour Four 12 hucares", "leave",
      ])
  }

  @Test func `who is no admin is told why not`() throws {
    let journey = try begin { room in
      _ = try room.make("Sunday Runners", members: ["ada", "fern"], role: "member")
    }
    journey.press("<enter>", "S")
    journey.see("only admins change the group")
    journey.press("I")
    journey.see("only admins and moderators invite")
    journey.press("j", "X")
    journey.see("only admins and moderators remove members")
  }

  @Test func `the code is shown large, copied and renewed`() throws {
    let door = TestGroups()
    let journey = try begin(door) { room in _ = try fill(room) }
    journey.press("<enter>", "K")
    journey.see("Who knows this code can join Harbour Four.", "█", "It runs out")
    journey.press("y")
    #expect(journey.display.copied == ["H4RB0UR2"])
    journey.press("N")
    journey.finishJobs()
    journey.see("NEWC0DE2 is the code now")
  }

  @Test func `what the group sees is chosen, and silence too`() throws {
    let journey = try begin { room in _ = try fill(room) }
    journey.press("<enter>", "v")
    journey.see("What the group sees of you", "The score alone", "(now)")
    journey.type("alone\n")
    journey.see("you share the score alone")
    journey.press("m")
    journey.see("you share the score alone; muted")
    journey.press("u", "u")
    journey.see("you share score and answers, not the note")
  }

  @Test func `the digest has it all as text`() throws {
    let journey = try begin { room in _ = try fill(room) }
    journey.press("<enter>", "D")
    journey.see("Harbour Four, week 47", "Mean 13.7, high 18, low 9", "fern: 18", "ada: still open")
    journey.press("y")
    #expect(journey.display.copied.first?.contains("celebrate 2") == true)
  }

  @Test func `an archive shows one's own, and offers nothing`() throws {
    let journey = try begin { room in
      let space = try fill(room)
      try room.post(0, in: space, key: "2026-W46", [7, 7, 7, 3], at: GroupRoom.day(-7))
      try room.leave(space)
    }
    journey.see("ARCHIVES", "Harbour Four", "your own check-ins of it")
    journey.press("<enter>", "[")
    journey.see("an archive of your own check-ins", "18")
    journey.press("n")
    journey.see("you are no longer in this group")
  }

  @Test(arguments: [(40, 12), (60, 15), (80, 24), (100, 30), (160, 40)])
  func `hostile names and rows draw no harm at any size`(width: Int, height: Int) throws {
    let door = TestGroups()
    let hostile = [
      "ada", "\u{1B}]0;x\u{7}\u{1B}[31mred", "\u{202E}gnisrever",
      String(repeating: "宽", count: 100),
      "👩‍👩‍👧‍👦👍🏽🇷🇴", "a\nb\tc", "", String(repeating: "e\u{301}", count: 80),
    ]
    let journey = try begin(door, width: width, height: height) { room in
      let space = try room.make(
        "\u{1B}[2J" + String(repeating: "界", count: 100), members: hostile,
        about: String(repeating: "\u{1B}[H long ", count: 60))
      let target = try room.post(
        1, in: space, [10, 10, 10, 1], mood: String(repeating: "🤯", count: 50),
        note: String(repeating: "\u{1B}[5mnote\n\u{202E}", count: 100))
      try room.post(2, in: space, nil, score: 1 << 52)
      try room.post(3, in: space, nil, score: -(1 << 52), at: Moment(milliseconds: 1 << 52))
      try room.post(4, in: space, [99, 1, 1, 1], at: Moment(milliseconds: -(1 << 52)))
      try room.react(2, to: target, in: space, "\u{1B}[31mboo\u{202E}")
      try room.react(3, to: target, in: space, "like")
      try room.comment(4, on: target, in: space, "\u{1B}]52;c;AAAA\u{7}" + "x\n")
      _ = try room.invite("\u{1B}c\u{202E}evil", from: "\u{9B}31m")
    }
    func look() {
      for line in journey.lines {
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        #expect(Width.of(SafeText(line)) <= width)
      }
    }
    look()
    journey.press("j", "<enter>")
    look()
    for _ in hostile.indices {
      journey.press("<enter>")
      look()
      journey.press("<space>", "<esc>")
      if !journey.lines.joined().contains("week 47") { journey.press("G", "<enter>") }
      journey.press("j")
      look()
    }
    journey.press("D")
    look()
  }
}
