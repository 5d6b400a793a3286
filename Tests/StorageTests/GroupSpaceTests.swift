internal import GRDB
internal import Kernel
internal import SQL
internal import TestKit
internal import Testing

@testable internal import Storage

/// Groups' spaces on a device: entering, writing, leaving, coming back.
@Suite struct GroupSpaceTests {
  let town: Town
  let ada: Resident
  let bob: Resident
  let friends: EntryID

  init() throws {
    town = try Town()
    let (a, b) = (try town.settle("ada"), try town.settle("bob"))
    ada = try Resident(town, a, seed: 1)
    bob = try Resident(town, b, seed: 2)
    friends = try town.group("Friends", a, b)
  }

  private func syncAll() throws {
    for _ in 0..<2 {
      try ada.sync()
      try bob.sync()
    }
  }

  @Test func `a membership opens the group's space, and its rows are read`() throws {
    #expect(try ada.store.groupSpaces().isEmpty)
    try ada.sync()
    #expect(try ada.store.groupSpaces().map(\.space) == [friends])
    #expect(try ada.store.syncSpaces() == [ada.personal, friends])
    #expect(try ada.number("SELECT count(*) FROM group_member_live") == 2)
    #expect(try ada.number("SELECT count(*) FROM group_info_live WHERE id = _space") == 1)
    try ada.agrees(on: friends)
    try ada.agrees(on: ada.personal)
  }

  @Test func `one write into several spaces is in each, one undo, and every digest is right`()
    throws
  {
    let team = try town.group("Team", ada.account, bob.account)
    try syncAll()
    try ada.post("w1", "well", to: friends, team)
    try ada.check()
    #expect(try ada.store.waitingOperations() == 3)
    try syncAll()
    #expect(try bob.texts(friends) == ["well"])
    #expect(try bob.texts(team) == ["well"])
    #expect(try bob.texts(nil) == [])
    for space in [friends, team] {
      try ada.agrees(on: space)
      try bob.agrees(on: space)
    }
    #expect(try ada.store.undo()?.leftAlone == [])
    try ada.check()
    #expect(try ada.texts(friends) == [] && ada.texts(team) == [] && ada.texts(nil) == [])
    #expect(try ada.store.redo()?.leftAlone == [])
    try ada.check()
    try syncAll()
    #expect(try bob.texts(friends) == ["well"])
    #expect(try bob.texts(team) == ["well"])
    try ada.agrees(on: team)
  }

