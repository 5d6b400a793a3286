internal import GRDB
internal import Kernel
internal import SQL

/// Appends to a space's log and merges into its registers, within one exchange. The space's row is
/// written by the caller, once.
struct LogWriter {
  /// Where, who and when.
  struct Place {
    let database: Database
    let account: EntryID
    let device: EntryID
    let now: Moment
    /// Of the account in the space.
    let role: String
    /// The server's own word, which no bound keeps back.
    var isServer = false

    var mayWrite: Bool { Ledger.writers.contains(role) }
  }

  let rules: SyncRules
  let quota: Int64
  let place: Place
  private(set) var space: SpaceState

  /// A new line of the log, ready to be written.
  private struct Line {
    let id: EntryID
    let origin: EntryID?
    let stamp: Stamp
    let kind: Kind
    let row: EntryID
    let fields: [String: Value]
    let fieldsText: String
    let basesText: String
    let group: EntryID
    let payload: UInt64

    var author: Authorship { Authorship(stamp: stamp, op: origin ?? id) }
    /// As the quota counts: the texts and, roughly, what stands around them.
    var size: Int64 { Int64(fieldsText.utf8.count + basesText.utf8.count) + 200 }
  }

  private var database: Database { place.database }

  /// The greatest stamp that is not ahead of time.
  private var latest: Stamp {
    Stamp(milliseconds: (place.now + Ledger.mostAhead).milliseconds, counter: 0xFFFF)
  }

  // MARK: - Operations

  /// Step f: one operation that its device has written.
  mutating func take(_ op: Op) throws -> Verdict {
    let fields = CanonicalJSON.object(op.fields.map { (name: $0.key, value: $0.value) })
    let bases = op.bases.isEmpty ? "" : CanonicalJSON.bases(op.bases)
    let payload = Digest.payload(
      op.kind, op.row, fields: fields, bases: bases, group: op.group)
    if rules.follow(.deduplicate), let seen = try seen(op.id) {
      guard seen.payload == payload else { return .refused(.conflictID) }
      return .ok(seq: seen.seq, stamp: seen.stamp == op.stamp ? nil : seen.stamp)
    }
    let given = try stampGivenBack(for: op.id)
    let stamp = given ?? op.stamp
    if given == nil, stamp > latest, rules.follow(.refuseFuture) { return .ahead }
    if let refusal = OpCheck.refusal(of: op, fields: fields, bases: bases) {
      return .refused(refusal)
    }
    guard try ownership.allows(op) else { return .refused(.forbidden) }
    let line = Line(
      id: op.id, origin: nil, stamp: stamp, kind: op.kind, row: op.row, fields: op.fields,
      fieldsText: fields, basesText: bases, group: op.group, payload: payload)
    if let refusal = try append(line) { return .refused(refusal) }
    return .ok(seq: space.head.seq, stamp: stamp == op.stamp ? nil : stamp)
  }

  var ownership: Ownership {
    Ownership(
      rules: rules, database: database, space: space.id, isGroup: space.kind == SpaceState.group,
      account: place.account, role: place.role)
  }

  /// What the server itself has to say, above everything that the space has seen.
  mutating func tell(_ row: ToldRow, id: EntryID) throws {
    let text = CanonicalJSON.object(row.fields.map { (name: $0.key, value: $0.value) })
    let line = Line(
      id: id, origin: nil, stamp: space.greatest.next(at: place.now), kind: row.kind, row: row.row,
      fields: row.fields, fieldsText: text, basesText: "", group: id,
      payload: Digest.payload(row.kind, row.row, fields: text, bases: "", group: id))
    let refusal = try append(line)
    guard refusal == nil else {
      preconditionFailure("nothing keeps the server from writing its own few fields")
    }
  }

