internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// Pages of registers: sync.md, section 6.
struct SnapshotTests {
  private func snapshot(_ room: Room, limit: Int) throws -> [SnapshotPage] {
    var pages: [SnapshotPage] = []
    var after: SnapshotKey?
    repeat {
      let start = after
      let page = try room.database.read {
        try room.ledger.snapshot(
          room.space, after: start, account: room.account, limit: limit, now: room.now, in: $0)
      }
      after = page.after
      pages.append(page)
    } while after != nil
    return pages
  }

  private func filled(rows: Int) throws -> Room {
    let room = try Room()
    var pen = Pen(room)
    var dice = Dice(seed: 4)
    let names = ["_del", "a", "b", "c", "e"]
    let ops = (0..<rows).map { number in
      let kind: Kind = ["journal", "journal_entry", "Zebra"][Int.random(in: 0..<3, using: &dice)]
      let fields: [String: Value] = [
        "a": .number(Int64(number)), "b": .flag(number % 2 == 0), "c": .text("t\(number)"),
        Op.deleted: .flag(false), "e": .null,
      ]
      let count = Int.random(in: 1...5, using: &dice)
      return room.op(
        fields.filter { $0.key <= names[count - 1] },
        row: EntryID(high: dice.next(), low: dice.next()), kind: kind, counter: number)
    }
    try pen.push(ops, to: room)
    return room
  }

  @Test(arguments: [1, 2, 7, 50, 5_000])
  func `pages of any size give every register once, with its own value`(limit: Int) throws {
    let room = try filled(rows: 60)
    let pages = try snapshot(room, limit: limit)
    let registers = pages.flatMap(\.registers)
    #expect(try registers == room.registers())
    #expect(try Int64(registers.count) == room.state().registers)
    var given: [[String]: Value] = [:]
    for line in try room.log() {
      for (field, value) in line.op.fields {
        given[[line.op.kind.name, line.op.row.description, field]] = value
      }
    }
    for register in registers {
      let key = [register.kind.name, register.row.description, register.field]
      #expect(given[key] == register.value)
    }
  }

  @Test(arguments: [1, 3, 20])
  func `a page ends with a whole row and says which`(limit: Int) throws {
    let pages = try snapshot(try filled(rows: 40), limit: limit)
    #expect(pages.count > 2)
    for (page, next) in zip(pages, pages.dropFirst()) {
      let (last, first) = (page.registers.last, next.registers.first)
      #expect(last?.row != first?.row || last?.kind != first?.kind)
      #expect(
        page.after.map { [$0.kind.name, $0.row.description] }
          == last.map {
            [$0.kind.name, $0.row.description]
          })
      // A row has up to five registers here.
      #expect(page.registers.count < limit + 5)
    }
  }

  @Test func `a page holds about 2 MiB`() throws {
    let room = try Room()
    var pen = Pen(room)
    let text = Value.text(String(repeating: "x", count: 250_000))
    for number in 0..<20 {
      try pen.push(
        [room.op(["a": text], row: room.newID(), counter: number)], want: 0, to: room)
    }
    #expect(try snapshot(room, limit: 5_000).map(\.registers.count) == [9, 9, 2])
  }

  @Test func `an empty space is one empty page`() throws {
    let room = try Room()
    let pages = try snapshot(room, limit: 10)
    #expect(pages.count == 1 && pages[0].registers.isEmpty && pages[0].after == nil)
    #expect(try pages[0].head == .start && pages[0].epoch == room.state().epoch)
  }

  @Test func `a snapshot and the log after its head give the registers`() throws {
    let room = try filled(rows: 30)
    let first = try snapshot(room, limit: 5_000)[0]
    var pen = Pen(room)
    let row = first.registers[0].row
    let edit = room.op(
      ["a": .text("later")], row: row, kind: first.registers[0].kind, ahead: 1)
    try pen.push([edit], to: room)
    var reader = Pen(room)
    reader.epoch = first.epoch
    reader.cursor = first.head
    reader.seen = first.head
    #expect(try reader.push(to: room).page.map(\.op) == [edit])
  }

  @Test func `strangers get no snapshot`() throws {
    let room = try filled(rows: 3)
    let stranger = EntryID(high: 0xA, low: 99)
    for space in [room.space, room.newID()] {
      #expect(throws: ExchangeFault.notMember) {
        try room.database.read {
          try room.ledger.snapshot(
            space, after: nil, account: stranger, limit: 10, now: room.now, in: $0)
        }
      }
    }
  }
}
