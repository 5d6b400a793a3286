internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL
internal import TestKit
internal import Testing

@testable internal import Storage

/// Something that a person shows: in their own space, or in a group's.
struct Post: Entry {
  static let kind: Kind = "post"
  static let isShared = true
  static let fields = [
    Field(OwnedRow.member, .text), Field(OwnedRow.key, .text), Field("text", .text, isLong: true),
    Field("count", .number), Field("target", .text),
  ]

  let id: EntryID
  let member: EntryID?
  let key: String
  var text: String?
  var count: Int64?

  init(own key: String, text: String? = nil) {
    id = Digest.derivedID(Self.kind, [key])
    member = nil
    self.key = key
    self.text = text
  }

  init(of member: EntryID, in space: EntryID, key: String, text: String? = nil) {
    id = Digest.derivedID(Self.kind, member: member, key: key, in: space)
    self.member = member
    self.key = key
    self.text = text
  }

  init(id: EntryID, values: [Value]) {
    self.id = id
    member = values[0].text.flatMap { EntryID($0) }
    key = values[1].text ?? ""
    text = values[2].text
    count = values[3].number
  }

  var values: [Value] {
    [
      member.map { .text($0.description) } ?? .null, .text(key), text.map { .text($0) } ?? .null,
      count.map { .number($0) } ?? .null, .null,
    ]
  }
}

extension Schema {
  /// Pages, labels and posts, which can be searched.
  static let posts: Schema = {
    var schema = Schema.pages
    schema.entries.append(Post.self)
    schema.migrations.append(.table("post.1", for: Post.self))
    schema.searches.append(
      SearchSource(kind: Post.kind) { database, id in
        try database.first("SELECT text FROM post_live WHERE id = ?", [.id(id)]) {
          SearchDocument(
            day: Day(number: 20_000), title: "", body: $0.text(0), tags: [], facets: [])
        }
      })
    return schema
  }()
}

/// The real ledger with several accounts and groups of them.
final class Town {
  let hours = Hours()
  let ledger = Ledger()
  var queue: DatabaseQueue
  let source = World.still(seed: 4242)
  let serverID: EntryID
  private(set) var accounts: [SyncAccount] = []
  private(set) var personal: [EntryID: EntryID] = [:]

  init() throws {
    serverID = source.newID()
    queue = try DatabaseQueue()
    try queue.write { database in
      for migration in Ledger.migrations { try database.execute(sql: migration.sql) }
    }
  }

  func settle(_ user: String) throws -> SyncAccount {
    let account = SyncAccount(
      id: source.newID(), user: user, serverID: serverID, url: "http://localhost")
    let space = source.newID()
    try queue.write {
      try ledger.makeSpace(
        space, kind: "personal", owner: account.id, epoch: source.newID(), in: $0)
    }
    accounts.append(account)
    personal[account.id] = space
    return account
  }

  /// A group of these accounts, the first one its admin.
  func group(_ name: String, _ members: SyncAccount...) throws -> EntryID {
    let space = source.newID()
    try queue.write {
      try $0.run(
        "INSERT INTO space (id, kind, epoch) VALUES (?, 'group', ?)",
        [.id(space), .id(source.newID())])
    }
    try tell([GroupInfo(id: space, name: name)], in: space)
    for (index, member) in members.enumerated() {
      try admit(member, to: space, as: index == 0 ? "admin" : "member")
    }
    return space
  }

  func admit(_ account: SyncAccount, to space: EntryID, as role: String = "member") throws {
    try queue.write { try ledger.join(space, account.id, as: role, in: $0) }
    try tell(account, space, role, .member)
  }

  func remove(_ account: SyncAccount, from space: EntryID, as state: GroupMember.State = .removed)
    throws
  {
    try queue.write {
      try ledger.leave(
        space, account.id, now: Moment(milliseconds: hours.now), in: $0)
    }
    try tell(account, space, "member", state)
  }

  private func tell(
    _ account: SyncAccount, _ space: EntryID, _ role: String, _ state: GroupMember.State
  ) throws {
    hours.pass()
    let now = Moment(milliseconds: hours.now)
    let own = try #require(personal[account.id])
    try tell(
      [
        GroupMember(
          account: account.id, in: space, user: account.user, role: role, state: state, joined: now)
      ], in: space)
    try tell(
      [Membership(space: space, name: "Friends", role: role, state: state, since: now)], in: own)
  }

  /// Operations of the server's own.
  func tell(_ entries: [any Entry], in space: EntryID) throws {
    try queue.write { database in
      _ = try ledger.tell(
        entries.map { ToldRow($0) }, in: space, by: serverID,
        now: Moment(milliseconds: hours.now), newID: source.newID, database)
    }
  }