  /// Step e: a register that was accepted before the server was restored, by whomever it was written.
  ///
  /// The operation keeps its id as the register's author; the log's line has a derived one, so that
  /// several devices may give the same back. A stamp that is ahead of time (the server's clock was
  /// wrong once) is brought down, as nobody may write above it otherwise.
  ///
  /// In a group's space members give back the rows of others only for a while after a restore: at any
  /// other time that would be writing in another's name. `own` are the account's, as it has shown.
  mutating func giveBack(
    _ register: Register, own: Set<Ownership.Place> = []
  ) throws -> Verdict {
    let author = register.authorship
    let whole = try seen(author.op)
    if let held = try held(register, whole) {
      return .ok(seq: held.seq, stamp: held.stamp == author.stamp ? nil : held.stamp)
    }
    let rowPlace = Ownership.Place(kind: register.kind, row: register.row)
    guard try space.takesBack(at: place.now) || ownership.allowsReturn(rowPlace, own: own) else {
      return .refused(.invalid)
    }
    let known = try whole?.stamp ?? stampGivenBack(for: author.op)
    let limit = rules.follow(.refuseFuture) ? latest : author.stamp
    let stamp = known ?? min(author.stamp, limit)
    let id = Digest.repairID(author.op, register.field)
    let fields = [register.field: register.value]
    let text = CanonicalJSON.object([(name: register.field, value: register.value)])
    let op = Op(
      id: id, stamp: stamp, kind: register.kind, row: register.row, fields: fields, group: id)
    if let refusal = OpCheck.refusal(of: op, fields: text, bases: "") { return .refused(refusal) }
    let line = Line(
      id: id, origin: author.op, stamp: stamp, kind: register.kind, row: register.row,
      fields: fields, fieldsText: text, basesText: "", group: id,
      payload: Digest.payload(register.kind, register.row, fields: text, bases: "", group: id))
    if let refusal = try append(line) { return .refused(refusal) }
    return .ok(seq: space.head.seq, stamp: stamp == author.stamp ? nil : stamp)
  }

  /// Under which number and stamp the space has this write of a register already. `whole` is the
  /// operation itself, where it is in the log.
  private func held(
    _ register: Register, _ whole: Seen?
  ) throws -> (seq: Int64, stamp: Stamp)? {
    let key: [Datum] = [
      .id(space.id), .text(register.kind.name), .id(register.row), .text(register.field),
    ]
    let author = Datum.id(register.authorship.op)
    let current = try database.first(
      """
      SELECT seq, t FROM reg WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?
      """, key + [author]
    ) { (seq: $0.integer(0), stamp: $0.stamp(1)) }
    if let current { return current }
    let back = try seen(Digest.repairID(register.authorship.op, register.field))
    if let back { return (back.seq, back.stamp) }
    let stamp = whole?.stamp ?? register.authorship.stamp
    return try database.first(
      """
      SELECT seq, t FROM version
      WHERE space = ? AND coll = ? AND id = ? AND field = ? AND t = ? AND op = ?
      """, key + [Datum(stamp), author]
    ) { (seq: $0.integer(0), stamp: $0.stamp(1)) }
  }

  // MARK: - What was here before

  private struct Seen {
    let stamp: Stamp
    let seq: Int64
    let payload: UInt64
  }

  private func seen(_ op: EntryID) throws -> Seen? {
    try database.first(
      "SELECT t, seq, h FROM op_seen WHERE space = ? AND op = ?", [.id(space.id), .id(op)]
    ) {
      Seen(stamp: $0.stamp(0), seq: $0.integer(1), payload: UInt64(bitPattern: $0.integer(2)))
    }
  }

  /// The stamp under which fields of an operation were given back, where any were. Without the index's
  /// name SQLite walks along the whole log.
  private func stampGivenBack(for op: EntryID) throws -> Stamp? {
    try database.first(
      "SELECT t FROM op_log INDEXED BY op_log_origin WHERE space = ? AND origin = ? LIMIT 1",
      [.id(space.id), .id(op)]
    ) { $0.stamp(0) }
  }

  // MARK: - Appending

