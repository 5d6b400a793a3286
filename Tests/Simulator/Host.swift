internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL

/// Somebody with an account on the server.
struct Person {
  let account: EntryID
  let personal: EntryID
}

/// The server of a schedule: the real ledger on a database in memory, and copies of it to restore. What
/// it alone knows, who is in which group, stands in the same database.
final class Host {
  let queue: DatabaseQueue
  let ledger: Ledger
  let rules: SyncRules
  let people: [Person]
  let groups: [EntryID]
  let stranger: EntryID
  /// By whom the server speaks itself.
  let server: EntryID
  private(set) var copies: [(queue: DatabaseQueue, oracles: Oracles)] = []
  private let ids: IDSource

  /// The groups that an account has ever been in: restoring the server takes nothing away.
  private(set) var everIn: [EntryID: Set<EntryID>] = [:]

  /// What the server answers: a reply, or a refusal that it has committed.
  enum Answer {
    case reply(ExchangeReply)
    case fault(ExchangeFault)
  }

  init(queue: DatabaseQueue, rules: SyncRules, ids: IDSource, people: Int, groups: Int) throws {
    self.queue = queue
    self.ids = ids
    self.rules = rules
    ledger = Ledger(rules: rules)
    self.people = (0..<people).map { _ in Person(account: ids.id(), personal: ids.id()) }
    self.groups = (0..<groups).map { _ in ids.id() }
    stranger = ids.id()
    server = ids.id()
    try transaction(fails: false) { database in
      for person in self.people {
        try ledger.makeSpace(
          person.personal, kind: "personal", owner: person.account, epoch: ids.id(), in: database)
      }
      try ledger.makeSpace(
        ids.id(), kind: "personal", owner: stranger, epoch: ids.id(), in: database)
      for group in self.groups {
        try database.run(
          "INSERT INTO space (id, kind, epoch) VALUES (?, 'group', ?)", [.id(group), .id(ids.id())])
      }
    }
  }

  /// All but the stranger's.
  var spaces: [EntryID] { people.map(\.personal) + groups }

  /// nil where the server died before its commit.
  func exchange(
    _ request: ExchangeRequest, account: EntryID, now: Moment, dies: Bool
  ) throws -> Answer? {
    try transaction(fails: dies) { database in
      do {
        return .reply(
          try ledger.exchange(
            request, account: account, now: now, newEpoch: ids.id(), in: database,
            restate: { space in
              guard self.rules.follow(.restate) else { return }
              try self.restate(space.id, now: now, in: database)
            }))
      } catch let fault as ExchangeFault {
        return .fault(fault)
      }
    }
  }

  /// nil for who may not read the space.
  func snapshot(
    _ space: EntryID, of account: EntryID, after: SnapshotKey?, limit: Int, now: Moment
  ) throws -> SnapshotPage? {
    try transaction(fails: false) { database -> SnapshotPage? in
      do {
        return try ledger.snapshot(
          space, after: after, account: account, limit: limit, now: now, in: database)
      } catch ExchangeFault.notMember {
        return nil
      }
    } ?? nil
  }

  @discardableResult
  private func transaction<T>(fails: Bool, _ body: (Database) throws -> T) throws -> T? {
    try queue.inDatabase { database in
      try database.run("BEGIN IMMEDIATE TRANSACTION")
      do {
        let result = try body(database)
        try database.run(fails ? "ROLLBACK TRANSACTION" : "COMMIT TRANSACTION")
        return fails ? nil : result
      } catch {
        if database.isInsideTransaction { try database.run("ROLLBACK TRANSACTION") }
        throw error
      }
    }
  }

  func setRole(_ role: String) throws {
    try queue.inDatabase {
      try $0.run(
        "UPDATE member SET role = ? WHERE space = ? AND account = ?",
        [.text(role), .id(people[0].personal), .id(people[0].account)])
    }
  }

  // MARK: Groups

  /// The role that an account has in a group; nil for none.
  func role(of account: EntryID, in group: EntryID) throws -> String? {
    try queue.inDatabase {
      try $0.first(
        "SELECT role FROM member WHERE space = ? AND account = ? AND left_at IS NULL",
        [.id(group), .id(account)]
      ) { $0.text(0) }
    }
  }

  /// Takes an account into a group, gives it another role, or (nil) takes it out: all that depends on
  /// it is told in the same transaction.
  func setRole(_ role: String?, of person: Person, in group: EntryID, now: Moment) throws {
    try transaction(fails: false) { database in
      if let role {
        try ledger.join(group, person.account, as: role, in: database)
      } else {
        try ledger.leave(group, person.account, now: now, in: database)
      }
      try restate(group, now: now, in: database)
      try restate(person.personal, now: now, in: database)
    }
    everIn[person.account, default: []].insert(group)
  }

  /// Writes into a space what the server knows of groups, where it stands otherwise.
  private func restate(_ space: EntryID, now: Moment, in database: Database) throws {
    var rows: [ToldRow] = []
    if groups.contains(space) {
      rows.append(ToldRow(GroupInfo(id: space, name: "group")))
      for person in people {
        guard let seat = try seat(of: person, in: space, database) else { continue }
        rows.append(
          ToldRow(
            GroupMember(
              account: person.account, in: space, user: "sim", role: seat.role, state: seat.state,
              joined: nil)))
      }
    } else if let person = people.first(where: { $0.personal == space }) {
      for group in groups {
        guard let seat = try seat(of: person, in: group, database) else { continue }
        rows.append(
          ToldRow(
            Membership(
              space: group, name: "group", role: seat.role, state: seat.state, since: nil)))
      }
    }
    // Who came after the copy was made that the server was restored from has to come again.
    let known = Set(rows.map(\.row))
    for kind in [GroupMember.kind, Membership.kind] {
      let found = try ledger.rows(of: kind, ["state"], in: space, database)
      for (row, values) in found.sorted(by: { $0.key < $1.key })
      where values[0] == .text("member") && !known.contains(row) {
        rows.append(ToldRow(kind, row, ["state": .text("left")]))
      }
    }
    _ = try ledger.tell(rows, in: space, by: server, now: now, newID: ids.id, database)
  }

  /// nil for who has never been in the group.
  func seat(
    of person: Person, in group: EntryID, _ database: Database
  ) throws -> (role: String, state: GroupMember.State)? {
    try database.first(
      "SELECT role, left_at IS NULL FROM member WHERE space = ? AND account = ?",
      [.id(group), .id(person.account)]
    ) { ($0.text(0), $0.flag(1) ? .member : .removed) }
  }

  // MARK: Copies

  func keepCopy(_ oracles: Oracles, shelf: Shelf) throws {
    copies.append((try shelf.copy(of: queue), oracles))
  }

  /// Puts an older copy in the place of the database; the restore command also changes the epochs.
  func restore(
    _ choice: Int, rotates: Bool, now: Moment, shelf: Shelf
  ) throws -> Oracles {
    let copy = copies[choice]
    try Shelf.copy(copy.queue, to: queue)
    if rotates {
      try queue.inDatabase { try ledger.rotateEpochs(at: now, in: $0, newEpoch: ids.id) }
    }
    for later in copies where later.oracles.lines > copy.oracles.lines { shelf.take(later.queue) }
    copies.removeAll { $0.oracles.lines > copy.oracles.lines }
    return copy.oracles
  }

  func giveBack(to shelf: Shelf) {
    shelf.take(queue)
    for copy in copies { shelf.take(copy.queue) }
    copies = []
  }
}
