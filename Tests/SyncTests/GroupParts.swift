import GRDB
import Kernel
import Ledger
import Storage
import TestKit

/// A shared kind of these tests alone: what a member says to a group.
struct Post: Entry {
  static let kind: Kind = "post"
  static let isShared = true
  static let fields = [
    Field(OwnedRow.member, .text), Field(OwnedRow.key, .text), Field("words", .text),
  ]

  let id: EntryID
  let member: String
  let key: String
  var words: String

  init(of member: EntryID, in space: EntryID, key: String, words: String) {
    id = Digest.derivedID(Self.kind, member: member, key: key, in: space)
    self.member = member.description
    self.key = key
    self.words = words
  }

  init(id: EntryID, values: [Value]) {
    self.id = id
    member = values[0].text ?? ""
    key = values[1].text ?? ""
    words = values[2].text ?? ""
  }

  var values: [Value] { [.text(member), .text(key), .text(words)] }
}

extension Schema {
  static let circles = Schema(
    entries: [Leaf.self, Post.self],
    migrations: [.table("leaf.1", for: Leaf.self), .table("post.1", for: Post.self)], searches: [])
}

extension Store {
  /// A device's store with posts, joined to an account.
  static func device(_ seed: UInt64, of person: Person) throws -> Store {
    let store = try Store(path: nil, schema: .circles, world: .still(seed: seed))
    try store.join(
      SyncAccount(
        id: person.account, user: person.user, serverID: LedgerServer.id, url: "https://home"),
      personalSpace: person.space)
    return store
  }

  func post(_ words: String, to spaces: EntryID..., of person: Person, key: String = "1") throws {
    try write("Post") { edit in
      for space in spaces {
        try edit.save(Post(of: person.account, in: space, key: key, words: words), in: space)
      }
    }
  }

  /// What stands in a group's space here.
  func posts(in space: EntryID) throws -> [String] {
    try read { database in
      try String.fetchAll(
        database, sql: "SELECT words FROM post_live WHERE _space = ? ORDER BY words",
        arguments: [space])
    }
  }
}

/// Somebody with an account on the server.
struct Person {
  let account: EntryID
  let space: EntryID
  let user: String

  static let ann = Person(account: LedgerServer.account, space: LedgerServer.space, user: "ann")
  static let ben = Person(
    account: EntryID(high: 0xACC0, low: 2), space: EntryID(high: 0x5BACE, low: 2), user: "ben")
}

extension LedgerServer {
  /// An account beside the first one.
  func add(_ person: Person) throws {
    try database.write { database in
      try ledger.makeSpace(
        person.space, kind: "personal", owner: person.account, epoch: EntryID(high: 0xE, low: 3),
        in: database)
    }
  }

  /// A group with these members, told to each of them.
  func makeGroup(_ number: UInt64, of people: Person...) throws -> EntryID {
    let space = EntryID(high: 0x9009, low: number)
    try database.write { database in
      try ledger.makeSpace(
        space, kind: "group", owner: people[0].account,
        epoch: EntryID(high: 0xE, low: 0x90 + number),
        in: database)
    }
    for person in people { try seat(person, in: space, .member) }
    return space
  }

  /// Takes a person in, or out; says so in their own space unless it is to be known later.
  func seat(
    _ person: Person, in space: EntryID, _ state: GroupMember.State, isTold: Bool = true
  ) throws {
    let now = tick()
    try database.write { database in
      if state == .member {
        try ledger.join(space, person.account, as: "member", in: database)
      } else {
        try ledger.leave(space, person.account, now: now, in: database)
      }
      guard isTold else { return }
      let row = Membership(
        space: space, name: "Circle", role: "member", state: state, since: now)
      var generator = SystemRandomNumberGenerator()
      try ledger.tell(
        [ToldRow(row)], in: person.space, by: LedgerServer.id, now: now,
        newID: { EntryID(high: generator.next(), low: generator.next()) }, database)
    }
  }

  /// The space is gone, as after a server was set back to a time before it.
  func lose(_ space: EntryID) throws {
    try database.write { try ledger.deleteSpace(space, in: $0) }
  }
}