  func answer(_ request: ExchangeRequest, of account: SyncAccount) throws
    -> Result<ExchangeReply, ExchangeFault>
  {
    hours.pass()
    return try queue.inDatabase { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      do {
        let reply = try ledger.exchange(
          request, account: account.id, now: Moment(milliseconds: hours.now),
          newEpoch: source.newID(), in: database)
        try database.execute(sql: "COMMIT")
        return .success(reply)
      } catch let fault as ExchangeFault {
        try database.execute(sql: "COMMIT")
        return .failure(fault)
      } catch {
        try database.execute(sql: "ROLLBACK")
        throw error
      }
    }
  }

  func page(_ space: EntryID, after key: SnapshotKey?, of account: SyncAccount) throws
    -> SnapshotPage
  {
    try queue.read {
      try ledger.snapshot(
        space, after: key, account: account.id, limit: 20, now: Moment(milliseconds: hours.now),
        in: $0)
    }
  }

  func state(_ space: EntryID) throws -> SpaceState {
    try #require(try queue.read { try ledger.state(of: space, in: $0) })
  }

  func log(_ space: EntryID) throws -> [LoggedOp] {
    var log: [LoggedOp] = []
    try queue.read { try ledger.log(of: space, in: $0) { log.append($0) } }
    return log
  }
}

/// One device of somebody in a town.
final class Resident {
  let town: Town
  let account: SyncAccount
  let personal: EntryID
  let world: World
  var store: Store

  init(
    _ town: Town, _ account: SyncAccount, seed: UInt64, schema: Schema = .posts,
    path: String? = nil
  ) throws {
    self.town = town
    self.account = account
    personal = try #require(town.personal[account.id])
    var world = World.still(seed: seed)
    let hours = town.hours
    world.now = { Moment(milliseconds: hours.now) }
    self.world = world
    store = try Store(path: path, schema: schema, world: world)
    try store.join(account, personalSpace: personal)
  }

  var me: EntryID { account.id }

  func begin(_ space: EntryID) throws -> ExchangeRequest {
    try store.beginExchange(space, app: "lifeos/0", want: 50)
  }

  @discardableResult
  func exchange(_ space: EntryID) throws -> ExchangeOutcome? {
    let request = try begin(space)
    switch try town.answer(request, of: account) {
    case .success(let reply):
      return try store.accept(reply, to: request, roundTrip: 60_000)
    case .failure(.notMember): return nil
    case .failure(let fault): return try store.accept(fault, to: request)
    }
  }

  /// All spaces to their heads, the personal one first.
  func sync(sourceLocation: SourceLocation = #_sourceLocation) throws {
    try sync(personal, sourceLocation)
    for space in try store.syncSpaces() where space != personal {
      try sync(space, sourceLocation)
    }
  }

  private func sync(_ space: EntryID, _ place: SourceLocation) throws {
    for _ in 0..<200 {
      while let start = try store.snapshotStart(space) {
        try store.accept(try town.page(space, after: start.after, of: account), of: space)
      }
      guard let outcome = try exchange(space) else { return }
      if outcome.next == .atHead { return }
      #expect(outcome.next != .diverged, sourceLocation: place)
    }
    Issue.record("no end of exchanges", sourceLocation: place)
  }

  /// A post for oneself and for groups, in one write.
  @discardableResult
  func post(_ key: String, _ text: String, to spaces: EntryID...) throws -> Post {
    let own = Post(own: key, text: text)
    try store.write("Post") { edit in
      try edit.save(own)
      for space in spaces {
        try edit.save(Post(of: me, in: space, key: key, text: text), in: space)
      }
    }
    return own
  }

  func posts(_ space: EntryID?) throws -> [Post] {
    try store.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT \(Post.columns()) FROM post_live WHERE _space IS ? ORDER BY key, member",
        arguments: [space]
      ).map { Post(row: $0) }
    }
  }

  func texts(_ space: EntryID?) throws -> [String] { try posts(space).map { $0.text ?? "" } }

  /// Every space's digest is what it would be from scratch.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    for space in [personal] + (try store.groupSpaces().map(\.space)) {
      try store.read { database in
        let state = try #require(try SyncSpace(space, in: database))
        let rows = RegisterRows(
          database: database, space: space, isPersonal: state.isPersonal)
        #expect(try rows.digest() == state.digest, sourceLocation: sourceLocation)
      }
    }
  }

  /// The device holds of a space what the server holds.
  func agrees(on space: EntryID, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try check(sourceLocation: sourceLocation)
    let mine = try store.read { try SyncSpace(space, in: $0) }
    let theirs = try town.state(space)
    #expect(mine?.digest == theirs.digest, sourceLocation: sourceLocation)
    #expect(mine?.cursor == theirs.head, sourceLocation: sourceLocation)
  }

  func number(_ sql: String) throws -> Int { try store.count(sql) }
}
