package import Kernel

extension SnapshotPage: WireMessage {
  /// Reads the JSON of sync.md, section 6, in one pass.
  package init(bytes: [UInt8]) throws(WireError) {
    self = try JSONReader.read(bytes) { (reader) throws(WireError) in
      var parts = PageParts()
      try reader.members { (reader, key) throws(WireError) in try parts.take(key, from: &reader) }
      return try parts.page()
    }
  }

  /// The JSON of sync.md, section 6: registers that follow each other on one row stand together.
  package var bytes: [UInt8] {
    var writer = JSONWriter(capacity: 512 + 160 * registers.count)
    writer.raw("{\"epoch\":")
    writer.id(epoch)
    writer.raw(",\"head\":")
    writer.point(head)
    writer.raw(",\"rows\":")
    writer.rows(registers)
    writer.raw(",\"after\":")
    if let after { writer.text(after.text) } else { writer.raw("null") }
    writer.raw(",\"now\":")
    writer.number(now.milliseconds)
    writer.raw("}")
    return writer.bytes
  }
}

extension SnapshotKey {
  /// `journal,0197…`: the form in a query and in a page.
  package var text: String { "\(kind.name),\(row)" }

  /// The reverse of `text`; nil for anything else.
  package init?(_ text: String) {
    guard let comma = text.utf8.lastIndex(of: UInt8(ascii: ",")) else { return nil }
    let digits = text[text.index(after: comma)...]
    guard digits.utf8.count == 32, let row = EntryID(digits) else { return nil }
    self.init(kind: Kind(String(text[..<comma])), row: row)
  }
}

/// The members of a page while they are read.
private struct PageParts {
  var epoch: EntryID?
  var head: LogPoint?
  var registers: [Register]?
  var after: SnapshotKey?
  var now: Moment?

  mutating func take(_ key: JSONKey, from reader: inout JSONReader) throws(WireError) {
    switch key {
    case "epoch": epoch = try reader.id()
    case "head": head = try reader.point()
    case "rows":
      var registers: [Register] = []
      try reader.items { (reader, _) throws(WireError) in try reader.row(into: &registers) }
      self.registers = registers
    case "after":
      if reader.next() == UInt8(ascii: "n") {
        try reader.word("null")
        after = nil
      } else {
        guard let key = SnapshotKey(try reader.text()) else {
          throw reader.error("no key of a row")
        }
        after = key
      }
    case "now": now = try reader.moment()
    default: try reader.skip()
    }
  }

  func page() throws(WireError) -> SnapshotPage {
    guard let epoch else { throw .missing("epoch") }
    guard let head else { throw .missing("head") }
    guard let registers else { throw .missing("rows") }
    guard let now else { throw .missing("now") }
    return SnapshotPage(epoch: epoch, head: head, registers: registers, after: after, now: now)
  }
}

extension JSONReader {
  /// `[coll, id, {field: [t, op, val]}]`
  ///
  /// A field that stands there twice gives two registers: merging takes the greater one.
  fileprivate mutating func row(into registers: inout [Register]) throws(WireError) {
    var kind: Kind?
    var row: EntryID?
    var isComplete = false
    try items { (reader, index) throws(WireError) in
      switch index {
      case 0: kind = Kind(try reader.text())
      case 1: row = try reader.id()
      case 2:
        guard let kind, let row else { preconditionFailure("items come in order") }
        try reader.members { (reader, key) throws(WireError) in
          let (author, value) = try reader.authored()
          registers.append(
            Register(kind: kind, row: row, field: key.text, authorship: author, value: value))
        }
        isComplete = true
      default: try reader.skip()
      }
    }
    guard isComplete else { throw .missing("[2]") }
  }

  /// `[t, op, val]`
  private mutating func authored() throws(WireError) -> (Authorship, Value) {
    var parts: (Stamp?, EntryID?, Value?) = (nil, nil, nil)
    try items { (reader, index) throws(WireError) in
      switch index {
      case 0: parts.0 = try reader.stamp()
      case 1: parts.1 = try reader.id()
      case 2: parts.2 = try reader.value()
      default: try reader.skip()
      }
    }
    guard let stamp = parts.0, let op = parts.1, let value = parts.2 else { throw .missing("[2]") }
    return (Authorship(stamp: stamp, op: op), value)
  }
}

extension JSONWriter {
  fileprivate mutating func rows(_ registers: [Register]) {
    raw("[")
    var last: Register?
    for register in registers {
      if let last, last.row == register.row, last.kind == register.kind {
        raw(",")
      } else {
        raw(last == nil ? "[" : "}],[")
        text(register.kind.name)
        raw(",")
        id(register.row)
        raw(",{")
      }
      last = register
      text(register.field)
      raw(":[")
      hex(register.authorship.stamp.bits)
      raw(",")
      id(register.authorship.op)
      raw(",")
      value(register.value)
      raw("]")
    }
    raw(last == nil ? "]" : "}]]")
  }
}
