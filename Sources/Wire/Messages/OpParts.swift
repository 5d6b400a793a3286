internal import Kernel

/// The members of an operation while they are read, in whatever order they come.
struct OpParts {
  private var id: EntryID?
  private var stamp: Stamp?
  private var kind: Kind?
  private var row: EntryID?
  private var fields: [String: Value]?
  private var bases: [String: Authorship] = [:]
  private var group: EntryID?

  /// Reads the value of `key`; false, with nothing read, where it is no member of an operation.
  @inline(__always) mutating func take(
    _ key: JSONKey, from reader: inout JSONReader
  ) throws(WireError) -> Bool {
    switch key {
    case "op": id = try reader.id()
    case "t": stamp = try reader.stamp()
    case "c": kind = Kind(try reader.text())
    case "id": row = try reader.id()
    case "f": fields = try reader.fields()
    case "b": bases = try reader.bases()
    case "x": group = try reader.id()
    default: return false
    }
    return true
  }

  func op() throws(WireError) -> Op {
    guard let id else { throw .missing("op") }
    guard let stamp else { throw .missing("t") }
    guard let kind else { throw .missing("c") }
    guard let row else { throw .missing("id") }
    guard let fields else { throw .missing("f") }
    return Op(
      id: id, stamp: stamp, kind: kind, row: row, fields: fields, bases: bases, group: group ?? id)
  }
}

extension JSONReader {
  fileprivate mutating func fields() throws(WireError) -> [String: Value] {
    var fields: [String: Value] = [:]
    try members { (reader, key) throws(WireError) in fields[key.text] = try reader.value() }
    return fields
  }

  fileprivate mutating func bases() throws(WireError) -> [String: Authorship] {
    var bases: [String: Authorship] = [:]
    try members { (reader, key) throws(WireError) in
      var stamp: Stamp?
      var op: EntryID?
      try reader.items { (reader, index) throws(WireError) in
        switch index {
        case 0: stamp = try reader.stamp()
        case 1: op = try reader.id()
        default: try reader.skip()
        }
      }
      guard let stamp, let op else { throw .missing("[1]") }
      bases[key.text] = Authorship(stamp: stamp, op: op)
    }
    return bases
  }
}

extension JSONWriter {
  /// The members of an operation that stand in requests and replies alike, without braces.
  mutating func members(of op: Op) {
    raw("\"t\":")
    hex(op.stamp.bits)
    raw(",\"c\":")
    text(op.kind.name)
    raw(",\"id\":")
    id(op.row)
    raw(",\"f\":")
    fields(op.fields)
    if !op.bases.isEmpty {
      raw(",\"b\":")
      bases(op.bases)
    }
    if op.group != op.id {
      raw(",\"x\":")
      id(op.group)
    }
  }

  private mutating func fields(_ fields: [String: Value]) {
    raw("{")
    if fields.count == 1, let only = fields.first {
      field(only.key, only.value)
    } else {
      var isFirst = true
      for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
        if !isFirst { raw(",") }
        isFirst = false
        field(name, value)
      }
    }
    raw("}")
  }

  private mutating func field(_ name: String, _ value: Value) {
    text(name)
    raw(":")
    self.value(value)
  }

  private mutating func bases(_ bases: [String: Authorship]) {
    raw("{")
    for (index, base) in bases.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { raw(",") }
      text(base.key)
      raw(":[")
      hex(base.value.stamp.bits)
      raw(",")
      id(base.value.op)
      raw("]")
    }
    raw("}")
  }
}
