internal import Foundation
internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// Who is let in, and whose history it is: sync.md, section 7, steps a to d.
struct AdmissionTests {
  private let stranger = EntryID(high: 0xA, low: 99)

  @Test func `spaces of others and spaces that do not exist look the same`() throws {
    let room = try Room()
    var (pen, nowhere) = (Pen(room), Pen(room, space: room.newID()))
    let op = room.op(["a": .null])
    #expect(try room.exchange(pen.request([op]), account: stranger) == .failure(.notMember))
    #expect(try nowhere.fault([op], from: room) == .notMember)
    #expect(try room.log().isEmpty)
    #expect(try room.count("device") == 0 && room.count("device_space") == 0)
  }

  @Test func `who has left a space is a stranger, and may come back`() throws {
    let room = try Room()
    var pen = Pen(room)
    let op = room.op(["a": .null])
    try pen.push([op], to: room)
    try room.database.write {
      try room.ledger.leave(room.space, room.account, now: room.now, in: $0)
    }
    #expect(try pen.fault([room.op(["a": .null])], from: room) == .notMember)
    #expect(throws: ExchangeFault.notMember) {
      try room.database.read {
        try room.ledger.snapshot(
          room.space, after: nil, account: room.account, limit: 10, now: room.now, in: $0)
      }
    }
    try room.database.write { try room.ledger.join(room.space, room.account, as: "member", in: $0) }
    #expect(try pen.push([op], to: room).verdicts == [op.id: .ok(seq: 1, stamp: nil)])
  }

  @Test func `a device belongs to one account`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push(to: room)
    try room.database.write { try room.ledger.join(room.space, stranger, as: "member", in: $0) }
    let request = pen.request([room.op(["a": .null])])
    #expect(try room.exchange(request, account: stranger) == .failure(.forbiddenDevice))
    #expect(try room.exchange(request).get().head.seq == 1)
  }

  @Test func `a device that was shut out stays out`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push(to: room)
    try room.database.write { try $0.execute(sql: "UPDATE device SET revoked_at = 1") }
    #expect(try pen.fault([room.op(["a": .null])], from: room) == .forbiddenDevice)
  }

  @Test func `devices are noted when they come, and named in the page`() throws {
    let room = try Room()
    var (pen, other) = (Pen(room), Pen(room))
    try pen.push([room.op(["a": .null])], to: room)
    let id = pen.device
    try room.database.write {
      try $0.execute(sql: "UPDATE device SET name = 'phone' WHERE id = ?", arguments: [id.data])
    }
    let reply = try other.push([room.op(["a": .null], counter: 1)], to: room)
    #expect(reply.devices == [pen.device: "phone", other.device: ""])
    room.now = room.now + 5_000
    try pen.push(to: room)
    let row = try room.database.read {
      try Row.fetchOne($0, sql: "SELECT * FROM device WHERE name = 'phone'")
    }
    #expect(row?["created"] == room.now.milliseconds - 5_000)
    #expect(row?["last_seen"] == room.now.milliseconds)
    #expect(row?["app"] == "lifeos/1.0.0")
  }

  @Test func `no epoch is the first contact, and only before the first operation`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push([room.op(["a": .null])], to: room)
    let epoch = try room.state().epoch
    pen.epoch = nil
    #expect(try pen.fault(from: room) == .diverged(epoch: epoch))
    pen.cursor = .start
    #expect(try pen.push(to: room).page.count == 1)
  }

  @Test func `another epoch is another history, and takes no number`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push([room.op(["a": .null])], to: room)
    pen.epoch = room.newID()
    let epoch = try room.state().epoch
    let op = room.op(["b": .null])
    let request = pen.request([op])
    #expect(try room.exchange(request) == .failure(.diverged(epoch: epoch)))
    var mended = request
    mended.epoch = epoch
    #expect(try room.exchange(mended).get().verdicts == [op.id: .ok(seq: 2, stamp: nil)])
  }

  @Test(arguments: ["cursor", "seen"], [1, 2, 3, -1, 0])
  func `a point that is not in this history is noticed, and takes the number`(
    point: String, seq: Int64
  ) throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push([room.op(["a": .null]), room.op(["b": .null])], to: room)
    let wrong = LogPoint(seq: seq, chain: 0xBAD)
    if point == "cursor" { pen.cursor = wrong } else { pen.seen = wrong }
    let op = room.op(["c": .null])
    let request = pen.request([op])
    let epoch = try room.state().epoch
    #expect(try room.exchange(request) == .failure(.diverged(epoch: epoch)))
    #expect(try room.exchange(request) == .failure(.staleRequest(number: 2)))
    #expect(try room.log().count == 2)
  }

  @Test func `each point of this history is its own`() throws {
    let room = try Room()
    var pen = Pen(room)
    var points = [LogPoint.start]
    for number in 0..<6 {
      try pen.push([room.op(["a": .number(Int64(number))], counter: number)], to: room)
      points.append(pen.cursor)
    }
    for point in points {
      pen.cursor = point
      pen.seen = point
      let request = pen.request()
      #expect(try room.exchange(request).get().page.map(\.seq) == Array(point.seq + 1..<7))
    }
  }

  @Test func `a cursor of another space proves nothing`() throws {
    let room = try Room()
    let second = EntryID(high: 0x5, low: 2)
    try room.database.write {
      try room.ledger.makeSpace(
        second, kind: "personal", owner: room.account, epoch: room.newID(), in: $0)
    }
    var (here, there) = (Pen(room), Pen(room, space: second))
    there.device = here.device
    let op = room.op(["a": .text("both")])
    try here.push([op], to: room)
    try there.push([op], to: room)
    #expect(here.cursor == there.cursor, "the same operation makes the same chain in both")
    // Only the epoch tells them apart then.
    here.epoch = there.epoch
    #expect(try here.fault(from: room) == .diverged(epoch: try room.state().epoch))
  }

  @Test func `each space and device counts its own requests`() throws {
    let room = try Room()
    let second = EntryID(high: 0x5, low: 2)
    try room.database.write {
      try room.ledger.makeSpace(
        second, kind: "personal", owner: room.account, epoch: room.newID(), in: $0)
    }
    var (here, there, other) = (Pen(room), Pen(room, space: second), Pen(room))
    there.device = here.device
    for _ in 0..<3 { try here.push(to: room) }
    #expect(try there.push(to: room).head == .start)
    #expect(try other.push(to: room).head == .start)
    #expect(there.number == 1 && other.number == 1)
  }

  @Test func `without the chain's rule no history is compared`() throws {
    let room = try Room(without: [.compareChain])
    var pen = Pen(room)
    pen.epoch = room.newID()
    pen.cursor = LogPoint(seq: 9, chain: 9)
    let reply = try pen.push([room.op(["a": .null])], to: room)
    #expect(reply.page.isEmpty && reply.next == LogPoint(seq: 9, chain: 9))
  }

  @Test func `without the rule of the highest head only the cursor is compared`() throws {
    let room = try Room(without: [.compareSeen])
    var pen = Pen(room)
    pen.seen = LogPoint(seq: 9, chain: 9)
    try pen.push(to: room)
    pen.cursor = LogPoint(seq: 9, chain: 9)
    #expect(try pen.fault(from: room) == .diverged(epoch: try room.state().epoch))
  }

  @Test func `without the epoch's rule only the points are compared`() throws {
    let room = try Room(without: [.compareEpoch])
    var pen = Pen(room)
    pen.epoch = room.newID()
    try pen.push(to: room)
    pen.cursor = LogPoint(seq: 9, chain: 9)
    #expect(try pen.fault(from: room) == .diverged(epoch: try room.state().epoch))
  }
}

extension EntryID {
  fileprivate var data: DatabaseValue { bytes.withUnsafeBytes { Data($0) }.databaseValue }
}
