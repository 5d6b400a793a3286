internal import Kernel
internal import Ledger
internal import Testing

/// Registers that devices give back after the server was restored: sync.md, section 7, step e.
struct RepairTests {
  private let row = EntryID(high: 7, low: 7)

  private func register(
    _ field: String, _ value: Value, of op: EntryID, at stamp: Stamp
  ) -> Register {
    Register(
      kind: "journal", row: row, field: field, authorship: Authorship(stamp: stamp, op: op),
      value: value)
  }

  private func stamp(_ room: Room, _ ahead: Int64 = 0) -> Stamp {
    Stamp(milliseconds: (room.now + ahead).milliseconds, counter: 0)
  }

  @Test func `what is given back keeps its author, in a line of its own`() throws {
    let room = try Room()
    var pen = Pen(room)
    let lost = room.newID()
    let back = register("a", .text("x"), of: lost, at: stamp(room))
    let reply = try pen.push(repairs: [back], to: room)
    #expect(reply.verdicts == [lost: .ok(seq: 1, stamp: nil)])
    let line = try #require(reply.page.first)
    #expect(line.op.id == Digest.repairID(lost, "a") && line.origin == lost)
    #expect(line.authorship == back.authorship && line.op.fields == ["a": .text("x")])
    #expect(line.device == nil, "who gives it back has not written it")
    #expect(try room.registers() == [back])
    #expect(try room.flaws() == [])
  }

  @Test func `what several devices give back is there once`() throws {
    let room = try Room()
    let lost = room.newID()
    let back = register("a", .text("x"), of: lost, at: stamp(room))
    for _ in 0..<3 {
      var pen = Pen(room)
      let reply = try pen.push(repairs: [back, back], to: room)
      #expect(reply.verdicts == [lost: .ok(seq: 1, stamp: nil)])
    }
    #expect(try room.log().count == 1)
  }

  @Test func `a value that had lost is a version again, in either order`() throws {
    for isOldFirst in [true, false] {
      let room = try Room()
      var pen = Pen(room)
      let old = register("a", .text("old"), of: room.newID(), at: stamp(room))
      let new = register("a", .text("new"), of: room.newID(), at: stamp(room, 5))
      try pen.push(repairs: isOldFirst ? [old, new] : [new, old], to: room)
      try pen.push(repairs: [old, new], to: room)
      #expect(try room.registers() == [new])
      #expect(try room.versions().map(\.register) == [old])
      #expect(try room.log().count == 2)
      #expect(try room.flaws() == [])
    }
  }

