internal import GRDB
internal import Kernel
internal import SQL

@testable internal import Storage

extension Simulation {
  /// What a person does with one row.
  private enum Change {
    case save([Int: Value])
    case delete
    case revive
  }

  private struct Edited {
    let type: any Plain.Type
    let row: EntryID
    let change: Change
    /// The group that it is shown to; nil for the personal space.
    var space: EntryID?
  }

  /// A person writes something, deletes something, or takes something back.
  func write(_ machine: Machine) throws {
    if !follows(.durableCommits) {
      machine.beforeCommit.map { shelf.take($0) }
      machine.beforeCommit = try shelf.copy(of: machine.queue)
    }
    if dice.chance(mix.undos) {
      let redoes = dice.chance(0.3)
      try change(machine, "undo") {
        let undone = try redoes ? machine.store.redo() : machine.store.undo()
        if undone != nil { tally.undos += 1 }
      }
      return
    }
    var edits = try shown(machine)
    if edits.isEmpty {
      edits = (0..<(dice.chance(mix.groups) ? 2 + dice.below(2) : 1)).map { _ in edit(machine) }
    }
    try change(machine, "write") {
      try machine.store.write("Edit") { hand in
        for edited in edits { try apply(edited, hand) }
      }
    }
  }

  private func edit(_ machine: Machine) -> Edited {
    let types = machine.edition.own.prefix(max(1, mix.kinds))
    let type = dice.pick(Array(types))
    let row =
      dice.chance(0.04) && mix.rows > 1
      ? machine.store.world.newID()
      : Digest.derivedID(type.kind, ["\(dice.below(mix.rows))"])
    if dice.chance(mix.deletes) {
      return Edited(type: type, row: row, change: dice.chance(0.7) ? .delete : .revive)
    }
    let fields = type.fields.prefix(max(1, mix.fields))
    var values: [Int: Value] = [:]
    for _ in 0..<(1 + dice.below(2)) {
      let index = dice.below(fields.count)
      values[index] = value(type.fields[index])
    }
    return Edited(type: type, row: row, change: .save(values))
  }

  /// A value that was never there before, where its type has so many.
  private func value(_ field: Field) -> Value {
    token += 1
    if texts.chance(0.08) { return .null }
    switch field.shape {
    case .flag: return .flag(texts.chance(0.5))
    case .number: return .number(Int64(token))
    case .text:
      guard field.isLong else { return .text("w\(token)") }
      let length = texts.chance(0.05) ? 1 + texts.below(6_000) : 1 + texts.below(40)
      return .text("b\(token) " + String(repeating: "x", count: length))
    }
  }

  private func apply(_ edited: Edited, _ hand: borrowing Edit) throws {
    switch edited.change {
    case .delete: try hand.delete(edited.type.kind, id: edited.row)
    case .revive: try hand.revive(edited.type.kind, id: edited.row)
    case .save(let values):
      try save(edited.type, edited.row, values, hand, in: edited.space)
    }
  }

  /// What a person shows to one or all of their groups, perhaps with a copy of their own; or what they
  /// do as a moderator. Empty where it is no such write.
  private func shown(_ machine: Machine) throws -> [Edited] {
    guard mix.shown > 0, let type = machine.edition.shown, dice.chance(mix.shown) else { return [] }
    let groups = try machine.groups()
    guard !groups.isEmpty else { return [] }
    if dice.chance(0.25) { return try moderation(machine, type, dice.pick(groups)) }
    let key = "\(dice.below(mix.rows))"
    let account = machine.person.account
    var change = Change.delete
    if dice.chance(mix.deletes) {
      if dice.chance(0.3) { change = .revive }
    } else {
      var values: [Int: Value] = [:]
      for _ in 0..<(1 + dice.below(2)) {
        let index = 2 + dice.below(min(4, 1 + mix.fields))
        values[index] = value(type.fields[index])
      }
      change = .save(values)
    }
    var edits: [Edited] = []
    if dice.chance(0.3) {
      edits.append(
        Edited(
          type: type, row: Digest.derivedID(type.kind, [key]),
          change: with(change, [.null, .text(key)])))
    }
    for group in dice.chance(0.3) ? groups : [dice.pick(groups)] {
      let row = Digest.derivedID(type.kind, member: account, key: key, in: group)
      owners[row] = account
      edits.append(
        Edited(
          type: type, row: row, change: with(change, [.text(account.description), .text(key)]),
          space: group))
    }
    return edits
  }

