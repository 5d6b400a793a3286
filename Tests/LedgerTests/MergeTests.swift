internal import Kernel
internal import Ledger
internal import Testing

/// Which value a register shows: sync.md, section 7, "Merge".
struct MergeTests {
  @Test func `on equal stamps the greater id wins, in either order`() throws {
    for isSmallFirst in [true, false] {
      let room = try Room()
      var pen = Pen(room)
      let small = room.op(["a": .text("small")], id: EntryID(high: 1, low: 1))
      let great = room.op(["a": .text("great")], id: EntryID(high: 1, low: 2))
      try pen.push(isSmallFirst ? [small, great] : [great, small], to: room)
      #expect(try room.registers().map(\.value) == [.text("great")])
      #expect(try room.versions().map(\.register.value) == [.text("small")])
    }
  }

  @Test func `each field is a register of its own`() throws {
    let room = try Room()
    var (pen, other) = (Pen(room), Pen(room))
    let renamed = room.op(["title": .text("new")], ahead: 1)
    let ticked = room.op(["title": .text("old"), "done": .flag(true)])
    try pen.push([renamed], to: room)
    try other.push([ticked], to: room)
    let values = Dictionary(
      uniqueKeysWithValues: try room.registers().map { ($0.field, $0.value) })
    #expect(values == ["title": .text("new"), "done": .flag(true)])
    #expect(try room.versions().map(\.register.value) == [.text("old")])
  }

  @Test func `a row that is deleted and made again under the same id lives`() throws {
    let room = try Room()
    var (pen, other) = (Pen(room), Pen(room))
    let row = Digest.derivedID("checkin", ["2026-11-20", "am"])
    func op(_ fields: [String: Value], _ ahead: Int64) -> Op {
      room.op(fields, row: row, kind: "checkin", ahead: ahead)
    }
    let made = op(["mood": .number(3)], 0)
    let deleted = op([Op.deleted: .flag(true)], 1)
    let again = op(["mood": .number(4), Op.deleted: .flag(false)], 2)
    try pen.push([made, deleted], to: room)
    try other.push([again], to: room)
    let values = Dictionary(
      uniqueKeysWithValues: try room.registers().map { ($0.field, $0.value) })
    #expect(values == ["mood": .number(4), Op.deleted: .flag(false)])
    #expect(try room.versions().count == 2)
  }

  @Test func `every kind of value is kept as it was`() throws {
    let room = try Room()
    var pen = Pen(room)
    let texts = ["", "0", "true", "null", "\u{FEFF}x", "e\u{301}", "\u{E9}", "\u{202E}x", "👩‍🚀"]
    var fields: [String: Value] = [
      "n": .null, "t": .flag(true), "f": .flag(false), "zero": .number(0), "one": .number(1),
      "most": .number((1 << 53) - 1), "least": .number(-(1 << 53) + 1),
    ]
    for (index, text) in texts.enumerated() { fields["text\(index)"] = .text(text) }
    let op = room.op(fields)
    try pen.push([op], to: room)
    var reader = Pen(room)
    let read = try #require(try reader.push(to: room).page.first)
    var registers: [String: Value] = [:]
    for register in try room.registers() { registers[register.field] = register.value }
    for (field, value) in fields {
      for found in [read.op.fields[field], registers[field]] {
        #expect(found == value)
        // Equal in Swift are also texts of other bytes.
        #expect(found?.text.map { Array($0.utf8) } == value.text.map { Array($0.utf8) })
      }
    }
  }

  @Test func `a thousand edits of one field leave a thousand readable values`() throws {
    let room = try Room()
    var (pen, other) = (Pen(room), Pen(room))
    let edits = (0..<1_000).map { room.op(["a": .number(Int64($0))], counter: $0) }
    for start in stride(from: 0, to: 1_000, by: 500) {
      try pen.push(Array(edits[start..<start + 500]), to: room)
    }
    try other.push([room.op(["a": .text("remote")], ahead: 1)], to: room)
    #expect(try room.registers().map(\.value) == [.text("remote")])
    #expect(try room.versions().count == 1_000)
    #expect(try room.flaws() == [])
  }
}
