internal import Kernel
internal import SQL

@testable internal import Storage

/// Phase B: everything works again, and all must come to rest and agree.
extension Simulation {
  func heal() throws {
    mix.heal()
    trace.note(20, line: "[\(now)] HEALED")
    for late in flight.shuffled(by: &dice) where violations.isEmpty { try deliver(late) }
    flight = []
    if isReader { try changeRole() }
    for machine in machines {
      machine.offset = 0
      machine.set(now: now)
      try join(machine)
    }
    try reunite()
    try settle()
    // What was refused is sent once more, or written anew; then all must agree.
    if violations.isEmpty, try resend() { try settle() }
  }

  /// Exchanges until nothing changes any more: P9.
  private func settle() throws {
    var rounds = 0
    while violations.isEmpty {
      now += 1
      for machine in machines { machine.set(now: now) }
      let before = try restingState()
      for machine in machines where violations.isEmpty {
        trace.note(21, UInt64(rounds), line: "round \(rounds) of \(machine.index)")
        try sync(machine, machine.person.personal)
        for group in try machine.groups() where violations.isEmpty { try sync(machine, group) }
      }
      if try restingState() == before { break }
      rounds += 1
      if rounds == 200 { violate("P9: no rest after \(rounds) rounds") }
    }
    tally.worstRounds = max(tally.worstRounds, rounds)
  }

  private func restingState() throws -> [[Int64]] {
    try machines.map { try $0.restingState() } + [[Int64(oracles.lines)]]
  }

  private func resend() throws -> Bool {
    var isAny = false
    for machine in machines {
      let archives = Set(try machine.archives())
      for refused in try machine.store.quarantine() where !archives.contains(refused.space) {
        isAny = true
        let before = try machine.peek {
          try $0.integer("SELECT coalesce(max(n), 0) FROM sync_outbox")
        }
        // The operation will never be accepted under this id.
        let fields = refused.op.fields.keys
        excused.formUnion(fields.map { Writ(op: refused.op.id, field: $0) })
        let isTooLarge = refused.op.fields.values.contains {
          $0.text?.utf8.count ?? 0 > ExchangeRequest.mostFieldBytes
        }
        if isTooLarge {
          try correct(machine, refused.op)
          try machine.store.drop(quarantined: refused.op.id)
        } else if isForbidden(refused, machine) {
          // A row of somebody else's, and no moderator any more.
          try machine.store.drop(quarantined: refused.op.id)
          continue
        } else {
          try machine.store.retry(quarantined: refused.op.id)
        }
        try capture(machine, after: isTooLarge ? before : 0, "retry")
      }
    }
    return isAny
  }

  /// A person makes the text shorter.
  private func correct(_ machine: Machine, _ refused: Op) throws {
    try machine.store.write("Shorten") { hand in
      try save(machine.edition.types[0], refused.row, [1: .text("short \(refused.id)")], hand)
    }
  }

  // MARK: At the end

  /// Nothing is lost, and all agree: P1, P3, P5, P6, P9, P12, P13.
  func checkEnd() throws {
    try checkServer()
    try checkTruth()
    for space in host.spaces where violations.isEmpty {
      let registers = oracles[space].registers
      let versions = oracles[space].versions
      for machine in machines where violations.isEmpty {
        guard try machine.store.syncSpaces().contains(space) else { continue }
        try checkEnd(machine, space, registers, versions)
      }
    }
    try checkLosses()
    checkCauses()
  }

  private func checkEnd(
    _ machine: Machine, _ space: EntryID, _ registers: String, _ versions: String
  ) throws {
    let rest = try machine.rest(in: space)
    if rest.waiting != 0 || rest.repairs != 0 {
      violate("P9: \(machine.index) keeps \(rest.waiting) operations and \(rest.repairs) repairs")
    }
    if rest.cursor != Int64(oracles[space].log.count) {
      violate("P9: the cursor of \(machine.index) is not at the head")
    }
    let own = try Reading.registers(machine, space)
    if own != registers, try !isAllDropped(machine, own, registers) {
      violate("P3: the registers of \(machine.index): " + difference(own, registers))
    }
    try checkVersions(machine, space, versions)
  }

  /// What a person gave up sending stays on his device alone.
  private func isAllDropped(
    _ machine: Machine, _ found: String, _ expected: String
  ) throws -> Bool {
    let dropped = try Reading.dropped(machine)
    let more = Set(found.split(separator: ";")).subtracting(expected.split(separator: ";"))
    let less = Set(expected.split(separator: ";")).subtracting(found.split(separator: ";"))
    let places = Set(more.map { $0.split(separator: " ").prefix(3).joined(separator: " ") })
    return more.allSatisfy { line in dropped.contains { line.contains($0) } }
      && less.allSatisfy {
        places.contains($0.split(separator: " ").prefix(3).joined(separator: " "))
      }
  }

  /// Every value that lost can be read on the device: P6.
  private func checkVersions(_ machine: Machine, _ space: EntryID, _ expected: String) throws {
    let found = try Reading.versions(machine, space)
    let oracle = oracles[space]
    guard found != expected else { return }
    let own = Set(found.split(separator: ";"))
    for (place, all) in oracle.all {
      for said in all where said.op != oracle.greatest[place]?.op {
        guard !own.contains(Substring(Oracle.text(place, said))) else { continue }
        guard !machine.unseen.contains(Writ(op: said.op, field: place.field)) else { continue }
        violate("P6: a version is not on \(machine.index): \(Oracle.text(place, said).prefix(150))")
        return
      }
    }
  }

  /// What was told to be saved is on the server: P1, P12.
  private func checkLosses() throws {
    let archived = try archivedWrits()
    for (op, write) in written {
      for field in write.fields.keys {
        let writ = Writ(op: op, field: field)
        guard !oracles[write.space].accepted.contains(writ), !excused.contains(writ),
          !archived.contains(writ)
        else { continue }
        violate("P1: \(op) \(field) of \(write.machine) is lost")
        return
      }
    }
  }

  /// A write made after another one was seen beats it: P5.
  private func checkCauses() {
    // Where a restored server meets a restored or copied device, two writes of one device may swap.
    let faults = tally.faults
    let isDouble =
      faults[.serverRestore] != nil && (faults[.deviceRestore] != nil || faults[.copy] != nil)
    for cause in causes {
      let stamps = oracles[cause.space].stamps
      guard let before = stamps[cause.before], let after = stamps[cause.after], before >= after
      else { continue }
      guard !isDouble else {
        tally.flips += 1
        return
      }
      violate("P5: \(cause.after) saw \(cause.before) and does not beat it")
      return
    }
  }
}

extension Array {
  /// In another order.
  fileprivate func shuffled(by dice: inout Dice) -> [Element] {
    var left = self
    var shuffled: [Element] = []
    while !left.isEmpty { shuffled.append(left.remove(at: dice.below(left.count))) }
    return shuffled
  }
}
