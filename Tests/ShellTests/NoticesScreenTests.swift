internal import Features
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// News on the screen: the list, the status line, what is said when something comes.
struct NoticesScreenTests {
  /// A person in a group, and what the server tells of it.
  private final class Group {
    let tale: GroupTale
    let space: EntryID
    let friends: [EntryID]
    init(_ store: Store, friends: [String]) throws {
      tale = try GroupTale(store)
      space = try tale.group("Harbour Four").space
      self.friends = try tale.old(friends, in: space)
    }
    func checkIn(_ index: Int) throws {
      try tale.checkIn(of: friends[index], in: space, "2026-W47", [8, 8, 8, 5])
    }
  }

  private func begin(
    _ count: Int = 0, width: Int = 100, height: Int = 30, config: String = ""
  ) throws -> (journey: Journey, group: Group) {
    let journey = try Journey(
      size: Size(width: width, height: height), config: config
    ) { store in
      let group = try Group(store, friends: ["fern", "kite", "tilde"])
      for index in 0..<count { try group.checkIn(index) }
    }
    let group = try Group(journey.store, friends: ["pine", "moss", "reed"])
    journey.send([])
    return (journey, group)
  }

  @Test func `the status line counts what is new, and the list tells it`() throws {
    let (journey, _) = try begin(2)
    journey.see("2 new")
    journey.press("g n")
    journey.see("kite checked in for week 47, Harbour Four", "2 notices", "2 new.")
    journey.press("r")
    journey.see("1 new.")
    journey.press("R")
    journey.see("Nothing new.", "1 notice read. u undoes")
    journey.seeNot("1 new")
    journey.press("u")
    journey.see("1 new.")
  }

  @Test func `a deleted notice is gone until undo`() throws {
    let (journey, _) = try begin(1)
    journey.press("g n", "d")
    journey.see("You are up to date.", "Off the list")
    journey.press("u")
    journey.see("fern checked in for week 47")
  }

  @Test func `putting off asks for how long`() throws {
    let (journey, _) = try begin(1)
    journey.press("g n", "z")
    journey.see("Put off", "An hour", "Until tomorrow")
    journey.press("<enter>")
    journey.see("It comes back at 13:0", "You are up to date.")
    journey.seeNot("1 new")
  }

  @Test func `what comes while the program runs is said once`() throws {
    let (journey, group) = try begin()
    journey.seeNot("1 new")
    try group.checkIn(0)
    journey.send([.changed([])])
    journey.see("pine checked in for week 47, Harbour Four", "1 new")
    journey.pass(10_000)
    journey.seeNot("g n shows it")
    try group.checkIn(1)
    try group.checkIn(2)
    journey.send([.changed([])])
    journey.see("2 new: ", "and more", "3 new")
    #expect(journey.display.bells == 0 && journey.display.notifications.isEmpty)
  }

  @Test func `bell and desktop are asked for by the settings`() throws {
    let (journey, group) = try begin(config: "notify_bell = true\nnotify_desktop = true\n")
    try group.checkIn(0)
    journey.send([.changed([])])
    #expect(journey.display.bells == 1)
    #expect(journey.display.notifications == ["pine checked in for week 47, Harbour Four"])
  }

  @Test func `in quiet hours nothing rings`() throws {
    let (journey, group) = try begin(
      config: "notify_bell = true\nquiet_from = 9\nquiet_until = 15\n")
    try group.checkIn(0)
    journey.send([.changed([])])
    journey.see("pine checked in")
    #expect(journey.display.bells == 0)
  }

  @Test func `what the person reads elsewhere and takes back is not said again`() throws {
    let (journey, _) = try begin(1)
    journey.press("g n", "r", "<esc>")
    journey.pass(10_000)
    journey.press("u")
    journey.see("1 new")
    journey.seeNot("fern checked in for week 47, Harbour Four  g n")
  }

  @Test func `nothing waits for the clock where check-ins are not in use`() throws {
    let journey = try Journey()
    journey.pass(60_000)
    #expect(journey.loop.shell.news.due == nil)
  }

  @Test(arguments: [(100, 30), (80, 24), (40, 12), (20, 6), (1, 1)])
  func `any size shows what it can`(width: Int, height: Int) throws {
    let (journey, _) = try begin(3, width: width, height: height)
    journey.press("g n")
    let surface = try #require(journey.display.frames.last?.surface)
    #expect(FramePropertyTests.damage(surface) == nil)
    if width >= 40 { journey.see("tilde checked in") }
  }

  @Test func `an invitation is answered with a question, and needs a server`() throws {
    let (journey, group) = try begin()
    try group.tale.tell(
      [
        Invitation(
          id: journey.world.newID(), space: journey.world.newID(), name: "Runners", from: "kite",
          at: journey.world.now(), expires: nil)
      ], in: group.tale.personal)
    journey.send([.changed([])])
    journey.press("g n", "<enter>")
    journey.see("kite invites you to Runners", "accept", "decline", "later")
    journey.press("a")
    journey.see("Sign in first")
  }

  @Test func `Enter opens the group that a notice is about`() throws {
    let (journey, _) = try begin(1)
    journey.press("g n", "<enter>")
    journey.see("Harbour Four", "fern")
  }
}
