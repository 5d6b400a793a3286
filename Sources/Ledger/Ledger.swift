package import GRDB
package import Kernel
internal import SQL

/// The server's memory of what devices wrote: spaces, their logs of operations and their registers.
///
/// It knows no area of life. All its SQL stands on this floor. Each function runs inside the caller's
/// write transaction, so that whoever asks is authorised and executed in one.
package struct Ledger: Sendable {
  let rules: SyncRules
  /// The most bytes that one space's log may hold.
  let quota: Int64

  package init(rules: SyncRules = SyncRules(), quota: Int64 = 10 << 30) {
    self.rules = rules
    self.quota = quota
  }

  /// How far ahead of the server's clock a stamp may be, in milliseconds.
  package static let mostAhead: Int64 = 300_000

  /// The most registers that one row may have: far more than any kind has fields.
  package static let mostRegisters: Int64 = 1_000

  /// One exchange: push and pull. `now` is never earlier than the clock's floor. Throws
  /// `ExchangeFault`; then nothing but the request's number was written, and the caller commits that.
  /// After any other error he rolls back.
  ///
  /// Where a device has given back something that the server keeps, `restate` says how it is, by
  /// `tell`, before the page is read.
  package func exchange(
    _ request: ExchangeRequest, account: EntryID, now: Moment, newEpoch: EntryID,
    in database: Database, restate: (SpaceState) throws -> Void = { _ in }
  ) throws -> ExchangeReply {
    let role = try admit(request, account: account, in: database)
    guard let space = try state(of: request.space, in: database) else {
      throw ExchangeFault.notMember
    }
    try compareEpoch(request, space)
    try takeNumber(request, in: database)
    try comparePoints(request, space, in: database)
    try noteDevice(request, account: account, now: now, in: database)

    let place = LogWriter.Place(
      database: database, account: account, device: request.device, now: now, role: role)
    var log = LogWriter(rules: rules, quota: quota, place: place, space: space)
    let verdicts = try verdicts(on: request, by: &log)
    if log.space != space { try save(log.space, in: database) }
    var present = log.space
    if request.repairs.contains(where: { Kind.keptByServer.contains($0.kind) }) {
      try restate(present)
      present = try state(of: space.id, in: database) ?? present
    }

    let page = try LogPage(request, head: present.head, rules: rules, in: database)
    return ExchangeReply(
      epoch: space.epoch, verdicts: verdicts, page: page.ops, next: page.next,
      head: present.head, digest: present.digest, registers: present.registers,
      more: page.next.seq < present.head.seq, now: now, greatest: present.greatest,
      devices: try names(of: page.ops, in: database))
  }

  /// Who may write into a space. Any other role reads.
  static let writers: Set<String> = ["owner", "admin", "moderator", "member"]

  /// Steps e and f: what devices give back, then what they have written, in order.
  private func verdicts(
    on request: ExchangeRequest, by log: inout LogWriter
  ) throws -> [EntryID: Verdict] {
    var back: [EntryID: Verdict] = [:]
    let own = log.ownership.proven(by: request.repairs)
    for register in request.repairs {
      let verdict = try log.giveBack(register, own: own)
      // Several fields of one operation share its id: what is not plainly well is told.
      if case .ok(_, stamp: nil) = verdict, back[register.authorship.op] != nil { continue }
      back[register.authorship.op] = verdict
    }
    var verdicts: [EntryID: Verdict] = [:]
    var isStopped = false
    // The first verdict on an id counts, should it come twice.
    for op in request.ops where verdicts[op.id] == nil {
      guard !isStopped else {
        verdicts[op.id] = .skipped
        continue
      }
      let verdict = try log.take(op)
      verdicts[op.id] = verdict
      isStopped = verdict.stopsBatch && rules.follow(.stopAtRestamp)
    }
    return verdicts.merging(back) { sent, _ in sent }
  }

  /// The names of the devices that a page mentions.
  private func names(of page: [LoggedOp], in database: Database) throws -> [EntryID: String] {
    var names: [EntryID: String] = [:]
    for device in Set(page.lazy.compactMap(\.device)) {
      names[device] = try database.first("SELECT name FROM device WHERE id = ?", [.id(device)]) {
        $0.text(0)
      }
    }
    return names
  }
}

extension Verdict {
  /// Later operations of the device must not overtake this one, which gets another stamp.
  fileprivate var stopsBatch: Bool {
    switch self {
    case .ahead, .ok(_, stamp: .some): true
    case .ok, .skipped, .refused: false
    }
  }
}
