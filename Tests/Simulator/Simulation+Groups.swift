internal import GRDB
internal import Kernel
internal import SQL

@testable internal import Storage

/// Groups: who comes and goes, who tries what they may not, and what nobody may ever see.
extension Simulation {
  /// Some are members from the beginning; the first one is the admin.
  func found() throws {
    for group in host.groups {
      for (index, person) in host.people.enumerated() where index == 0 || dice.chance(0.7) {
        let role = index == 0 ? "admin" : dice.pick(["member", "member", "moderator"])
        try host.setRole(role, of: person, in: group, now: Moment(milliseconds: now))
      }
    }
    if !host.groups.isEmpty { try readLog() }
  }

  /// Somebody joins, leaves, is removed, or gets another role.
  func changeMember() throws {
    let (person, group) = (dice.pick(host.people), dice.pick(host.groups))
    let role = try host.role(of: person.account, in: group)
    let next: String? = dice.pick(
      role == nil ? ["member", "admin"] : [nil, nil, "member", "moderator"])
    guard role != next else { return }
    try set(next, person, group)
  }

  private func set(_ role: String?, _ person: Person, _ group: EntryID) throws {
    try host.setRole(role, of: person, in: group, now: Moment(milliseconds: now))
    tally.count(.member)
    trace.note([person.account, group])
    trace.note(
      30, line: "[\(now)] \(person.account) in \(group) is \(role ?? "no member any more")")
    try readLog()
  }

  /// Before all come to rest many are back again.
  func reunite() throws {
    for group in host.groups {
      for person in host.people where try host.role(of: person.account, in: group) == nil {
        if dice.chance(0.5) { try set("member", person, group) }
      }
    }
  }

  func isMember(_ person: Person, _ space: EntryID) throws -> Bool {
    if person.personal == space { return true }
    return try host.role(of: person.account, in: space) != nil
  }

  // MARK: What the server says, and who may say what

  /// A line of the server's own.
  func hear(_ line: Oracle.Line, _ space: EntryID) {
    if !Kind.keptByServer.contains(Kind(line.kind)) {
      violate("P10: the server wrote a row of \(line.kind)")
    }
    written[line.author] = Written(
      machine: -1, space: space, kind: line.kind, row: line.row,
      fields: Dictionary(line.fields.map { ($0.name, $0.value) }) { first, _ in first })
  }

  /// Whether a device may have brought the line.
  func checkRight(_ line: Oracle.Line, _ space: EntryID) throws {
    guard line.origin == nil else { return }
    if Kind.keptByServer.contains(Kind(line.kind)) {
      violate("P10: a device wrote a row of \(line.kind)")
    }
    guard host.groups.contains(space) else { return }
    tally.shown += 1
    guard line.account != owners[line.row] else { return }
    let role = try host.role(of: line.account, in: space)
    guard role == "admin" || role == "moderator", line.fields.count == 1,
      line.fields[0].name == Op.deleted
    else {
      violate("P10: \(line.author) writes a row of somebody else's")
      return
    }
  }

  /// A program of another make sends what lifeos never would.
  func intrude() throws {
    let (person, victim) = (dice.pick(host.people), dice.pick(host.people))
    let group = dice.pick(host.groups)
    let key = "\(dice.below(mix.rows))"
    let row = Digest.derivedID(
      Shown.kind, member: victim.account, key: key, in: group)
    let name = Value.text(victim.account.description)
    let role = try host.role(of: person.account, in: group)
    let other = person.account != victim.account
    token += 1
    let text = Value.text("w\(token)")
    let trials: [(Kind, EntryID, [String: Value])?] = [
      other ? (Shown.kind, row, ["title": text]) : nil,
      other ? (Shown.kind, row, ["member": name, "key": .text(key), "title": text]) : nil,
      other
        ? (
          Shown.kind, row,
          ["member": .text(person.account.description), "key": .text(key), "title": text]
        ) : nil,
      other && role == "member" ? (Shown.kind, row, [Op.deleted: .flag(true)]) : nil,
      (GroupMember.kind, GroupMember.id(of: person.account, in: group), ["role": .text("admin")]),
      (GroupInfo.kind, group, ["name": text]),
      (Note.kind, Digest.derivedID(Note.kind, [key]), ["title": text]),
      (Membership.kind, Membership.id(of: group), ["state": .text("member")]),
    ]
    guard let trial = dice.pick(trials) else { return }
    let space = trial.0 == Membership.kind ? person.personal : group
    let op = Op(
      id: ids.id(), stamp: Stamp(milliseconds: now, counter: 0), kind: trial.0, row: trial.1,
      fields: trial.2, group: ids.id())
    try send(op, person, space)
    if dice.chance(0.5) { try plant(person, victim, group, key) }
  }

