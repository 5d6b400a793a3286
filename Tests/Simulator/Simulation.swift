internal import GRDB
internal import Kernel
internal import Ledger

@testable internal import Storage

/// One schedule: devices with real stores, a server with the real ledger, a line that loses and delays,
/// and a clock that only the schedule moves. Everything is decided by the seed.
///
/// First safety, with faults (phase A), then everything is healed and must come to rest (phase B).
package final class Simulation {
  let seed: UInt64
  let mutant: Mutant?
  var mix: Mix
  var dice: Dice
  var texts: Dice
  /// Where transactions are broken off: the places depend on the code, the schedule must not.
  var strikes: Dice
  let ids: IDSource
  let shelf: Shelf
  let host: Host
  var now: Int64 = 1_795_176_000_000
  var machines: [Machine] = []
  var flight: [Flight] = []
  var deviceCopies: [(machine: Int, queue: DatabaseQueue, hasJoined: Bool)] = []
  var oracles = Oracles()
  /// What each operation that a person was told is saved has said.
  var written: [EntryID: Written] = [:]
  /// Values that went down with a disk, where nobody else held them.
  var excused: Set<Writ> = []
  var causes: [Cause] = []
  var stampsOf: [Seat: [Stamp: EntryID]] = [:]
  /// Whose row it is that lies in a group.
  var owners: [EntryID: EntryID] = [:]
  var isReader = false
  /// Greater than what a flag may be taken for.
  var token = 100
  package var tally = Tally()
  /// What was found wrong; the schedule ends with the first.
  package private(set) var violations: [String] = []
  var trace: Trace

  /// A write that was told to be saved.
  struct Written {
    /// Negative for the server.
    let machine: Int
    let space: EntryID
    let kind: String
    let row: EntryID
    let fields: [String: Value]
  }

  /// A device in a space.
  struct Seat: Hashable {
    let machine: Int
    let space: EntryID
  }

  /// `after` was written where `before` had been seen in the same register.
  struct Cause {
    let space: EntryID
    let place: Place
    let before: EntryID
    let after: EntryID
  }

  init(
    seed: UInt64, mix: Mix? = nil, mutant: Mutant? = nil, shelf: Shelf, prints: Bool = false
  ) throws {
    self.seed = seed
    self.mutant = mutant
    self.shelf = shelf
    var mixing = Dice(seed: seed, stream: .mix)
    self.mix = mix ?? mutant?.mix(&mixing) ?? Mix.drawn(&mixing)
    dice = Dice(seed: seed, stream: .schedule)
    texts = Dice(seed: seed, stream: .text)
    strikes = Dice(seed: seed, stream: .faults)
    ids = IDSource(seed: seed)
    trace = Trace(prints: prints)
    host = try Host(
      queue: shelf.host(), rules: Simulation.rules(mutant), ids: ids, people: self.mix.people,
      groups: self.mix.circles)
    try found()
    for index in 0..<self.mix.devices {
      try addMachine(edition(index))
      if dice.chance(self.mix.joined) { try join(machines[index]) }
    }
  }

  static func rules(_ mutant: Mutant?) -> SyncRules {
    #if DEBUG
      SyncRules(without: mutant?.broken ?? [])
    #else
      SyncRules()
    #endif
  }

  private func edition(_ index: Int) -> Edition {
    if index > 0, dice.chance(mix.older) { return .older }
    if index > 1, dice.chance(mix.odd) { return .odd }
    return .current
  }

  func addMachine(_ edition: Edition) throws {
    let machine = try Machine(
      index: machines.count, person: host.people[machines.count % host.people.count],
      queue: shelf.device(edition), edition: edition,
      rules: Simulation.rules(mutant), ids: ids)
    machine.set(now: now)
    machine.longHistory = mix.longHistory
    try machine.becomeNew()
    machines.append(machine)
  }

  /// Whether the mutant breaks a rule that the simulator itself follows.
  func follows(_ rule: SyncRule) -> Bool { mutant?.broken.contains(rule) != true }

  func violate(_ what: String) {
    trace.note(0xBAD, line: "[\(now)] VIOLATION \(what)")
    violations.append(what)
  }

  /// Runs it to its end.
  package func run() {
    do {
      var step = 0
      while step < mix.steps, violations.isEmpty {
        try self.step()
        step += 1
        if step % 40 == 0, violations.isEmpty { try checkDigests() }
      }
      if violations.isEmpty { try checkServer() }
      if violations.isEmpty { try heal() }
      if violations.isEmpty { try checkEnd() }
    } catch {
      violate("unexpected error: \(error)")
    }
    close()
  }

  func close() {
    tally.schedules = 1
    tally.violations = violations.isEmpty ? 0 : 1
    host.giveBack(to: shelf)
    for machine in machines {
      shelf.take(machine.queue)
      if let queue = machine.beforeCommit { shelf.take(queue) }
    }
    for copy in deviceCopies { shelf.take(copy.queue) }
  }

  /// Two runs with the same seed have the same.
  package var traceHash: UInt64 { trace.hash }

  // MARK: A step

  func step() throws {
    now += dice.pick([0, 0, 1, 1, 2, 30_000, 200_000])
    for machine in machines { machine.set(now: now) }
    let acts = Mix.Act.allCases
    let act = acts[dice.weighted(acts.map { mix.weights[$0] ?? 0 })]
    let machine = dice.pick(machines)
    try perform(act, machine)
    if dice.chance(0.05), mix.weights[.serverRestore] ?? 0 > 0 {
      try host.keepCopy(oracles, shelf: shelf)
    }
    if dice.chance(0.03), mix.weights[.deviceRestore] ?? 0 > 0 {
      let copy = try shelf.copy(of: machine.queue)
      deviceCopies.append((machine.index, copy, machine.hasJoined))
    }
    if !flight.isEmpty, dice.chance(0.4) {
      try deliver(flight.remove(at: dice.below(flight.count)))
    }
    if violations.isEmpty { try check(machine) }
  }

  private func perform(_ act: Mix.Act, _ machine: Machine) throws {
    switch act {
    case .write: try write(machine)
    case .sync: try sync(machine)
    case .clock: turnClock(machine)
    case .serverRestore: try restoreServer()
    case .deviceRestore: try restoreDevice(machine)
    case .power: try losePower(machine)
    case .copy: try copyMachine(machine)
    case .role: try changeRole()
    case .upgrade: try upgrade(machine)
    case .stranger: try visit()
    case .poison: try poison(machine)
    case .member: try changeMember()
    case .intruder: try intrude()
    }
  }
}