  private func with(_ change: Change, _ owned: [Value]) -> Change {
    guard case .save(var values) = change else { return change }
    values[0] = owned[0]
    values[1] = owned[1]
    return .save(values)
  }

  /// A row of somebody else's is deleted, or stands again.
  private func moderation(
    _ machine: Machine, _ type: any Plain.Type, _ group: EntryID
  ) throws -> [Edited] {
    var rows: [EntryID] = []
    try machine.peek { database in
      try database.each(
        """
        SELECT id FROM shown WHERE _space = ?1 AND member IS NOT ?2 AND EXISTS (
          SELECT 1 FROM sync_space WHERE space = ?1 AND role IN ('admin', 'moderator'))
        ORDER BY id
        """, [.id(group), .text(machine.person.account.description)]
      ) { if let id = $0.id(0) { rows.append(id) } }
    }
    guard !rows.isEmpty else { return [] }
    tally.moderations += 1
    return [
      Edited(
        type: type, row: dice.pick(rows), change: dice.chance(0.7) ? .delete : .revive,
        space: group)
    ]
  }

  func save<T: Plain>(
    _ type: T.Type, _ row: EntryID, _ values: [Int: Value], _ hand: borrowing Edit,
    in space: EntryID? = nil
  ) throws {
    let empty = [Value](repeating: .null, count: T.fields.count)
    var entry = try hand.find(type, id: row) ?? T(id: row, values: empty)
    var all = entry.values
    for (index, value) in values { all[index] = value }
    entry.values = all
    try hand.save(entry, in: space)
  }

  /// Runs a local change, perhaps on a disk that fails, and remembers what was told to be saved.
  func change(_ machine: Machine, _ name: String, _ body: () throws -> Void) throws {
    let before = try waiting(machine)
    let fails = dice.chance(mix.full)
    let crashes = !fails && dice.chance(mix.crash / 2)
    do {
      if fails {
        try onFullDisk(machine.queue, body)
      } else if crashes {
        let strike = Strike(at: strikes.below(machine.writeSteps + 1))
        defer { note(strike, .crashInWrite) }
        try strike.threaten(machine.queue, body)
      } else {
        try body()
      }
    } catch let error as StoreError where fails || crashes {
      if fails { tally.count(.diskFull) }
      tally.refusedWrites += 1
      trace.note(1, UInt64(machine.index), line: "[\(now)] \(machine.index) refused: \(error)")
      if try waiting(machine) != before { violate("P1: a refused write left something") }
      return
    }
    tally.writes += 1
    try capture(machine, after: before.last, name)
  }

  private func waiting(_ machine: Machine) throws -> (count: Int64, last: Int64) {
    try machine.peek { database in
      try database.first("SELECT count(*), coalesce(max(n), 0) FROM sync_outbox") {
        (count: $0.integer(0), last: $0.integer(1))
      } ?? (0, 0)
    }
  }

  private func note(_ strike: Strike, _ fault: Tally.Fault) {
    guard strike.hasHit else { return }
    tally.count(fault)
    tally.crashPoints[strike.asked.bitWidth - strike.asked.leadingZeroBitCount, default: 0] += 1
  }

