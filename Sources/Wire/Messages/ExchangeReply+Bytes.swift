package import Kernel

extension ExchangeReply: WireMessage {
  /// Reads the JSON of sync.md, section 6, in one pass.
  package init(bytes: [UInt8]) throws(WireError) {
    self = try JSONReader.read(bytes) { (reader) throws(WireError) in
      var parts = ReplyParts()
      try reader.members { (reader, key) throws(WireError) in try parts.take(key, from: &reader) }
      return try parts.reply()
    }
  }
}

/// An operation of the page while the devices are not known yet.
private struct PagedOp {
  var seq: Int64
  var op: Op
  var origin: EntryID?
  /// An index into the reply's devices.
  var device: Int64?

  init(from reader: inout JSONReader) throws(WireError) {
    var parts = OpParts()
    var own: (seq: Int64?, origin: EntryID?, device: Int64?) = (nil, nil, nil)
    try reader.members { (reader, key) throws(WireError) in
      switch key {
      case "s": own.seq = try reader.count()
      case "d": own.device = try reader.integer()
      case "o": own.origin = try reader.id()
      default: if try !parts.take(key, from: &reader) { try reader.skip() }
      }
    }
    guard let seq = own.seq else { throw .missing("s") }
    self.seq = seq
    op = try parts.op()
    origin = own.origin
    device = own.device
  }
}

/// A device that the page mentions.
private struct MentionedDevice {
  var id: EntryID
  var name: String?

  init(from reader: inout JSONReader) throws(WireError) {
    var parts: (id: EntryID?, name: String?) = (nil, nil)
    try reader.members { (reader, key) throws(WireError) in
      switch key {
      case "id": parts.id = try reader.id()
      case "name": parts.name = try reader.text()
      default: try reader.skip()
      }
    }
    guard let id = parts.id else { throw .missing("id") }
    self.id = id
    name = parts.name
  }
}

/// The members of a reply while they are read.
private struct ReplyParts {
  var epoch: EntryID?
  var verdicts: [EntryID: Verdict] = [:]
  var page: [PagedOp] = []
  var devices: [Int64: MentionedDevice] = [:]
  var next: LogPoint?
  var head: PointParts?
  var more = false
  var now: Moment?
  var greatest: Stamp?
  var oldestClient: String?
  var pollSeconds: Int64?

  mutating func take(_ key: JSONKey, from reader: inout JSONReader) throws(WireError) {
    switch key {
    case "epoch": epoch = try reader.id()
    case "res":
      verdicts = [:]
      try reader.items { (reader, _) throws(WireError) in
        let (op, verdict) = try reader.verdict()
        verdicts[op] = verdict
      }
    case "ops":
      page = []
      try reader.items { (reader, _) throws(WireError) in page.append(try PagedOp(from: &reader)) }
    case "devices":
      devices = [:]
      try reader.members { (reader, key) throws(WireError) in
        let device = try MentionedDevice(from: &reader)
        if let number = Int64(key.text) { devices[number] = device }
      }
    case "next": next = try reader.point()
    case "head": head = try PointParts(from: &reader)
    case "more": more = try reader.flag()
    case "now": now = try reader.moment()
    case "max_t": greatest = try reader.stamp()
    case "min_client": oldestClient = try reader.text()
    case "poll_s": pollSeconds = try reader.count()
    default: try reader.skip()
    }
  }

  func reply() throws(WireError) -> ExchangeReply {
    guard let epoch else { throw .missing("epoch") }
    guard let head else { throw .missing("head") }
    guard let digest = head.digest else { throw .missing("head.digest") }
    guard let registers = head.registers else { throw .missing("head.regs") }
    guard let now else { throw .missing("now") }
    guard let greatest else { throw .missing("max_t") }
    guard let oldestClient else { throw .missing("min_client") }
    guard let pollSeconds else { throw .missing("poll_s") }
    let point: LogPoint
    do { point = try head.point() } catch { throw error.under("head") }
    var names: [EntryID: String] = [:]
    for device in devices.values where device.name != nil { names[device.id] = device.name }
    return ExchangeReply(
      epoch: epoch, verdicts: verdicts, page: pageWithDevices, next: next ?? point, head: point,
      digest: digest, registers: registers, more: more, now: now, greatest: greatest,
      oldestClient: oldestClient, pollSeconds: Int(clamping: pollSeconds), devices: names)
  }

  private var pageWithDevices: [LoggedOp] {
    page.map { paged in
      LoggedOp(
        seq: paged.seq, op: paged.op, origin: paged.origin,
        device: paged.device.flatMap { devices[$0]?.id })
    }
  }
}

extension JSONReader {
  /// `[op, "ok", seq]`, `[op, "ok", seq, t]`, or `[op, word]`.
  fileprivate mutating func verdict() throws(WireError) -> (EntryID, Verdict) {
    var parts: (op: EntryID?, word: String?, seq: Int64?, stamp: Stamp?) = (nil, nil, nil, nil)
    try items { (reader, index) throws(WireError) in
      switch index {
      case 0: parts.op = try reader.id()
      case 1: parts.word = try reader.text()
      case 2: parts.seq = try reader.count()
      case 3: parts.stamp = try reader.stamp()
      default: try reader.skip()
      }
    }
    guard let op = parts.op, let word = parts.word else { throw .missing("[1]") }
    switch word {
    case "ok":
      guard let seq = parts.seq else { throw .missing("[2]") }
      return (op, .ok(seq: seq, stamp: parts.stamp))
    case "ahead": return (op, .ahead)
    case "skipped": return (op, .skipped)
    // A reason that this build does not know is final too: the operation is put aside and shown,
    // where waiting would send it for ever.
    default: return (op, .refused(Verdict.Refusal(rawValue: word) ?? .invalid))
    }
  }
}
