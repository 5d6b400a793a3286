internal import Kernel
internal import Wire

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}

/// Random messages, with everything that a message may hold.
struct RandomMessages {
  var random: Seeded

  init(seed: UInt64) { random = Seeded(seed) }

  mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }
  mutating func count(_ most: Int) -> Int { Int.random(in: 0...most, using: &random) }
  mutating func word() -> UInt64 { random.next() }
  mutating func id() -> EntryID { EntryID(high: word(), low: word()) }
  mutating func stamp() -> Stamp { Stamp(bits: word()) }
  mutating func author() -> Authorship { Authorship(stamp: stamp(), op: id()) }
  mutating func seq() -> Int64 { Int64(word() >> 1) >> Int64(count(62)) }
  mutating func moment() -> Moment {
    Moment(milliseconds: Int64(bitPattern: word()) >> Int64(count(63)))
  }
  mutating func point() -> LogPoint { LogPoint(seq: seq(), chain: word()) }
  mutating func kind() -> Kind { Kind(["journal", "task", "a_long_name_of_a_kind"][count(2)]) }

  mutating func text() -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0x01...0x1F, 0x20...0x7E, 0x7F...0xFF, 0x100...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<count(12) {
      let scalar = Unicode.Scalar(UInt32.random(in: ranges[count(5)], using: &random))
      if let scalar { text.append(scalar) }
    }
    return String(text) + ["", "\"", "\\", "/", "\u{2028}", "e\u{301}"][count(5)]
  }

  mutating func value() -> Value {
    switch count(4) {
    case 0: .null
    case 1: .flag(chance(2))
    case 2:
      .number(
        Int64.random(in: -(1 << 53) + 1...(1 << 53) - 1, using: &random) >> Int64(count(52)))
    default: .text(text())
    }
  }

  mutating func op() -> Op {
    var fields: [String: Value] = [:]
    var bases: [String: Authorship] = [:]
    for index in 0..<count(4) {
      fields["f\(index)\(chance(9) ? text() : "")"] = value()
      if chance(3) { bases["f\(index)"] = author() }
    }
    let id = id()
    return Op(
      id: id, stamp: stamp(), kind: kind(), row: self.id(), fields: fields, bases: bases,
      group: chance(2) ? id : self.id())
  }

  mutating func register() -> Register {
    Register(kind: kind(), row: id(), field: text(), authorship: author(), value: value())
  }

  mutating func request() -> ExchangeRequest {
    ExchangeRequest(
      space: id(), device: id(), number: seq(), app: text(), epoch: chance(2) ? nil : id(),
      cursor: point(), seen: point(), now: moment(), want: count(5_000),
      repairs: (0..<count(3)).map { _ in register() }, ops: (0..<count(6)).map { _ in op() })
  }

  mutating func verdict() -> Verdict {
    switch count(4) {
    case 0: .ok(seq: seq(), stamp: nil)
    case 1: .ok(seq: seq(), stamp: stamp())
    case 2: .ahead
    case 3: .skipped
    default: .refused(Verdict.Refusal.allCases[count(Verdict.Refusal.allCases.count - 1)])
    }
  }

  mutating func reply() -> ExchangeReply {
    let devices = (0..<3).map { _ in id() }
    var names: [EntryID: String] = [:]
    for device in devices where chance(2) { names[device] = text() }
    var verdicts: [EntryID: Verdict] = [:]
    for _ in 0..<count(5) { verdicts[id()] = verdict() }
    var page: [LoggedOp] = []
    for _ in 0..<count(6) {
      page.append(
        LoggedOp(
          seq: seq(), op: op(), origin: chance(4) ? id() : nil,
          device: chance(5) ? nil : devices[count(2)]))
    }
    return ExchangeReply(
      epoch: id(), verdicts: verdicts, page: page, next: point(), head: point(), digest: word(),
      registers: seq(), more: chance(2), now: moment(), greatest: stamp(), oldestClient: text(),
      pollSeconds: count(900), devices: names)
  }

  mutating func page() -> SnapshotPage {
    var registers: [Register] = []
    for _ in 0..<count(4) {
      let (kind, row) = (kind(), id())
      for index in 0...count(3) {
        registers.append(
          Register(
            kind: kind, row: row, field: "f\(index)", authorship: author(), value: value()))
      }
    }
    return SnapshotPage(
      epoch: id(), head: point(), registers: registers,
      after: chance(2) ? nil : SnapshotKey(kind: kind(), row: id()), now: moment())
  }
}
