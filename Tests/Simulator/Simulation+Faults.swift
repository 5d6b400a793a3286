internal import GRDB
internal import Kernel

@testable internal import Storage

/// What befalls machines and their owners.
extension Simulation {
  func join(_ machine: Machine) throws {
    guard !machine.hasJoined else { return }
    let account = SyncAccount(
      id: machine.person.account, user: "sim", serverID: host.server, url: "https://sim.invalid")
    try machine.store.join(account, personalSpace: machine.person.personal)
    machine.hasJoined = true
    trace.note(2, UInt64(machine.index), line: "[\(now)] \(machine.index) joins")
  }

  func turnClock(_ machine: Machine) {
    let seconds: [Int64] = [0, 0, -5, 5, -400, 200, 400, 5000, -100_000, 2000]
    machine.offset = dice.pick(seconds) * 1000
    machine.set(now: now)
    tally.count(.clockJump)
    trace.note(
      3, UInt64(machine.index), UInt64(bitPattern: machine.offset),
      line: "[\(now)] \(machine.index) clock \(machine.offset)")
  }

  /// Memory is gone and with it the connections; what was committed is on the disk.
  func losePower(_ machine: Machine) throws {
    if let before = machine.beforeCommit {
      try Shelf.copy(before, to: machine.queue)
      shelf.take(before)
      machine.beforeCommit = nil
    }
    flight.removeAll { $0.isReply(to: machine.index) }
    try machine.restart()
    tally.count(.powerLoss)
    trace.note(4, UInt64(machine.index), line: "[\(now)] \(machine.index) loses power")
  }

  /// The server's disk died; an older copy takes its place.
  func restoreServer() throws {
    guard !host.copies.isEmpty else { return }
    let choice = dice.below(host.copies.count)
    // Members give back the rows of others after the restore command alone.
    let rotates = dice.chance(0.5) || !host.groups.isEmpty
    guard host.copies[choice].oracles.lines < oracles.lines else { return }
    flight.removeAll { $0.isRequest }
    let lost = host.copies[choice].oracles.missing(of: oracles.accepted)
    oracles = try host.restore(
      choice, rotates: rotates, now: Moment(milliseconds: now), shelf: shelf)
    if isReader { try host.setRole("reader") } else { try host.setRole("owner") }
    try excuse(lost)
    tally.count(.serverRestore)
    trace.note(
      5, UInt64(oracles.lines),
      line: "[\(now)] SERVER RESTORED to \(oracles.lines), epoch \(rotates ? "new" : "kept")")
  }

  /// Home was restored from a backup.
  func restoreDevice(_ machine: Machine) throws {
    let own = deviceCopies.filter { $0.machine == machine.index }
    guard !own.isEmpty else { return }
    let held = try Reading.held(machine)
    let copy = dice.pick(own)
    try Shelf.copy(copy.queue, to: machine.queue)
    machine.hasJoined = copy.hasJoined
    machine.isTainted = true
    try machine.restart()
    try excuse(held)
    tally.count(.deviceRestore)
    trace.note(6, UInt64(machine.index), line: "[\(now)] \(machine.index) RESTORED")
  }

  /// A profile or a virtual machine is copied, and nobody notices.
  func copyMachine(_ machine: Machine) throws {
    guard machines.count < 5 else { return }
    let copy = try Machine(
      index: machines.count, person: machine.person, queue: shelf.copy(of: machine.queue),
      edition: machine.edition,
      rules: machine.rules, ids: ids)
    copy.offset = machine.offset
    copy.hasJoined = machine.hasJoined
    copy.longHistory = machine.longHistory
    copy.unseen = machine.unseen
    copy.isTainted = true
    machine.isTainted = true
    copy.set(now: now)
    machines.append(copy)
    tally.count(.copy)
    trace.note(7, UInt64(machine.index), line: "[\(now)] \(machine.index) copied: \(copy.index)")
  }

  func changeRole() throws {
    isReader.toggle()
    try host.setRole(isReader ? "reader" : "owner")
    tally.count(.role)
    trace.note(8, isReader ? 1 : 0, line: "[\(now)] role \(isReader ? "reader" : "owner")")
  }

  /// A newer program opens the file.
  func upgrade(_ machine: Machine) throws {
    guard machine.edition == .older else { return }
    flight.removeAll { $0.isReply(to: machine.index) }
    try machine.restart(as: .current)
    tally.count(.upgrade)
    trace.note(9, UInt64(machine.index), line: "[\(now)] \(machine.index) upgraded")
  }

  /// Another account asks for this one's space.
  func visit() throws {
    let request = ExchangeRequest(
      space: host.people[0].personal, device: ids.id(), number: 1, app: "lifeos/0", epoch: nil,
      cursor: .start, seen: .start, now: Moment(milliseconds: now), want: 5, repairs: [],
      ops: [
        Op(
          id: ids.id(), stamp: Stamp(milliseconds: now, counter: 0), kind: Note.kind,
          row: ids.id(), fields: ["title": .text("stranger")], group: ids.id())
      ])
    let answer = try host.exchange(
      request, account: host.stranger, now: Moment(milliseconds: now), dies: false)
    guard case .fault(.notMember) = answer else {
      violate("P10: a stranger was let in")
      return
    }
    try readLog()
    tally.count(.stranger)
    trace.note(10, line: "[\(now)] a stranger is refused")
  }

  /// What nobody holds any more cannot come back.
  func excuse(_ lost: Set<Writ>) throws {
    var gone = oracles.missing(of: lost)
    for machine in machines where !gone.isEmpty { gone.subtract(try Reading.held(machine)) }
    excused.formUnion(gone)
  }
}
