internal import GRDB
internal import Kernel
internal import SQL

/// One reply on its way into the store: step 5 of the exchange in sync.md, section 7.
struct ReplyTaking {
  let absorbing: Absorbing
  let request: ExchangeRequest
  let reply: ExchangeReply
  /// The cursor stands behind the page already: where a rule is broken.
  private let hasMovedOn: Bool
  private var outcome = ExchangeOutcome(next: .more)

  init(
    absorbing: Absorbing, request: ExchangeRequest, reply: ExchangeReply, hasMovedOn: Bool
  ) {
    self.absorbing = absorbing
    self.hasMovedOn = hasMovedOn
    self.request = request
    self.reply = reply
  }

  private var rules: SyncRules { absorbing.store.rules }
  private var isLatest: Bool { request.number == absorbing.space.number }

  mutating func run(roundTrip: Int64) throws -> ExchangeOutcome {
    if absorbing.space.epoch != reply.epoch {
      // The first contact; or else a reply from another life of the server.
      guard absorbing.space.epoch == nil || isLatest else { return outcome }
      absorbing.space.epoch = reply.epoch
    }
    try takeVerdicts()
    if wantsSnapshot { absorbing.space.state = .boot }
    try takePage()
    if reply.head.seq >= absorbing.space.seen.seq { absorbing.space.seen = reply.head }
    if isLatest || !rules.follow(.ignoreLateVerdicts) {
      try quarantine()
      try restamp()
    }
    absorbing.space.lastSuccess = absorbing.now
    try ServerTime(meta: SyncMeta(database: absorbing.database)).look(
      server: reply.now, local: absorbing.now, roundTrip: roundTrip)
    try decide()
    return outcome
  }

  // MARK: - Verdicts

  private mutating func takeVerdicts() throws {
    // What is only put off stays due: its values may be nowhere else.
    for register in request.repairs where !isPutOff(register) {
      try absorbing.database.run(
        """
        DELETE FROM sync_repair WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?
        """,
        absorbing.rows.key(register.kind, register.row, register.field)
          + [.id(register.authorship.op)])
      outcome.sent += 1
      if case .ok(_, let stamp?) = reply.verdicts[register.authorship.op],
        rules.follow(.canonicalStamp)
      {
        try absorbing.rename(
          register.kind, register.row, register.field, of: register.authorship.op, to: stamp)
      }
    }
    for op in request.ops {
      guard case .ok(let seq, let stamp) = reply.verdicts[op.id] else { continue }
      if try absorbing.acknowledge(op.id, stamp ?? op.stamp, seq: seq) { outcome.sent += 1 }
    }
  }

  /// Whether the server may yet take a register that it does not take now.
  private func isPutOff(_ register: Register) -> Bool {
    switch reply.verdicts[register.authorship.op] {
    case .ok, .refused(.invalid), .refused(.tooLarge), .refused(.conflictID): false
    case .refused(.forbidden), .refused(.quota), .ahead, .skipped, nil: true
    }
  }

  private mutating func quarantine() throws {
    for op in request.ops {
      guard case .refused(let refusal) = reply.verdicts[op.id] else { continue }
      try absorbing.database.run(
        """
        UPDATE sync_outbox SET state = 'quarantined', err = ? WHERE op = ? AND state = 'pending'
        """, [.text(refusal.rawValue), .id(op.id)])
      outcome.sent += absorbing.database.changesCount
    }
  }

  private mutating func restamp() throws {
    if let ahead = request.ops.first(where: { reply.verdicts[$0.id] == .ahead }) {
      guard rules.follow(.keepAhead) else { return try drop() }
      outcome.restamped = try absorbing.restamp(from: ahead.id, after: reply)
      return
    }
    // What the server knows under another stamp must not overtake what was written after it.
    let hasMoved = request.ops.contains { op in
      guard case .ok(_, let stamp?) = reply.verdicts[op.id] else { return false }
      return stamp != op.stamp
    }
    guard hasMoved, rules.follow(.canonicalStamp), let first = try firstPending() else { return }
    outcome.restamped = try absorbing.restamp(from: first, after: reply)
  }

