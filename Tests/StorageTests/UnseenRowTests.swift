internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL
internal import TestKit
internal import Testing

@testable internal import Storage

/// What a member's program of another make, or an older or a newer one, may bring into a group.
@Suite struct UnseenRowTests {
  let town: Town
  let ada: Resident
  let friends: EntryID
  let other: EntryID

  init() throws {
    town = try Town()
    let account = try town.settle("ada")
    other = town.source.newID()
    friends = try town.group("Friends", account)
    ada = try Resident(town, account, seed: 1)
    try ada.sync()
  }

  /// Operations as the group's log has them, whoever let them in. The digest is not looked at.
  private func hear(_ lines: [(Kind, EntryID, [String: Value])], in space: EntryID? = nil) throws {
    let space = space ?? friends
    let request = try ada.begin(space)
    var page: [LoggedOp] = []
    for (index, line) in lines.enumerated() {
      town.hours.pass()
      let op = Op(
        id: town.source.newID(), stamp: Stamp(milliseconds: town.hours.now, counter: 7),
        kind: line.0, row: line.1, fields: line.2, group: town.source.newID())
      page.append(
        LoggedOp(seq: request.cursor.seq + Int64(index) + 1, op: op, device: other))
    }
    let head = LogPoint(seq: request.cursor.seq + Int64(lines.count), chain: 1)
    let reply = ExchangeReply(
      epoch: try #require(request.epoch), page: page, next: head, head: head, digest: 0,
      registers: 0, more: true, now: Moment(milliseconds: town.hours.now),
      greatest: Stamp(bits: 0))
    _ = try ada.store.accept(reply, to: request, roundTrip: 60_000)
    try ada.check()
  }

  /// What is given back of a space, when its server asks for all.
  private func repairs(of space: EntryID) throws -> [Register] {
    let request = try ada.begin(space)
    _ = try ada.store.accept(.diverged(epoch: town.source.newID()), to: request)
    return try ada.begin(space).repairs
  }