  private func send(_ op: Op, _ person: Person, _ space: EntryID) throws {
    let answer = try host.exchange(
      ExchangeRequest(
        space: space, device: ids.id(), number: 1, app: "other/1", epoch: nil, cursor: .start,
        seen: .start, now: Moment(milliseconds: now), want: 5, repairs: [], ops: [op]),
      account: person.account, now: Moment(milliseconds: now), dies: false)
    tally.count(.intruder)
    trace.note(31, line: "[\(now)] an intruder's \(op.kind.name)")
    switch answer {
    case .fault(.notMember) where try !isMember(person, space): break
    case .reply(let reply) where try isMember(person, space):
      if case .ok = reply.verdicts[op.id] { violate("P10: an intruder's operation was accepted") }
    default: violate("P10: an intruder was let in")
    }
    try readLog()
  }

  /// He gives back what was never there: where the victim's own row is going to be, it must catch
  /// nothing.
  private func plant(
    _ person: Person, _ victim: Person, _ group: EntryID, _ key: String
  ) throws {
    guard try isMember(person, group) else { return }
    let row = Digest.derivedID(Shown.kind, [key])
    let op = ids.id()
    token += 1
    let fields: [String: Value] = [
      "member": .text(victim.account.description), "key": .text(key), "title": .text("w\(token)"),
    ]
    let author = Authorship(stamp: Stamp(milliseconds: now, counter: 1), op: op)
    let answer = try host.exchange(
      ExchangeRequest(
        space: group, device: ids.id(), number: 1, app: "other/1", epoch: nil, cursor: .start,
        seen: .start, now: Moment(milliseconds: now), want: 5,
        repairs: fields.sorted { $0.key < $1.key }.map {
          Register(
            kind: Shown.kind, row: row, field: $0.key, authorship: author, value: $0.value)
        }, ops: []),
      account: person.account, now: Moment(milliseconds: now), dies: false)
    guard case .reply = answer else { return }
    written[op] = Written(
      machine: -1, space: group, kind: Shown.kind.name, row: row, fields: fields)
    excused.formUnion(fields.keys.map { Writ(op: op, field: $0) })
    try readLog()
  }

  // MARK: What a device may hold

  /// Nothing of any space that its person has never been in; of a group that they left nothing of
  /// others; and no row of a group that does not prove whose it is: P10.
  func checkBounds(_ machine: Machine) throws {
    guard machine.hasJoined, !host.groups.isEmpty else { return }
    let known = host.everIn[machine.person.account, default: []].union([machine.person.personal])
    for table in ["sync_clock", "sync_version", "sync_unknown", "sync_outbox", "sync_space"] {
      try machine.peek { database in
        try database.each("SELECT DISTINCT space FROM \(table)") {
          if let space = $0.id(0), !known.contains(space) {
            violate("P10: \(machine.index) holds something of a foreign space")
          }
        }
      }
    }
    for archive in try machine.archives() { try checkArchive(machine, archive) }
    try checkProofs(machine)
  }

  private func checkArchive(_ machine: Machine, _ space: EntryID) throws {
    let own = GroupMember.id(of: machine.person.account, in: space)
    for table in ["sync_clock", "sync_version", "sync_unknown"] {
      try machine.peek { database in
        try database.each(
          "SELECT DISTINCT coll, id FROM \(table) WHERE space = ?", [.id(space)]
        ) { columns in
          guard let row = columns.id(1), row != space, row != own,
            owners[row] != machine.person.account, !isPlanted(row, by: columns.text(0))
          else { return }
          violate("P10: \(machine.index) kept a row of \(columns.text(0)) of a group it left")
        }
      }
    }
    let pending = try machine.rest(in: space).waiting
    if pending > 0 { violate("P10: \(machine.index) would send \(pending) to a group it left") }
  }