  /// Reads what a local change has put in the outbox: these writes must never be lost.
  func capture(_ machine: Machine, after last: Int64, _ name: String) throws {
    var found: [(op: EntryID, stamp: Stamp, written: Written)] = []
    try machine.peek { database in
      try database.each(
        """
        SELECT op, t, coll, sync_outbox.id, key, type, atom, space FROM sync_outbox, json_each(f)
        WHERE n > ? ORDER BY n
        """, [.integer(last)]
      ) { columns in
        guard let op = columns.id(0), let row = columns.id(3), written[op] == nil,
          let place = columns.id(7)
        else { return }
        // A profile that has not joined yet has a space of its own, which takes the account's name.
        let space = host.groups.contains(place) ? place : machine.person.personal
        let value: Value =
          switch columns.text(5) {
          case "true": .flag(true)
          case "false": .flag(false)
          case "integer": .number(columns.integer(6))
          case "text": .text(columns.text(6))
          default: .null
          }
        var fields = [columns.text(4): value]
        if let last = found.last, last.op == op {
          fields.merge(last.written.fields) { first, _ in first }
          found.removeLast()
        }
        let written = Written(
          machine: machine.index, space: space, kind: columns.text(2), row: row, fields: fields)
        found.append((op, columns.stamp(1), written))
      }
    }
    var later = Set(found.map(\.op))
    for (op, stamp, write) in found {
      written[op] = write
      tally.operations += 1
      for field in write.fields.keys.sorted() { try noteCause(machine, op, write, field, later) }
      later.remove(op)
      trace.note([op, write.row])
      trace.note(
        stamp.bits,
        line: "[\(now)] \(machine.index) \(name) \(op) t=\(stamp.bits) \(write.kind) "
          + "\(write.row.description.suffix(4)) \(shown(write.fields))")
    }
  }

  private func shown(_ fields: [String: Value]) -> String {
    fields.sorted { $0.key < $1.key }.map { name, value in
      "\(name)=\(Oracle.text(of: value).prefix(16))"
    }.joined(separator: " ")
  }

  /// All that the device held of the register had been seen when `op` was written.
  private func noteCause(
    _ machine: Machine, _ op: EntryID, _ write: Written, _ field: String,
    _ later: Set<EntryID>
  ) throws {
    var seen: [EntryID] = []
    try machine.peek { database in
      try database.each(
        """
        SELECT op FROM sync_version WHERE space = ? AND coll = ? AND id = ? AND field = ?
        ORDER BY t DESC, op DESC LIMIT 6
        """,
        [
          .id(machine.hasJoined ? write.space : try localSpace(database)), .text(write.kind),
          .id(write.row), .text(field),
        ]
      ) { if let op = $0.id(0) { seen.append(op) } }
    }
    guard let before = seen.first(where: { !later.contains($0) }) else { return }
    let place = Place(kind: write.kind, row: write.row, field: field)
    causes.append(Cause(space: write.space, place: place, before: before, after: op))
  }

  private func localSpace(_ database: Database) throws -> EntryID {
    try SyncSpace.personal(in: database) ?? host.server
  }

  /// A write that the server will refuse for good: a text beyond all limits.
  func poison(_ machine: Machine) throws {
    let row = Digest.derivedID(Note.kind, ["0"])
    let isDead = try machine.peek {
      try $0.integer("SELECT _dead FROM \"page\" WHERE id = ?", [.id(row)]) == 1
    }
    guard !isDead else { return }
    let before = try waiting(machine)
    let text = String(repeating: "p", count: ExchangeRequest.mostFieldBytes + 1)
    try machine.store.write("Poison") { hand in
      let type = machine.edition.types[0]
      try save(type, row, [1: .text(text)], hand)
    }
    tally.count(.poison)
    try capture(machine, after: before.last, "poison")
    for (op, write) in written where write.fields["body"] == .text(text) {
      excused.insert(Writ(op: op, field: "body"))
      for field in write.fields.keys { excused.insert(Writ(op: op, field: field)) }
    }
  }
}
