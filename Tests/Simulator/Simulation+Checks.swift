internal import GRDB
internal import Kernel
internal import SQL

@testable internal import Storage

/// The properties of the design, numbered as there.
extension Simulation {
  // MARK: After each step

  /// What one device must fulfil at any time.
  func check(_ machine: Machine) throws {
    if try Reading.wronglyDead(machine) > 0 { violate("P17: a row is dead against its registers") }
    if dice.chance(0.06) {
      try checkDigest(machine)
      try checkBounds(machine)
    }
  }

  /// Reads what the server has accepted since: P2, P4, P8, P10, P11.
  func readLog() throws {
    for space in host.spaces { try readLog(space) }
  }

  private func readLog(_ space: EntryID) throws {
    let known = Int64(oracles[space].log.count)
    let lines = try Reading.log(host.queue, space, after: known)
    guard !lines.isEmpty else { return }
    for wrong in oracles[space].accept(lines, serverNow: now) { violate(wrong) }
    for line in lines {
      trace.note([line.id, line.row])
      trace.note(
        UInt64(line.seq), line.stamp.bits,
        line: "[\(now)] LOG \(line.seq) \(line.id) t=\(line.stamp.bits)"
          + (line.origin.map { " for \($0)" } ?? ""))
      try checkAuthor(line, space)
    }
    try checkServerRegisters(lines, space)
  }

  private func checkAuthor(_ line: Oracle.Line, _ space: EntryID) throws {
    if line.account == host.server { return hear(line, space) }
    guard let write = written[line.author] else {
      violate("P2: \(line.author) was accepted, and nobody wrote it")
      return
    }
    for (field, value) in line.fields where write.fields[field] != value {
      violate("P13: \(line.author) \(field) came as \(value), not \(write.fields[field] as Any)")
    }
    if line.origin == nil, line.fields.count != write.fields.count {
      violate("P13: \(line.author) lost fields")
    }
    if write.space != space { violate("P10: \(line.author) came into another space") }
    try checkRight(line, space)
    guard write.machine >= 0, !machines[write.machine].isTainted else { return }
    let seat = Seat(machine: write.machine, space: space)
    if let other = stampsOf[seat]?[line.stamp], other != line.author {
      violate("P11: a device's stamp came twice")
    }
    stampsOf[seat, default: [:]][line.stamp] = line.author
  }

  /// The registers that these lines have touched show their greatest value: P4.
  private func checkServerRegisters(_ lines: [Oracle.Line], _ space: EntryID) throws {
    let oracle = oracles[space]
    var touched: Set<Place> = []
    for line in lines {
      for field in line.fields {
        touched.insert(Place(kind: line.kind, row: line.row, field: field.name))
      }
    }
    try host.queue.inDatabase { database in
      for place in touched {
        let author = try database.first(
          "SELECT t, op FROM reg WHERE space = ? AND coll = ? AND id = ? AND field = ?",
          [.id(space), .text(place.kind), .id(place.row), .text(place.field)]
        ) { ($0.stamp(0), $0.id(1)) }
        let best = oracle.greatest[place]
        if author?.0 != best?.stamp || author?.1 != best?.op {
          violate("P4: \(place.kind).\(place.field) does not show its greatest value")
        }
      }
    }
  }

  /// A page never ends inside a group that the log held already.
  func checkReply(_ reply: ExchangeReply, to request: ExchangeRequest) {
    guard let last = reply.page.last, reply.next.seq == last.seq else { return }
    let index = Int(last.seq)
    let oracle = oracles[request.space]
    guard index < oracle.log.count, index > 0 else { return }
    let (line, next) = (oracle.log[index - 1], oracle.log[index])
    if let group = line.group, group == next.group, line.origin == nil, next.origin == nil {
      violate("a page ended inside a group")
    }
  }

  /// What lies below the cursor has been applied: P7.
  func checkApplied(
    _ machine: Machine, _ space: EntryID, from start: LogPoint, to end: LogPoint
  ) throws {
    let log = oracles[space].log
    guard end.seq > start.seq, end.seq <= Int64(log.count) else { return }
    guard try hostChain(space, end.seq) == end.chain else { return }
    guard try !machine.archives().contains(space) else { return }
    try checkLines(machine, space, log[Int(start.seq)..<Int(end.seq)])
  }

  private func checkLines(
    _ machine: Machine, _ space: EntryID, _ lines: ArraySlice<Oracle.Line>
  ) throws {
    try machine.peek { database in
      for line in lines {
        for field in line.fields {
          let clock = try database.first(
            "SELECT t, op FROM sync_clock WHERE space = ? AND coll = ? AND id = ? AND field = ?",
            [.id(space), .text(line.kind), .id(line.row), .text(field.name)]
          ) { ($0.stamp(0), $0.id(1)) }
          guard let clock, let op = clock.1 else {
            violate("P7: \(line.seq) is below the cursor of \(machine.index) and not applied")
            return
          }
          // An operation under two stamps is another fault, found elsewhere.
          if op != line.author, (clock.0, op) < (line.stamp, line.author) {
            violate("P7: \(line.seq) is below the cursor of \(machine.index) and has lost")
            return
          }
        }
      }
    }
  }

  private func hostChain(_ space: EntryID, _ seq: Int64) throws -> UInt64 {
    try host.queue.inDatabase {
      UInt64(
        bitPattern: try $0.integer(
          "SELECT chain FROM op_log WHERE space = ? AND seq = ?",
          [.id(space), .integer(seq)]))
    }
  }

  // MARK: Now and then

  /// The running digests are what they would be from scratch: P18.
  func checkDigests() throws {
    for machine in machines {
      try checkDigest(machine)
      try checkBounds(machine)
    }
    for space in host.spaces {
      let (real, kept) = try Reading.serverDigests(host.queue, space)
      if real != kept { violate("P18: the server's digest") }
    }
  }

  private func checkDigest(_ machine: Machine) throws {
    for (real, kept) in try Reading.deviceDigests(machine) where real != kept {
      violate("P18: the digest of \(machine.index)")
    }
  }

  /// The server shows all greatest values and keeps all others: P4, P6.
  func checkServer() throws {
    try checkDigests()
    for space in host.spaces { try checkServer(oracles[space], space) }
  }

  private func checkServer(_ oracle: Oracle, _ space: EntryID) throws {
    let registers = try Reading.serverText("reg", host.queue, space)
    if registers != oracle.registers {
      violate("P4: the server's registers: " + difference(registers, oracle.registers))
    }
    let versions = try Reading.serverText("version", host.queue, space)
    if versions != oracle.versions {
      violate("P6: the server's versions: " + difference(versions, oracle.versions))
    }
  }

  func difference(_ found: String, _ expected: String) -> String {
    let (found, expected) = (
      Set(found.split(separator: ";")), Set(expected.split(separator: ";"))
    )
    let more = found.subtracting(expected).sorted().prefix(2).map { $0.prefix(150) }
    let less = expected.subtracting(found).sorted().prefix(2).map { $0.prefix(150) }
    return "unexpected \(more), missing \(less)"
  }
}