  /// In one's own name, unseen.
  private func isPlanted(_ row: EntryID, by kind: String) -> Bool {
    kind == Shown.kind.name
      && (0..<mix.rows).contains { row == Digest.derivedID(Shown.kind, ["\($0)"]) }
  }

  private func checkProofs(_ machine: Machine) throws {
    guard machine.edition.shown != nil else { return }
    try machine.peek { database in
      try database.each("SELECT id, _space, member, key FROM shown WHERE _space IS NOT NULL") {
        guard let row = $0.id(0), let space = $0.id(1) else { return }
        let member = EntryID($0.text(2)) ?? row
        if row != Digest.derivedID(Shown.kind, member: member, key: $0.text(3), in: space) {
          violate("P10: \(machine.index) shows a row that does not prove whose it is")
        }
      }
    }
  }

  // MARK: Archives

  /// What the device holds, where the answer may take something of it away.
  func heldBefore(_ answer: Host.Answer, _ machine: Machine) throws -> Set<Writ>? {
    guard case .reply(let reply) = answer,
      reply.page.contains(where: { $0.op.kind == Membership.kind })
    else { return nil }
    return try Reading.held(machine)
  }

  func heldBefore(_ page: SnapshotPage, _ machine: Machine) throws -> Set<Writ>? {
    guard page.registers.contains(where: { $0.kind == Membership.kind }) else { return nil }
    return try Reading.held(machine)
  }

  /// What others wrote is gone from a device that left: with the server's copy lost it is nowhere.
  func noteArchives(_ held: Set<Writ>?, _ machine: Machine) throws {
    guard let held else { return }
    let gone = try held.subtracting(Reading.held(machine))
    guard !gone.isEmpty else { return }
    tally.archives += 1
    for writ in gone where try isOwn(writ, machine) {
      violate("P1: \(writ.op) \(writ.field) went with a group that \(machine.index) left")
      return
    }
    try excuse(gone)
  }

  /// What the person has written themself in rows of their own.
  private func isOwn(_ writ: Writ, _ machine: Machine) throws -> Bool {
    guard let write = written[writ.op], write.machine >= 0 else { return false }
    return owners[write.row] == machine.person.account
  }

  /// Held by a device that is out of the group: it is kept there, and goes nowhere.
  func archivedWrits() throws -> Set<Writ> {
    var archived: Set<Writ> = []
    for machine in machines {
      for space in try machine.archives() {
        for writ in try Reading.held(machine) where written[writ.op]?.space == space {
          archived.insert(writ)
        }
      }
    }
    return archived
  }

  /// The server takes no operation on another's row from who is no moderator (any more).
  func isForbidden(_ refused: QuarantinedOp, _ machine: Machine) -> Bool {
    host.groups.contains(refused.space) && owners[refused.op.row] != machine.person.account
  }

  // MARK: At the end

  /// All devices know what the server knows of groups.
  func checkTruth() throws {
    for group in host.groups {
      for person in host.people {
        let seat = try host.queue.inDatabase { try host.seat(of: person, in: group, $0) }
        let oracle = oracles[group]
        let row = GroupMember.id(of: person.account, in: group)
        let told = oracle.greatest[Place(kind: GroupMember.kind.name, row: row, field: "state")]
        let isMember = seat?.state == .member
        if (told?.value == .text("member")) != isMember {
          violate("truth: a group says \(told?.value as Any) of \(seat?.state as Any)")
        }
        for machine in machines where machine.person.account == person.account {
          if try machine.groups().contains(group) != isMember {
            violate("truth: \(machine.index) does not know that it is \(seat?.state as Any)")
          }
        }
      }
    }
    for machine in machines { try checkBounds(machine) }
  }
}