  /// What a device would do that takes "ahead" for a final word.
  private func drop() throws {
    for op in request.ops where reply.verdicts[op.id] == .ahead {
      try absorbing.database.run("DELETE FROM sync_outbox WHERE op = ?", [.id(op.id)])
    }
  }

  private func firstPending() throws -> EntryID? {
    try absorbing.database.first(
      "SELECT op FROM sync_outbox WHERE space = ? AND state = 'pending' ORDER BY n LIMIT 1",
      [.id(absorbing.space.id)]
    ) { $0.id(0) } ?? nil
  }

  // MARK: - The page

  /// A device that meets a space with a long history takes its present first.
  private var wantsSnapshot: Bool {
    request.epoch == nil && isLatest && absorbing.space.state == .live
      && absorbing.space.cursor == .start
      && reply.head.seq > max(Int64(2 * request.want), absorbing.store.memory.longHistory)
  }

  private mutating func takePage() throws {
    guard absorbing.space.state == .live else { return }
    // A late reply's page has been read since, or will be.
    let isNext = request.cursor == absorbing.space.cursor || hasMovedOn
    guard isNext || !rules.follow(.ignoreLatePages) else { return }
    for logged in reply.page { try take(logged) }
    outcome.received = reply.page.count
    absorbing.space.cursor = reply.next
  }

  private func take(_ logged: LoggedOp) throws {
    let op = logged.op
    if logged.origin == nil { _ = try absorbing.acknowledge(op.id, op.stamp, seq: logged.seq) }
    let author = logged.authorship
    try absorbing.merge(
      op.kind, op.row,
      op.fields.map { field, value in
        Incoming(
          field: field, author: author, value: value, base: op.bases[field]?.op,
          device: logged.device, seq: logged.seq, source: logged.origin == nil ? .log : .copy)
      })
    absorbing.observe(op.stamp)
  }

  // MARK: - What next

  private mutating func decide() throws {
    let space = absorbing.space
    guard isLatest, space.state == .live, space.cursor == reply.head, !reply.more
    else { return }
    // To ask again at once would be in vain.
    if !request.repairs.isEmpty, request.repairs.allSatisfy(isPutOff) { outcome.next = .atHead }
    guard try isEmpty("sync_repair WHERE space = ?"),
      try isEmpty("sync_outbox WHERE space = ? AND state = 'pending'")
    else { return }
    outcome.next = .atHead
    // A refused operation's value is on this device alone.
    guard try isEmpty("sync_outbox WHERE space = ? AND state = 'quarantined'") else { return }
    guard try absorbing.digestOnServer() != reply.digest else {
      absorbing.space.mismatches = 0
      return
    }
    absorbing.space.mismatches += 1
    guard absorbing.space.mismatches == 1 else {
      outcome.next = .diverged
      return
    }
    try absorbing.reconcile(epoch: reply.epoch)
    outcome.next = .more
  }

  private func isEmpty(_ condition: String) throws -> Bool {
    try absorbing.database.integer(
      "SELECT EXISTS (SELECT 1 FROM \(condition))", [.id(absorbing.space.id)]) == 0
  }
}

extension Absorbing {
  /// The digest without operations that the person has given up sending: in their registers the server
  /// has the greatest of the other writes.
  func digestOnServer() throws -> UInt64 {
    var digest = space.digest
    var dropped: [Op] = []
    try OutboxReader(database: database, path: store.path).each(
      "WHERE space = ? AND state = 'dropped' AND state <> 'pending'", [.id(space.id)]
    ) { dropped.append($0.op) }
    for op in dropped {
      for field in op.fields.keys {
        guard let held = try rows.clock(op.kind, op.row, field), held.author.op == op.id else {
          continue
        }
        digest &-= Digest.register(space.id, op.kind, op.row, field, held.author)
        let best =
          try database.first(
            """
            SELECT t, op FROM sync_version WHERE space = ? AND coll = ? AND id = ? AND field = ?
            AND op NOT IN (SELECT op FROM sync_outbox) ORDER BY t DESC, op DESC LIMIT 1
            """, rows.key(op.kind, op.row, field)
          ) { columns in
            columns.id(1).map { Authorship(stamp: columns.stamp(0), op: $0) }
          } ?? nil
        if let best {
          digest &+= Digest.register(space.id, op.kind, op.row, field, best)
        }
      }
    }
    return digest
  }
}
