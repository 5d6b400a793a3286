internal import GRDB
internal import Kernel
internal import SQL

@testable internal import Storage

/// Requests and replies, and what the line does to them.
extension Simulation {
  /// A device's turn: one exchange, or one page of a snapshot.
  func sync(_ machine: Machine, _ chosen: EntryID? = nil) throws {
    if !machine.hasJoined {
      guard dice.chance(0.3) else { return }
      try join(machine)
    }
    let space = try chosen ?? someSpace(of: machine)
    if let start = try machine.store.snapshotStart(space) {
      try readSnapshot(machine, space, start)
      return
    }
    let sent = try request(machine, space)
    if dice.chance(mix.duplicate) {
      flight.append(.request(sent))
      tally.count(.duplicatedRequest)
    }
    if dice.chance(mix.drop) {
      tally.count(.droppedRequest)
    } else if dice.chance(mix.delay) {
      flight.append(.request(sent))
      tally.count(.delayedRequest)
    } else {
      try deliver(.request(sent))
    }
  }

  /// Half of the time the personal one.
  private func someSpace(of machine: Machine) throws -> EntryID {
    guard !host.groups.isEmpty, dice.chance(0.5) else { return machine.person.personal }
    return dice.pick(try machine.store.syncSpaces())
  }

  func request(
    _ machine: Machine, _ space: EntryID, isRetry: Bool = false
  ) throws -> Flight.Sent {
    var request = try machine.store.beginExchange(space, app: "lifeos/0.2.0", want: mix.page)
    request.ops = Array(request.ops.prefix(mix.batch))
    request.repairs = Array(request.repairs.prefix(mix.batch))
    trace.note(
      11, UInt64(machine.index), UInt64(request.number), UInt64(request.ops.count),
      UInt64(request.repairs.count),
      line: "[\(now)] \(machine.index) request \(request.number) cursor \(request.cursor.seq)"
        + " seen \(request.seen.seq) ops \(request.ops.map { "\($0.id)".suffix(6) })"
        + " rep \(request.repairs.count)")
    return Flight.Sent(
      machine: machine.index, request: request, sentAt: now, isRetry: isRetry)
  }

  func deliver(_ flight: Flight) throws {
    switch flight {
    case .request(let sent): try serve(sent)
    case .reply(let sent, let answer): try take(answer, to: sent)
    }
  }

  // MARK: At the server

  private func serve(_ sent: Flight.Sent) throws {
    let dies = dice.chance(mix.crash / 2)
    let time = Moment(milliseconds: now)
    let person = machines[sent.machine].person
    let mayRead = try isMember(person, sent.request.space)
    let answer = try host.exchange(
      asSent(sent.request), account: person.account, now: time, dies: dies)
    guard let answer else {
      tally.count(.serverCrashBefore)
      return
    }
    try readLog()
    if case .reply(let reply) = answer {
      if !mayRead { violate("P10: who is no member was answered") }
      checkReply(reply, to: sent.request)
    }
    guard violations.isEmpty else { return }
    if dice.chance(mix.crash / 2) {
      tally.count(.serverCrashAfter)
    } else if dice.chance(mix.lose) {
      tally.count(.lostReply)
    } else if dice.chance(mix.delay) {
      flight.append(.reply(sent, answer))
      tally.count(.delayedReply)
    } else {
      try take(answer, to: sent)
    }
  }

  /// Under one mutant operations get their ids when they are sent.
  private func asSent(_ request: ExchangeRequest) -> ExchangeRequest {
    guard !follows(.sameIDOnRetry) else { return request }
    var changed = request
    changed.ops = request.ops.map { op in
      Op(
        id: EntryID(high: op.id.high, low: op.id.low &+ UInt64(request.number)), stamp: op.stamp,
        kind: op.kind, row: op.row, fields: op.fields, bases: op.bases, group: op.group)
    }
    return changed
  }

  private func asReceived(_ reply: ExchangeReply, to request: ExchangeRequest) -> ExchangeReply {
    guard !follows(.sameIDOnRetry) else { return reply }
    var changed = reply
    changed.verdicts = [:]
    for op in request.ops {
      let sentAs = EntryID(high: op.id.high, low: op.id.low &+ UInt64(request.number))
      changed.verdicts[op.id] = reply.verdicts[sentAs]
    }
    return changed
  }

  // MARK: At the device

  private func take(_ answer: Host.Answer, to sent: Flight.Sent) throws {
    let machine = machines[sent.machine]
    guard dice.chance(mix.crash) || dice.chance(mix.full) else {
      return try accept(answer, to: sent, strike: Strike(at: .max))
    }
    // The transaction is broken off at any of its steps, or as a whole.
    let strike = Strike(at: strikes.below(machine.applySteps + 1))
    do {
      try accept(answer, to: sent, strike: strike)
    } catch is StoreError where strike.hasHit {
      tally.count(.crashInApply)
      tally.crashPoints[Int.bitWidth - strike.asked.leadingZeroBitCount, default: 0] += 1
      if !follows(.cursorWithPage) { try skipPage(answer, sent) }
      trace.note(12, UInt64(machine.index), line: "[\(now)] \(machine.index) broken off")
    }
  }