  @Test func `an operation that is here is not given back again`() throws {
    let room = try Room()
    var pen = Pen(room)
    let op = room.op(["a": .text("x"), "b": .text("y")])
    try pen.push([op], to: room)
    let newer = room.op(["a": .text("z")], ahead: 1)
    try pen.push([newer], to: room)
    // One of its fields stands, the other one has become a version.
    for field in ["a", "b"] {
      let back = register(field, op.fields[field] ?? .null, of: op.id, at: op.stamp)
      let moved = register(field, op.fields[field] ?? .null, of: op.id, at: stamp(room, 9))
      #expect(
        try pen.push(repairs: [back], to: room).verdicts == [op.id: .ok(seq: 1, stamp: nil)])
      #expect(
        try pen.push(repairs: [moved], to: room).verdicts
          == [op.id: .ok(seq: 1, stamp: op.stamp)])
    }
    #expect(try room.log().count == 2)
  }

  @Test func `an operation is accepted whole after one of its fields was given back`() throws {
    let room = try Room()
    var pen = Pen(room)
    let op = room.op(["a": .text("x"), "b": .text("y")])
    try pen.push(repairs: [register("a", .text("x"), of: op.id, at: op.stamp)], to: room)
    let reply = try pen.push([op], to: room)
    #expect(reply.verdicts == [op.id: .ok(seq: 2, stamp: nil)])
    #expect(try room.registers().map(\.field) == ["a", "b"])
    #expect(try room.registers().allSatisfy { $0.authorship == op.authorship })
    #expect(try room.flaws() == [])
  }

  @Test func `an operation takes the stamp that its fields were given back with`() throws {
    let room = try Room()
    var pen = Pen(room)
    let op = room.op(["a": .text("x"), "b": .text("y")])
    let given = stamp(room, -50)
    try pen.push(repairs: [register("a", .text("x"), of: op.id, at: given)], to: room)
    let next = room.op(["a": .text("z")], counter: 1)
    let reply = try pen.push([op, next], to: room)
    #expect(reply.verdicts == [op.id: .ok(seq: 2, stamp: given), next.id: .skipped])
    #expect(try room.registers().allSatisfy { $0.authorship.stamp == given })
    // And its stamp is not judged: it was accepted once.
    var far = op
    far.stamp = stamp(room, 1 << 40)
    #expect(try pen.push([far], to: room).verdicts == [op.id: .ok(seq: 2, stamp: given)])
    #expect(try room.flaws() == [])
  }

  @Test func `fields of one operation come back under one stamp`() throws {
    let room = try Room()
    var pen = Pen(room)
    let lost = room.newID()
    let first = register("a", .text("x"), of: lost, at: stamp(room))
    let second = register("b", .text("y"), of: lost, at: stamp(room, 5))
    let reply = try pen.push(repairs: [first, second], to: room)
    #expect(reply.verdicts == [lost: .ok(seq: 2, stamp: stamp(room))])
    #expect(Set(try room.registers().map(\.authorship)) == [first.authorship])
  }

  @Test func `a stamp from the future comes back as far as it may, the same for all`() throws {
    let room = try Room()
    var (pen, other) = (Pen(room), Pen(room))
    let lost = room.newID()
    let back = register("a", .text("x"), of: lost, at: stamp(room, 1 << 40))
    let most = Stamp(milliseconds: (room.now + Ledger.mostAhead).milliseconds, counter: 0xFFFF)
    #expect(
      try pen.push(repairs: [back], to: room).verdicts == [lost: .ok(seq: 1, stamp: most)])
    room.now = room.now + 1_000
    #expect(
      try other.push(repairs: [back], to: room).verdicts == [lost: .ok(seq: 1, stamp: most)])
    // Whoever has seen it can write above it in a moment.
    room.now = room.now + 1
    let edit = Op(
      id: room.newID(), stamp: Stamp(bits: most.bits + 1), kind: "journal", row: row,
      fields: ["a": .text("y")], group: room.newID())
    #expect(try pen.push([edit], to: room).verdicts == [edit.id: .ok(seq: 2, stamp: nil)])
    #expect(try room.registers().map(\.value) == [.text("y")])
    #expect(try room.flaws() == [])
  }

  @Test func `a register that no operation could have written is refused`() throws {
    let room = try Room()
    var pen = Pen(room)
    let bad = [
      register("a b", .null, of: room.newID(), at: stamp(room)),
      register("a", .number(.max), of: room.newID(), at: stamp(room)),
      register(Op.deleted, .null, of: room.newID(), at: stamp(room)),
    ]
    let reply = try pen.push(repairs: bad, to: room)
    #expect(bad.allSatisfy { reply.verdicts[$0.authorship.op] == .refused(.invalid) })
    #expect(try room.log().isEmpty)
  }
}

/// A server that was restored, and devices that notice: section 12, cases 25 to 31.
struct RestoreTests {
  /// All values that a device has read: what it gives back.
  private func held(by pen: Pen) -> [Register] {
    pen.page.flatMap { line in
      line.op.fields.map { field, value in
        Register(
          kind: line.op.kind, row: line.op.row, field: field, authorship: line.authorship,
          value: value)
      }
    }
  }

  private func giveBack(_ pen: inout Pen, to room: Room) throws {
    let all = held(by: pen)
    pen.epoch = try room.state().epoch
    (pen.cursor, pen.seen, pen.page) = (.start, .start, [])
    for start in stride(from: 0, to: all.count, by: 4) {
      try pen.push(repairs: Array(all[start..<min(start + 4, all.count)]), to: room)
    }
    while try pen.push(to: room).more {}
  }

