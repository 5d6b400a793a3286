internal import Kernel
internal import Ledger
internal import Testing

/// Pages of the log: sync.md, section 7, step g, and property P7.
struct PageTests {
  /// Reads from the first operation to the head, `want` at a time.
  private func pages(_ room: Room, want: Int) throws -> [[LoggedOp]] {
    var reader = Pen(room)
    var pages: [[LoggedOp]] = []
    while true {
      let reply = try reader.push(want: want, to: room)
      pages.append(reply.page)
      #expect(reply.next.seq == reply.page.last?.seq ?? reader.cursor.seq)
      #expect(reply.more == (reply.next != reply.head))
      guard reply.more else { return pages }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 5_000, .max])
  func `pages of any size give the log, each operation once`(want: Int) throws {
    let room = try Room()
    var pen = Pen(room)
    let ops = (0..<12).map { room.op(["a": .number(Int64($0))], counter: $0) }
    try pen.push(ops, to: room)
    let pages = try pages(room, want: want)
    #expect(pages.flatMap { $0 }.map(\.op) == ops)
    #expect(pages.dropLast().allSatisfy { $0.count == want })
  }

  @Test(arguments: [0, -1, .min])
  func `who wants nothing gets nothing, and stays where they are`(want: Int) throws {
    let room = try Room()
    var pen = Pen(room)
    let reply = try pen.push([room.op(["a": .null])], want: want, to: room)
    #expect(reply.page.isEmpty && reply.next == .start && reply.more)
    #expect(try pen.push(to: room).page.count == 1)
  }

  @Test(arguments: 1...9)
  func `a page never ends inside a group`(want: Int) throws {
    let room = try Room()
    var pen = Pen(room)
    let sizes = [1, 3, 1, 5, 2, 4]
    var ops: [Op] = []
    for size in sizes {
      let group = room.newID()
      ops += (0..<size).map {
        room.op(["a": .number(Int64($0))], counter: ops.count + $0, group: group)
      }
    }
    try pen.push(ops, to: room)
    let pages = try pages(room, want: want)
    #expect(pages.flatMap { $0 }.map(\.op) == ops)
    for (page, next) in zip(pages, pages.dropFirst()) {
      #expect(page.last?.op.group != next.first?.op.group)
    }
  }

  @Test func `a group without end is cut, so that a reply has one`() throws {
    let room = try Room()
    var pen = Pen(room)
    let group = room.newID()
    for batch in 0..<3 {
      let ops = (0..<400).map {
        room.op(["a": .null], counter: batch * 400 + $0, group: group)
      }
      try pen.push(ops, want: 0, to: room)
    }
    let pages = try pages(room, want: 10)
    #expect(pages.map(\.count) == [510, 510, 180])
    #expect(pages.flatMap { $0 }.map(\.seq) == Array(1...1_200))
  }

  @Test func `a page holds 2 MiB of JSON, and always one operation`() throws {
    let room = try Room()
    var pen = Pen(room)
    let text = Value.text(String(repeating: "x", count: 250_000))
    for number in 0..<9 {
      let fields = ["a": text, "b": text, "c": text, "d": text]
      try pen.push([room.op(fields, counter: number)], want: 0, to: room)
    }
    let pages = try pages(room, want: 5_000)
    #expect(pages.map(\.count) == [2, 2, 2, 2, 1])
  }

  @Test func `a group may go beyond the bytes by one request's worth`() throws {
    let room = try Room()
    var pen = Pen(room)
    let text = Value.text(String(repeating: "x", count: 250_000))
    let group = room.newID()
    for number in 0..<9 {
      let fields = ["a": text, "b": text, "c": text, "d": text]
      try pen.push([room.op(fields, counter: number, group: group)], want: 0, to: room)
    }
    #expect(try pages(room, want: 5_000).map(\.count) == [3, 3, 3])
  }

  @Test func `without the rule a full page jumps past one operation`() throws {
    let room = try Room(without: [.exactPages])
    var pen = Pen(room)
    try pen.push((0..<9).map { room.op(["a": .null], counter: $0) }, want: 0, to: room)
    var reader = Pen(room)
    var seqs: [Int64] = []
    repeat {
      seqs += try reader.push(want: 4, to: room).page.map(\.seq)
    } while reader.cursor.seq < 9
    #expect(seqs == [1, 2, 3, 4, 6, 7, 8, 9])
  }
}
