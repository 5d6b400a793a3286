package import Kernel

extension ExchangeRequest: WireMessage {
  /// Reads the JSON of sync.md, section 6, in one pass. An operation with a broken value makes the
  /// whole request malformed; the error's path has the operation's index.
  package init(bytes: [UInt8]) throws(WireError) {
    self = try JSONReader.read(bytes) { (reader) throws(WireError) in
      var parts = RequestParts()
      try reader.members { (reader, key) throws(WireError) in try parts.take(key, from: &reader) }
      return try parts.request()
    }
  }

  /// The JSON of sync.md, section 6. What is empty is left out, and `seen` where it is the cursor.
  package var bytes: [UInt8] {
    var writer = JSONWriter(capacity: 512 + 256 * (ops.count + repairs.count))
    writer.raw("{\"v\":")
    writer.number(API.version)
    writer.raw(",\"space\":")
    writer.id(space)
    writer.raw(",\"device\":")
    writer.id(device)
    writer.raw(",\"rseq\":")
    writer.number(number)
    writer.raw(",\"app\":")
    writer.text(app)
    writer.raw(",\"cursor\":{")
    if let epoch {
      writer.raw("\"epoch\":")
      writer.id(epoch)
      writer.raw(",")
    }
    writer.members(of: cursor)
    writer.raw("}")
    if seen != cursor {
      writer.raw(",\"seen\":")
      writer.point(seen)
    }
    writer.raw(",\"now\":")
    writer.number(now.milliseconds)
    writer.raw(",\"want\":")
    writer.number(Int64(want))
    if !repairs.isEmpty {
      writer.raw(",\"rep\":")
      writer.list(repairs) { (writer, register) in writer.repair(register) }
    }
    if !ops.isEmpty { write(ops, &writer) }
    writer.raw("}")
    return writer.bytes
  }

  private func write(_ ops: [Op], _ writer: inout JSONWriter) {
    writer.raw(",\"ops\":")
    writer.list(ops) { (writer, op) in
      writer.raw("{\"op\":")
      writer.id(op.id)
      writer.raw(",")
      writer.members(of: op)
      writer.raw("}")
    }
  }
}

/// The members of a request while they are read.
private struct RequestParts {
  var space: EntryID?
  var device: EntryID?
  var number: Int64?
  var app: String?
  var cursor: LogPoint?
  var epoch: EntryID?
  var seen: LogPoint?
  var now: Moment?
  var want: Int64?
  var repairs: [Register] = []
  var ops: [Op] = []

  mutating func take(_ key: JSONKey, from reader: inout JSONReader) throws(WireError) {
    switch key {
    case "v":
      guard try reader.integer() == API.version else { throw reader.error("another version") }
    case "space": space = try reader.id()
    case "device": device = try reader.id()
    case "rseq": number = try reader.count()
    case "app": app = try reader.text()
    case "cursor":
      let parts = try PointParts(from: &reader)
      cursor = try parts.point()
      epoch = parts.epoch
    case "seen": seen = try reader.point()
    case "now": now = try reader.moment()
    case "want": want = try reader.count()
    case "rep":
      repairs = []
      try reader.items { (reader, _) throws(WireError) in repairs.append(try reader.repair()) }
    case "ops":
      ops = []
      try reader.items { (reader, _) throws(WireError) in
        var parts = OpParts()
        try reader.members { (reader, key) throws(WireError) in
          if try !parts.take(key, from: &reader) { try reader.skip() }
        }
        ops.append(try parts.op())
      }
    default: try reader.skip()
    }
  }

  func request() throws(WireError) -> ExchangeRequest {
    guard let space else { throw .missing("space") }
    guard let device else { throw .missing("device") }
    guard let number else { throw .missing("rseq") }
    guard let app else { throw .missing("app") }
    guard let cursor else { throw .missing("cursor") }
    guard let now else { throw .missing("now") }
    guard let want else { throw .missing("want") }
    return ExchangeRequest(
      space: space, device: device, number: number, app: app, epoch: epoch, cursor: cursor,
      seen: seen ?? cursor, now: now, want: Int(clamping: want), repairs: repairs, ops: ops)
  }
}

extension JSONReader {
  /// `[coll, id, field, t, op, val]`
  fileprivate mutating func repair() throws(WireError) -> Register {
    var parts: (Kind?, EntryID?, String?, Stamp?, EntryID?, Value?) = (nil, nil, nil, nil, nil, nil)
    try items { (reader, index) throws(WireError) in
      switch index {
      case 0: parts.0 = Kind(try reader.text())
      case 1: parts.1 = try reader.id()
      case 2: parts.2 = try reader.text()
      case 3: parts.3 = try reader.stamp()
      case 4: parts.4 = try reader.id()
      case 5: parts.5 = try reader.value()
      default: try reader.skip()
      }
    }
    guard let kind = parts.0, let row = parts.1, let field = parts.2, let stamp = parts.3,
      let op = parts.4, let value = parts.5
    else { throw .missing("[5]") }
    return Register(
      kind: kind, row: row, field: field, authorship: Authorship(stamp: stamp, op: op),
      value: value)
  }
}

extension JSONWriter {
  fileprivate mutating func repair(_ register: Register) {
    raw("[")
    text(register.kind.name)
    raw(",")
    id(register.row)
    raw(",")
    text(register.field)
    raw(",")
    hex(register.authorship.stamp.bits)
    raw(",")
    id(register.authorship.op)
    raw(",")
    value(register.value)
    raw("]")
  }
}