  @Test func `a kind that is not shared changes nothing, and is given back as it came`() throws {
    let id = try ada.store.add("Diary", body: "private")
    let before = try ada.store.pages()
    try hear([
      (Page.kind, id, ["body": .text("overwritten"), "_del": .flag(true), "mood": .number(3)]),
      (Page.kind, other, ["title": .text("planted")]),
      (Membership.kind, other, ["space": .text(other.description), "state": .text("member")]),
    ])
    #expect(try ada.store.pages() == before)
    #expect(try ada.store.groupSpaces().count == 1)
    #expect(
      try ada.number("SELECT count(*) FROM sync_unknown WHERE space = x'\(friends)'") == 6)
    let back = try repairs(of: friends).filter { $0.row == id }
    #expect(Set(back.map(\.value)) == [.text("overwritten"), .flag(true), .number(3)])
    // The page itself goes on.
    try ada.store.edit(id) { $0.title = "Still mine" }
    #expect(try ada.store.page(id)?.body == "private")
    try ada.check()
  }

  @Test func `a row with an id of another space stays where it is`() throws {
    try ada.post("w1", "secret")
    let own = Post(own: "w1")
    try hear([
      (
        Post.kind, own.id,
        [
          "member": .text(ada.me.description), "key": .text("w1"), "text": .text("theirs"),
          "_del": .flag(true),
        ]
      )
    ])
    #expect(try ada.texts(nil) == ["secret"])
    #expect(try ada.texts(friends) == [])
    let back = try repairs(of: friends).filter { $0.row == own.id }
    #expect(back.contains { $0.field == "text" && $0.value == .text("theirs") })
    #expect(back.count == 4)
    // The other way round: a group's row that a person's own device names in the personal space.
    let shown = Post(of: ada.me, in: friends, key: "w2")
    try ada.post("w2", "shown", to: friends)
    try hear([(Post.kind, shown.id, ["text": .text("personal")])], in: ada.personal)
    #expect(try ada.texts(friends) == ["shown"])
  }

  @Test func `a row that is put where one's own is going to be does not catch it`() throws {
    let own = Post(own: "w5")
    try hear([
      (
        Post.kind, own.id,
        ["member": .text(ada.me.description), "key": .text("w5"), "text": .text("trap")]
      )
    ])
    #expect(try ada.texts(friends) == [])
    try ada.post("w5", "secret")
    #expect(try ada.texts(nil) == ["secret"])
    #expect(
      try ada.number("SELECT count(*) FROM sync_outbox WHERE space = x'\(friends)'") == 0)
    try ada.check()
  }

  @Test func `a row in pieces is shown once it has proven whose it is, and no longer than that`()
    throws
  {
    let post = Post(of: other, in: friends, key: "w1")
    let name = Value.text(other.description)
    try hear([(Post.kind, post.id, ["text": .text("late"), "count": .number(2)])])
    #expect(try ada.texts(friends) == [])
    try hear([(Post.kind, post.id, ["key": .text("w1")])])
    #expect(try ada.texts(friends) == [])
    let heard = Heard()
    ada.store.onChange { heard.add($0) }
    try hear([(Post.kind, post.id, ["member": name])])
    #expect(try ada.texts(friends) == ["late"])
    #expect(heard.all.last == [Post.kind])
    #expect(try ada.number("SELECT count(*) FROM sync_unknown") == 0)
    #expect(try ada.store.search(SearchQuery(terms: [.word("late", isPrefix: false)])).count == 1)
    // Somebody takes another's name.
    try hear([(Post.kind, post.id, ["member": .text(ada.me.description)])])
    #expect(try ada.texts(friends) == [])
    #expect(try ada.store.search(SearchQuery(terms: [.word("late", isPrefix: false)])).isEmpty)
    let back = try repairs(of: friends).filter { $0.row == post.id }
    #expect(Set(back.map(\.field)) == ["member", "key", "text", "count"])
    #expect(back.contains { $0.value == .text("late") } && back.contains { $0.value == name })
    try hear([(Post.kind, post.id, ["member": name])])
    #expect(try ada.texts(friends) == ["late"])
  }

  @Test func `a dead row in pieces stays dead`() throws {
    let post = Post(of: other, in: friends, key: "w1")
    try hear([
      (Post.kind, post.id, ["text": .text("gone")]), (Post.kind, post.id, ["key": .text("w1")]),
      (Post.kind, post.id, ["member": .text(other.description)]),
      (Post.kind, post.id, ["_del": .flag(true)]),
    ])
    #expect(try ada.number("SELECT count(*) FROM post WHERE _dead") == 1)
    let second = Post(of: other, in: friends, key: "w2")
    try hear([
      (Post.kind, second.id, ["key": .text("w2")]),
      (Post.kind, second.id, ["_del": .flag(true)]),
      (Post.kind, second.id, ["member": .text(other.description)]),
    ])
    // Written after the deletion: alive.
    #expect(try ada.number("SELECT count(*) FROM post WHERE NOT _dead") == 1)
  }

  @Test func `one's own row that others have begun is written all the same, and is one's own`()
    throws
  {
    let mine = Post(of: ada.me, in: friends, key: "w1", text: "mine")
    try hear([
      (Post.kind, mine.id, ["text": .text("not mine"), "count": .number(6), "_del": .flag(true)])
    ])
    try ada.post("w1", "mine", to: friends)
    #expect(try ada.posts(friends) == [mine])
    #expect(try ada.number("SELECT count(*) FROM sync_unknown") == 0)
    try ada.check()
    let versions = try ada.store.versions(of: Post.kind, id: mine.id, field: "text")
    #expect(versions.map(\.value) == [.text("mine"), .text("not mine")])
    #expect(try ada.store.undo()?.leftAlone == [])
    #expect(try ada.texts(friends) == [])
    try ada.check()
  }

  @Test func `hostile names are nobody's`() throws {
    let me = ada.me.description
    for (index, name) in [me.uppercased(), me + "-", "", "x"].enumerated() {
      let key = "k\(index)"
      let post = Post(of: ada.me, in: friends, key: key)
      try hear([(Post.kind, post.id, ["member": .text(name), "key": .text(key)])])
    }
    try hear([
      (GroupInfo.kind, other, ["name": .text("Another group")]),
      (GroupMember.kind, other, ["member": .text(me), "role": .text("admin")]),
      (Post.kind, Post(of: other, in: friends, key: "1").id, ["member": .number(1)]),
    ])
    #expect(try ada.posts(friends).isEmpty)
    #expect(try ada.number("SELECT count(*) FROM group_info") == 1)
    #expect(try ada.number("SELECT count(*) FROM group_member") == 1)
  }

  @Test func `what a newer program shares is kept, taken over later, and survives leaving`() throws
  {
    let folder = TemporaryFolder()
    let path = folder.file("life.sqlite")
    let old = try Resident(town, ada.account, seed: 5, schema: .pages, path: path)
    try old.sync()
    try ada.store.write("Post") { edit in
      var post = Post(of: ada.me, in: friends, key: "w1", text: "mine")
      post.count = 4
      try edit.save(post, in: friends)
    }
    try ada.sync()
    try old.sync()
    try old.agrees(on: friends)
    #expect(try old.number("SELECT count(*) FROM sync_unknown") == 4)
    try town.tell([GroupInfo(id: friends, name: "Later")], in: friends)
    try old.sync()
    try town.remove(ada.account, from: friends)
    try old.sync()
    #expect(try old.store.groupSpaces().map(\.isLeft) == [true])
    #expect(try old.number("SELECT count(*) FROM sync_unknown") == 4)
    try old.check()
    try old.store.close()
    let new = try Resident(town, ada.account, seed: 6, path: path)
    #expect(try new.texts(friends) == ["mine"])
    #expect(try new.posts(friends).map(\.count) == [4])
    #expect(try new.number("SELECT count(*) FROM sync_unknown") == 0)
    #expect(
      try new.store.search(SearchQuery(terms: [.word("mine", isPrefix: false)])).count == 1)
    try town.admit(ada.account, to: friends)
    try new.sync()
    try new.agrees(on: friends)
    #expect(try new.posts(friends).map(\.count) == [4])
  }

  @Test func `of kinds that this program does not know nothing of others stays behind`() throws {
    let bob = try town.settle("bob")
    try town.admit(bob, to: friends)
    let theirs = try Resident(town, bob, seed: 3)
    try theirs.sync()
    try theirs.post("w1", "theirs", to: friends)
    try theirs.sync()
    let old = try Resident(town, ada.account, seed: 5, schema: .pages)
    try old.sync()
    #expect(try old.number("SELECT count(*) FROM sync_unknown") == 3)
    try town.remove(ada.account, from: friends)
    try old.sync()
    #expect(try old.number("SELECT count(*) FROM sync_unknown") == 0)
    #expect(try old.number("SELECT count(*) FROM sync_clock WHERE coll = 'post'") == 0)
    try old.check()
    try town.admit(ada.account, to: friends)
    try old.sync()
    try old.agrees(on: friends)
    #expect(try old.number("SELECT count(*) FROM sync_unknown") == 3)
  }
}
