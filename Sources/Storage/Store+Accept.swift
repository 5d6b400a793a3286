internal import GRDB
package import Kernel
internal import SQL

extension Store {
  /// Takes a reply in: acknowledgements, page, cursor, restamps; all or nothing. `roundTrip` is the
  /// time the exchange took in milliseconds, for the clock's offset. Throws `.manyDeletions` where a
  /// person must be asked first (see `allowDeletions`), `.diskFull` where there is too little room to
  /// take more in, `.unfit` for a stamp that no clock can have given; nothing was changed then.
  package func accept(
    _ reply: ExchangeReply, to request: ExchangeRequest, roundTrip: Int64
  ) throws -> ExchangeOutcome {
    try Absorbing.check(reply)
    if !reply.page.isEmpty { try DiskRoom.check(path) }
    // Sent before the last reconciliation.
    guard request.number > memory.floor(of: request.space) else {
      return ExchangeOutcome(next: .more)
    }
    let hasMovedOn = try !rules.follow(.cursorWithPage) && moveOn(reply, request)
    return try absorb(request.space) { absorbing in
      var taking = ReplyTaking(
        absorbing: absorbing, request: request, reply: reply, hasMovedOn: hasMovedOn)
      return try taking.run(roundTrip: roundTrip)
    }
  }

  /// Takes a fault in: a stale number is raised (`.again` means: send once more at once), diverged
  /// histories begin to give back all that they hold.
  package func accept(
    _ fault: ExchangeFault, to request: ExchangeRequest
  ) throws -> ExchangeOutcome {
    guard request.number > memory.floor(of: request.space) else {
      return ExchangeOutcome(next: .more)
    }
    return try absorb(request.space) { absorbing in
      // Of a group that was left meanwhile nothing is read or given back.
      guard request.number == absorbing.space.number, absorbing.space.state != .left else {
        return ExchangeOutcome(next: .more)
      }
      switch fault {
      case .staleRequest(let number):
        absorbing.space.number = max(absorbing.space.number, number)
        return ExchangeOutcome(next: .again)
      case .diverged(let epoch):
        absorbing.space.mismatches = 0
        try absorbing.reconcile(epoch: epoch)
      case .notMember, .forbiddenDevice: break
      }
      return ExchangeOutcome(next: .more)
    }
  }

  /// What is pulled from here to the head may delete as many rows as it says.
  package func allowDeletions() { memory.allowsDeletions = true }

  /// What a device would do that keeps its cursor before its page. True where it did.
  private func moveOn(_ reply: ExchangeReply, _ request: ExchangeRequest) throws -> Bool {
    try transaction { database in
      guard var space = try SyncSpace(request.space, in: database), space.state == .live,
        space.cursor == request.cursor
      else { return false }
      space.cursor = reply.next
      try space.save(in: database)
      return true
    }
  }

  /// One transaction of the server's; a space that is gone changes nothing.
  private func absorb(
    _ space: EntryID, _ body: (Absorbing) throws -> ExchangeOutcome
  ) throws -> ExchangeOutcome {
    let (outcome, floor) = try transaction { database -> (ExchangeOutcome, Int64?) in
      token.open()
      defer { token.close() }
      guard let absorbing = try Absorbing(space, store: self, database: database) else {
        return (ExchangeOutcome(next: .more), nil)
      }
      var outcome = try body(absorbing)
      try absorbing.guardAgainstDeletions()
      try absorbing.finish()
      outcome.kinds = absorbing.changed
      outcome.conflicts = absorbing.conflicts
      return (outcome, absorbing.hasReconciled ? absorbing.space.number : nil)
    }
    if let floor { memory.setFloor(of: space, to: floor) }
    if outcome.next == .atHead { memory.allowsDeletions = false }
    notices.send(outcome.kinds)
    return outcome
  }
}

extension Absorbing {
  /// No clock is that far: 2^62 is in the year 4199.
  private static let latest = Stamp(bits: 1 << 62)

  static func check(_ reply: ExchangeReply) throws(StoreError) {
    var stamps = [reply.greatest]
    for logged in reply.page { stamps.append(logged.op.stamp) }
    for case .ok(_, let stamp?) in reply.verdicts.values { stamps.append(stamp) }
    guard stamps.allSatisfy({ $0 < latest }) else { throw .unfit(field: "t") }
  }

  static func check(_ registers: [Register]) throws(StoreError) {
    guard registers.allSatisfy({ $0.authorship.stamp < latest }) else { throw .unfit(field: "t") }
  }

  /// The server was restored, or the digests differ: all acknowledged values that are held here are
  /// offered once more, and the log is read from its beginning. Nothing local is deleted.
  func reconcile(epoch: EntryID) throws {
    try database.run("DELETE FROM sync_repair WHERE space = ?", [.id(space.id)])
    for table in ["sync_clock", "sync_version"] {
      try database.run(
        """
        INSERT INTO sync_repair (space, coll, id, field, t, op)
        SELECT space, coll, id, field, t, op FROM \(table)
        WHERE space = ? AND op NOT IN (SELECT op FROM sync_outbox)
        """, [.id(space.id)])
    }
    space.beginAnew()
    space.epoch = epoch
    hasReconciled = true
  }
}
