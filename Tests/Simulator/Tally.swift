/// What happened in one schedule or in many.
package struct Tally: Sendable {
  /// The faults that a schedule may meet.
  package enum Fault: String, CaseIterable, Sendable {
    case droppedRequest = "request dropped"
    case delayedRequest = "request delayed"
    case duplicatedRequest = "request duplicated"
    case lostReply = "reply lost"
    case delayedReply = "reply delayed"
    case serverCrashBefore = "server crash before commit"
    case serverCrashAfter = "server crash after commit"
    case crashInApply = "crash in apply"
    case crashInWrite = "crash in write"
    case diskFull = "disk full"
    case powerLoss = "power loss"
    case clockJump = "clock jump"
    case serverRestore = "server restore"
    case deviceRestore = "device restore"
    case copy = "undetected copy"
    case role = "role change"
    case upgrade = "upgrade"
    case poison = "poisoned operation"
    case stranger = "stranger's request"
    case brokenSnapshot = "snapshot page lost"
    case member = "membership change"
    case intruder = "intruder's request"
  }

  package var schedules = 0
  package var writes = 0
  package var operations = 0
  package var refusedWrites = 0
  package var undos = 0
  package var exchanges = 0
  package var snapshotPages = 0
  package var staleRetries = 0
  package var restamped = 0
  package var reconciled = 0
  package var quarantined = 0
  package var conflicts = 0
  /// Operations of groups, groups that a device archived, and deletions of others' rows.
  package var shown = 0
  package var archives = 0
  package var moderations = 0
  /// Two writes that swapped their order where a restored server met a restored or copied device.
  package var flips = 0
  /// The most rounds of exchanges that any schedule took to come to rest.
  package var worstRounds = 0
  package var faults: [Fault: Int] = [:]
  /// Where a transaction was broken off: how many of its statements' steps had run, by powers of two.
  package var crashPoints: [Int: Int] = [:]
  package var violations = 0

  package init() {}

  mutating func count(_ fault: Fault) { faults[fault, default: 0] += 1 }

  package mutating func add(_ other: Tally) {
    schedules += other.schedules
    writes += other.writes
    operations += other.operations
    refusedWrites += other.refusedWrites
    undos += other.undos
    exchanges += other.exchanges
    snapshotPages += other.snapshotPages
    staleRetries += other.staleRetries
    restamped += other.restamped
    reconciled += other.reconciled
    quarantined += other.quarantined
    conflicts += other.conflicts
    shown += other.shown
    archives += other.archives
    moderations += other.moderations
    flips += other.flips
    worstRounds = max(worstRounds, other.worstRounds)
    faults.merge(other.faults, uniquingKeysWith: +)
    crashPoints.merge(other.crashPoints, uniquingKeysWith: +)
    violations += other.violations
  }

  /// For people: a line of figures, a line of faults.
  package var report: String {
    let points = crashPoints.values.reduce(0, +)
    let figures = [
      "schedules \(schedules)",
      "writes \(writes) (\(operations) operations, \(undos) undos, "
        + "\(refusedWrites) refused)", "exchanges \(exchanges)", "snapshot pages \(snapshotPages)",
      "crash points hit \(points) (\(crashPoints.count) magnitudes)", "restamped \(restamped)",
      "reconciliations \(reconciled)", "stale retries \(staleRetries)",
      "quarantined \(quarantined)", "conflicts \(conflicts)",
      "operations in groups \(shown)", "archives \(archives)", "moderations \(moderations)",
      "order flips \(flips)",
      "worst quiescence \(worstRounds) rounds", "violations \(violations)",
    ]
    let counted = Fault.allCases.map { "\($0.rawValue) \(faults[$0] ?? 0)" }
    return figures.joined(separator: ", ") + "\nfaults: " + counted.joined(separator: ", ")
  }
}