  /// What a device would do that commits its cursor before the page.
  private func skipPage(_ answer: Host.Answer, _ sent: Flight.Sent) throws {
    let machine = machines[sent.machine]
    guard case .reply(let reply) = answer,
      try machine.cursor(sent.request.space) == sent.request.cursor
    else {
      return
    }
    try machine.peek {
      try $0.run(
        "UPDATE sync_space SET cursor = ?, cursor_chain = ? WHERE space = ?",
        [
          .integer(reply.next.seq), .integer(Int64(bitPattern: reply.next.chain)),
          .id(sent.request.space),
        ])
    }
  }

  private func accept(
    _ answer: Host.Answer, to sent: Flight.Sent, strike: Strike
  ) throws {
    let machine = machines[sent.machine]
    let cursor = try machine.cursor(sent.request.space)
    tally.exchanges += 1
    let held = try heldBefore(answer, machine)
    let outcome = try strike.threaten(machine.queue) {
      switch answer {
      case .reply(let reply):
        try machine.store.accept(
          asReceived(reply, to: sent.request), to: sent.request,
          roundTrip: mix.measuresClock ? now - sent.sentAt : 10_000)
      case .fault(let fault): try machine.store.accept(fault, to: sent.request)
      }
    }
    if case .reply = answer { machine.applySteps = strike.asked }
    try noteArchives(held, machine)
    try noteOutcome(outcome, answer, sent, machine, from: cursor)
    guard violations.isEmpty else { return }
    if outcome.next == .again, !sent.isRetry, follows(.retryStaleAtOnce) {
      tally.staleRetries += 1
      try serve(try request(machine, sent.request.space, isRetry: true))
    }
  }

  private func noteOutcome(
    _ outcome: ExchangeOutcome, _ answer: Host.Answer, _ sent: Flight.Sent, _ machine: Machine,
    from cursor: LogPoint
  ) throws {
    tally.restamped += outcome.restamped
    tally.conflicts += outcome.conflicts
    let next = try machine.cursor(sent.request.space)
    switch answer {
    case .reply(let reply):
      tally.quarantined += reply.verdicts.values.count {
        if case .refused = $0 { true } else { false }
      }
      if cursor.seq > 0, next.seq == 0 { tally.reconciled += 1 }
    case .fault(let fault):
      if case .diverged = fault, next.seq == 0 { tally.reconciled += 1 }
    }
    trace.note(
      13, UInt64(machine.index), UInt64(next.seq), next.chain, UInt64(outcome.restamped),
      line: "[\(now)] \(machine.index) took \(sent.request.number): \(shown(answer)), cursor "
        + "\(next.seq), \(outcome.next), restamped \(outcome.restamped)")
    try checkApplied(machine, sent.request.space, from: cursor, to: next)
    try check(machine)
  }

  private func shown(_ answer: Host.Answer) -> String {
    switch answer {
    case .fault(let fault): return "\(fault)"
    case .reply(let reply):
      let verdicts = reply.verdicts.map { "\("\($0.key)".suffix(6)) \($0.value)" }.sorted()
      return "\(verdicts) page \(reply.page.map(\.seq)) head \(reply.head.seq)"
    }
  }

  // MARK: Snapshots

  private func readSnapshot(
    _ machine: Machine, _ space: EntryID, _ start: SnapshotStart
  ) throws {
    if dice.chance(mix.drop) || dice.chance(mix.lose) {
      tally.count(.brokenSnapshot)
      return
    }
    let mayRead = try isMember(machine.person, space)
    let page = try host.snapshot(
      space, of: machine.person.account, after: start.after, limit: max(1, mix.page),
      now: Moment(milliseconds: now))
    guard let page else { return }
    if !mayRead { violate("P10: who is no member was given a snapshot") }
    if page.after == nil { machine.unseen.formUnion(oracles[space].losers) }
    let held = try heldBefore(page, machine)
    let strike = Strike(at: dice.chance(mix.crash) ? strikes.below(machine.applySteps + 1) : .max)
    do {
      try strike.threaten(machine.queue) { try machine.store.accept(page, of: space) }
    } catch is StoreError where strike.hasHit {
      tally.count(.crashInApply)
      return
    }
    tally.snapshotPages += 1
    try noteArchives(held, machine)
    trace.note(
      14, UInt64(machine.index), UInt64(page.registers.count),
      line: "[\(now)] \(machine.index) snapshot page of \(page.registers.count)"
        + (page.after == nil ? ", the last" : ""))
    try check(machine)
  }
}