  private mutating func append(_ line: Line) throws -> Verdict.Refusal? {
    guard place.mayWrite else { return .forbidden }
    guard place.isServer || space.bytes + line.size <= quota else { return .quota }
    let current = try line.fields.keys.map { (field: $0, author: try author(of: $0, line)) }
    let new = current.count { $0.author == nil }
    let isNarrow = try new == 0 || width(line) + Int64(new) <= Ledger.mostRegisters
    guard isNarrow || place.isServer else { return .tooLarge }
    let chain = Digest.chain(
      after: space.head.chain, line.id, line.stamp, payload: line.payload)
    space.head = LogPoint(seq: space.head.seq + 1, chain: chain)
    space.greatest = max(space.greatest, line.stamp)
    space.bytes += line.size
    try write(line)
    for (field, current) in current {
      try merge(field, line, over: current)
    }
    return nil
  }

  private func write(_ line: Line) throws {
    try database.run(
      """
      INSERT INTO op_log
        (space, seq, op, account, device, t, coll, id, f, b, x, recv_at, chain, origin)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .id(space.id), .integer(space.head.seq), .id(line.id), .id(place.account),
        .id(place.device), Datum(line.stamp), .text(line.kind.name), .id(line.row),
        .text(line.fieldsText), line.basesText.isEmpty ? .null : .text(line.basesText),
        line.group == line.id ? .null : .id(line.group), Datum(place.now),
        .integer(Int64(bitPattern: space.head.chain)), line.origin.map { .id($0) } ?? .null,
      ])
    try database.run(
      "INSERT INTO op_seen (space, op, t, seq, h) VALUES (?, ?, ?, ?, ?)",
      [
        .id(space.id), .id(line.id), Datum(line.stamp), .integer(space.head.seq),
        .integer(Int64(bitPattern: line.payload)),
      ])
  }

  private func author(of field: String, _ line: Line) throws -> Authorship? {
    try database.first(
      "SELECT t, op FROM reg WHERE space = ? AND coll = ? AND id = ? AND field = ?",
      [.id(space.id), .text(line.kind.name), .id(line.row), .text(field)]
    ) { columns in
      columns.id(1).map { Authorship(stamp: columns.stamp(0), op: $0) }
    } ?? nil
  }

  /// How many registers the line's row has.
  private func width(_ line: Line) throws -> Int64 {
    try database.integer(
      "SELECT count(*) FROM reg WHERE space = ? AND coll = ? AND id = ?",
      [.id(space.id), .text(line.kind.name), .id(line.row)])
  }

  /// One field of a line: the winner takes the register, the loser becomes a version.
  private mutating func merge(_ field: String, _ line: Line, over current: Authorship?) throws {
    let key: [Datum] = [
      .id(space.id), .text(line.kind.name), .id(line.row), .text(field),
    ]
    let value = Datum(exactly: line.fields[field] ?? .null)
    let incoming = [Datum(line.stamp), .id(line.author.op), .integer(space.head.seq), value]
    switch Merge(line.author, over: current) {
    case .isThere: break
    case .loses:
      try database.run(
        """
        INSERT OR IGNORE INTO version (space, coll, id, field, t, op, seq, val, lost_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, key + incoming + [Datum(place.now)])
    case .wins:
      if let current {
        try database.run(
          """
          INSERT OR IGNORE INTO version (space, coll, id, field, t, op, seq, val, lost_at)
          SELECT space, coll, id, field, t, op, seq, val, ?5 FROM reg
          WHERE space = ?1 AND coll = ?2 AND id = ?3 AND field = ?4
          """, key + [Datum(place.now)])
        space.digest &-= Digest.register(space.id, line.kind, line.row, field, current)
      } else {
        space.registers += 1
      }
      space.digest &+= Digest.register(space.id, line.kind, line.row, field, line.author)
      try database.run(
        """
        INSERT INTO reg (space, coll, id, field, t, op, seq, val) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE
        SET t = excluded.t, op = excluded.op, seq = excluded.seq, val = excluded.val
        """, key + incoming)
    }
  }
}