  private func ops(_ room: Room, _ count: Int, from first: Int) -> [Op] {
    (first..<first + count).map { number in
      room.op(
        ["a": .number(Int64(number)), "b\(number % 3)": .text("\(number)")],
        row: EntryID(high: 7, low: UInt64(number % 4)), counter: number)
    }
  }

  @Test(arguments: [true, false])
  func `a server restored while nobody wrote gets everything back`(rotating: Bool) throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push(ops(room, 5, from: 0), to: room)
    let backup = try room.backup()
    try pen.push(ops(room, 9, from: 5), to: room)
    let (registers, versions) = (try room.registers(), try room.versions())
    let digest = try room.state().digest
    try room.restore(backup, rotating: rotating)
    let epoch = try room.state().epoch
    #expect((epoch == pen.epoch) != rotating)
    #expect(try pen.fault(from: room) == .diverged(epoch: epoch))
    try giveBack(&pen, to: room)
    #expect(try room.registers() == registers)
    #expect(try room.versions().map(\.register) == versions.map(\.register))
    #expect(try room.state().digest == digest)
    #expect(try room.flaws() == [])
  }

  @Test func `others who wrote past the old head do not hide the restore`() throws {
    let room = try Room()
    var (pen, other) = (Pen(room), Pen(room))
    try pen.push(ops(room, 4, from: 0), to: room)
    try other.push(to: room)
    let backup = try room.backup()
    try pen.push(ops(room, 3, from: 4), to: room)
    try room.restore(backup, rotating: false)
    try other.push(ops(room, 6, from: 7), to: room)
    #expect(try room.state().head.seq > pen.cursor.seq)
    #expect(try pen.fault(from: room) == .diverged(epoch: try room.state().epoch))
    try giveBack(&pen, to: room)
    try giveBack(&other, to: room)
    let numbers = try room.registers().filter { $0.field == "a" }.compactMap(\.value.number)
    #expect(numbers.sorted() == [9, 10, 11, 12])
    #expect(try room.registers().count + room.versions().count == 26)
    #expect(try room.flaws() == [])
  }

  @Test func `a device that had only pushed notices by the highest head`() throws {
    let room = try Room()
    var pen = Pen(room)
    let first = ops(room, 2, from: 0)
    try pen.push(first, to: room)
    let backup = try room.backup()
    // The reply acknowledges, but its page was never taken in: the cursor stays.
    let more = ops(room, 2, from: 2)
    let reply = try room.exchange(pen.request(more)).get()
    pen.seen = reply.head
    try room.restore(backup, rotating: false)
    #expect(try pen.fault(from: room) == .diverged(epoch: try room.state().epoch))
  }

  @Test func `two restores in a row heal as one`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push(ops(room, 3, from: 0), to: room)
    let backup = try room.backup()
    try pen.push(ops(room, 3, from: 3), to: room)
    let digest = try room.state().digest
    for _ in 0..<2 {
      try room.restore(backup, rotating: true)
      try giveBack(&pen, to: room)
      #expect(try room.state().digest == digest)
    }
    #expect(try room.flaws() == [])
  }

  @Test func `copies of a device share their numbers and lose nothing`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push(ops(room, 2, from: 0), to: room)
    var copy = pen
    let (mine, yours) = (ops(room, 1, from: 2), ops(room, 1, from: 3))
    try pen.push(mine, to: room)
    guard case .staleRequest(let number)? = try copy.fault(yours, from: room) else {
      Issue.record("the copy's number was used already")
      return
    }
    copy.number = number
    let reply = try copy.push(yours, to: room)
    #expect(reply.verdicts == [yours[0].id: .ok(seq: 4, stamp: nil)])
    #expect(reply.page.map(\.op) == mine + yours)
  }

  @Test func `a device that was rolled back after a push finds its own writes`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push(ops(room, 2, from: 0), to: room)
    let old = pen
    let pushed = ops(room, 2, from: 2)
    try pen.push(pushed, to: room)
    pen = old
    guard case .staleRequest(let number)? = try pen.fault(from: room) else {
      Issue.record("the number was used already")
      return
    }
    pen.number = number
    #expect(try pen.push(to: room).page.map(\.op) == pushed)
  }
}