  @Test func `a write into a group that is not known here is refused whole`() throws {
    let (space, me) = (town.source.newID(), ada.me)
    #expect(throws: StoreError.left) { try ada.post("w1", "x", to: space) }
    #expect(try ada.texts(nil) == [])
    #expect(try ada.store.waitingOperations() == 0)
    try syncAll()
    #expect(throws: StoreError.self) {
      try ada.store.write("Post") { edit in
        let post = Post(of: me, in: friends, key: "w1", text: "x")
        try edit.save(post, in: friends)
        try edit.save(post, in: ada.personal)
      }
    }
    #expect(try ada.texts(friends) == [])
  }

  @Test func `who leaves keeps their own and loses the rest`() throws {
    try syncAll()
    try ada.post("w1", "mine", to: friends)
    try bob.post("w1", "theirs", to: friends)
    try syncAll()
    try syncAll()
    try ada.post("w2", "waits", to: friends)
    let heard = Heard()
    ada.store.onChange { heard.add($0) }
    try town.remove(ada.account, from: friends, as: .left)
    try ada.sync()
    #expect(try ada.store.groupSpaces().map(\.isLeft) == [true])
    #expect(try ada.store.syncSpaces() == [ada.personal])
    #expect(try ada.texts(friends) == ["mine", "waits"])
    #expect(heard.all.reduce(into: Set()) { $0.formUnion($1) }.contains(Post.kind))
    #expect(try ada.number("SELECT count(*) FROM group_member") == 1)
    #expect(
      try ada.store.texts("SELECT name FROM group_info") == ["Friends"])
    try ada.check()
    // Nothing of the others is left in any form.
    let own = "coll = 'post' AND id IN (SELECT id FROM post WHERE _space IS NOT NULL)"
    let rest = "WHERE space = x'\(friends)' AND coll NOT LIKE 'group%' AND NOT (\(own))"
    for table in ["sync_clock", "sync_version", "sync_unknown"] {
      #expect(try ada.number("SELECT count(*) FROM \(table) \(rest)") == 0)
    }
    #expect(try ada.store.search(SearchQuery(terms: [.word("theirs", isPrefix: false)])).isEmpty)
    #expect(
      try ada.store.search(SearchQuery(terms: [.word("mine", isPrefix: false)])).count == 2)
    #expect(try ada.store.health(backups: nil).complaints == [])
    // What waited is kept, explained, and never sent.
    let kept = try ada.store.quarantine()
    #expect(kept.map(\.reason) == ["left"])
    #expect(try ada.begin(friends).ops.isEmpty)
    #expect(throws: StoreError.left) { try ada.store.retry(quarantined: kept[0].op.id) }
    #expect(try ada.store.quarantine() == kept)
    try ada.store.drop(quarantined: kept[0].op.id)
    #expect(try ada.store.quarantine().isEmpty)
    #expect(try ada.texts(friends) == ["mine", "waits"])
    #expect(throws: StoreError.left) { try ada.post("w3", "x", to: friends) }
  }

  @Test func `what was written into a group that was left since cannot be undone there`() throws {
    try syncAll()
    try ada.post("w1", "mine", to: friends)
    try syncAll()
    try town.remove(ada.account, from: friends)
    try ada.sync()
    #expect(try ada.store.undo() == Undone(label: "Post", leftAlone: ["post.group"]))
    #expect(try ada.texts(nil) == [])
    #expect(try ada.texts(friends) == ["mine"])
    try ada.check()
    try ada.sync()
    #expect(try ada.store.quarantine().isEmpty)
  }

  @Test(arguments: [false, true])
  func `who comes back has everything again, and what waited goes out`(bySnapshot: Bool) throws {
    try syncAll()
    try ada.post("w1", "mine", to: friends)
    try bob.post("w1", "theirs", to: friends)
    try syncAll()
    try ada.post("w2", "waits", to: friends)
    try ada.post("w3", "given up", to: friends)
    try town.remove(ada.account, from: friends)
    try ada.sync()
    let kept = try ada.store.quarantine()
    try #require(kept.count == 2)
    try ada.store.drop(quarantined: kept[1].op.id)
    try bob.post("w2", "meanwhile", to: friends)
    try bob.sync()
    try town.admit(ada.account, to: friends)
    if bySnapshot { ada.store.memory.longHistory = 0 }
    if bySnapshot {
      // Smaller pages than the history is long.
      try ada.exchange(ada.personal)
      let request = try ada.store.beginExchange(friends, app: "lifeos/0", want: 1)
      let reply = try town.answer(request, of: ada.account).get()
      _ = try ada.store.accept(reply, to: request, roundTrip: 60_000)
      #expect(try ada.store.snapshotStart(friends) != nil)
    }
    try syncAll()
    #expect(try ada.store.quarantine().isEmpty)
    #expect(try ada.store.groupSpaces().map(\.isLeft) == [false])
    #expect(try Set(bob.texts(friends)) == ["mine", "theirs", "waits", "meanwhile"])
    #expect(
      try Set(ada.texts(friends)) == ["mine", "theirs", "waits", "meanwhile", "given up"])
    try bob.agrees(on: friends)
    try ada.check()
    #expect(try ada.number("SELECT count(*) FROM sync_repair") == 0)
    #expect(try ada.number("SELECT count(*) FROM sync_space WHERE mismatches > 0") == 0)
  }

  @Test func `who was removed and is back before the device hears of it has lost nothing`() throws {
    try syncAll()
    try ada.post("w1", "mine", to: friends)
    try syncAll()
    try ada.post("w2", "waits", to: friends)
    try town.remove(ada.account, from: friends)
    try town.admit(ada.account, to: friends)
    try syncAll()
    #expect(try bob.texts(friends) == ["mine", "waits"])
    #expect(try ada.store.quarantine().isEmpty)
    try ada.agrees(on: friends)
  }

  @Test func `late replies do not wake a group that was left`() throws {
    try syncAll()
    try ada.post("w1", "mine", to: friends)
    let early = try ada.begin(friends)
    let reply = try town.answer(early, of: ada.account)
    try bob.sync()
    try bob.post("w1", "theirs", to: friends)
    try bob.sync()
    let next = try ada.begin(friends)
    let answer = try town.answer(next, of: ada.account).get()
    try town.remove(ada.account, from: friends)
    try ada.exchange(ada.personal)
    #expect(try ada.store.quarantine().count == 1)
    _ = try ada.store.accept(answer, to: next, roundTrip: 60_000)
    _ = try ada.store.accept(try reply.get(), to: early, roundTrip: 60_000)
    _ = try ada.store.accept(.diverged(epoch: town.source.newID()), to: next)
    #expect(try ada.store.groupSpaces().map(\.isLeft) == [true])
    #expect(try ada.texts(friends) == ["mine"])
    // The server had taken it.
    #expect(try ada.store.quarantine().isEmpty)
    #expect(try ada.number("SELECT count(*) FROM sync_repair") == 0)
    try ada.check()
  }

  @Test func `roles follow, and a large archive asks nobody`() throws {
    try syncAll()
    for index in 0..<60 { try bob.post("w\(index)", "theirs \(index)", to: friends) }
    try syncAll()
    #expect(try ada.texts(friends).count == 60)
    #expect(try ada.store.texts("SELECT role FROM sync_space WHERE kind = 'group'") == ["admin"])
    try town.admit(ada.account, to: friends, as: "moderator")
    try ada.sync()
    #expect(
      try ada.store.texts("SELECT role FROM sync_space WHERE kind = 'group'") == ["moderator"])
    try town.remove(ada.account, from: friends)
    try ada.sync()
    #expect(try ada.texts(friends) == [])
    // What others take back in a group is theirs: no pull waits for a word about it.
    try bob.store.write("Clear") { edit in
      for post in try bob.posts(inside: edit.database) { try edit.delete(Post.kind, id: post) }
    }
    try town.admit(ada.account, to: friends)
    try syncAll()
    #expect(try ada.texts(friends) == [])
    try ada.agrees(on: friends)
  }

  @Test func `rows of several memberships come in any order`() throws {
    let team = try town.group("Team", bob.account, ada.account)
    try town.remove(ada.account, from: team)
    let third = try town.group("Third", ada.account)
    try town.remove(ada.account, from: friends, as: .deleted)
    try ada.sync()
    // Never entered, never kept.
    #expect(try ada.store.groupSpaces().map(\.space) == [third])
    try town.admit(ada.account, to: team)
    try ada.sync()
    #expect(
      try Set(ada.store.groupSpaces().filter { !$0.isLeft }.map(\.space)) == [team, third])
  }

  @Test func `an account that is gone leaves archives, and nothing that its server kept`() throws {
    try syncAll()
    try ada.post("w1", "mine", to: friends)
    try bob.post("w1", "theirs", to: friends)
    try syncAll()
    try ada.sync()
    try ada.post("w2", "waits", to: friends)
    try ada.store.leave()
    #expect(try ada.number("SELECT count(*) FROM membership") == 0)
    #expect(try ada.texts(friends) == ["mine", "waits"])
    #expect(try ada.store.quarantine().map(\.reason) == ["left"])
    try ada.check()
    let next = try Town()
    let again = try next.settle("ada")
    try ada.store.join(again, personalSpace: try #require(next.personal[again.id]))
    let moved = try Resident(next, again, seed: 9, moved: ada.store)
    try moved.sync()
    #expect(try moved.texts(nil) == ["mine", "waits"])
    #expect(try moved.texts(friends) == ["mine", "waits"])
    let log = try next.log(moved.personal)
    #expect(Set(log.map(\.op.kind)) == [Post.kind])
    try moved.agrees(on: moved.personal)
    // A file with archives goes on in new groups.
    let circle = try next.group("Circle", again)
    try moved.sync()
    try moved.post("w3", "new", to: circle)
    try moved.sync()
    try moved.agrees(on: circle)
  }
}

extension Resident {
  /// The same store, signed in elsewhere.
  convenience init(_ town: Town, _ account: Storage.SyncAccount, seed: UInt64, moved store: Store)
    throws
  {
    try self.init(town, account, seed: seed)
    self.store = store
  }

  /// All posts of groups, inside of a write.
  func posts(inside database: Database) throws -> [EntryID] {
    try EntryID.fetchAll(database, sql: "SELECT id FROM post_live WHERE _space IS NOT NULL")
  }
}
