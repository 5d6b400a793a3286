internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// Random devices against one ledger, with lost replies, late copies, restores and bad operations. After
/// every few steps the ledger is compared with a plain list of what it has accepted.
struct LedgerPropertyTests {
  @Test(arguments: 1...16)
  func `whatever comes in whatever order, the log and the registers are right`(
    seed: UInt64
  ) throws {
    var storm = try Storm(seed: seed)
    for step in 0..<120 {
      try storm.step()
      if step % 4 == 0 { try storm.check() }
    }
    try storm.settle()
    #expect(storm.lines > 60, "the storm has done something")
  }
}

/// One schedule.
private struct Storm {
  struct Place: Hashable {
    let kind: Kind
    let row: EntryID
    let field: String
  }

  private static let offsets: [Int64] = [-900_000, -1, 0, 0, 299_999, 400_000]

  /// What the ledger has said yes to, by the id of its line in the log: in the order of numbers.
  private(set) var accepted: [LoggedOp] = []
  /// How many lines were ever written, also those that a restore took away.
  private(set) var lines = 0
  private var dice: Dice
  private let room: Room
  private var pens: [Pen]
  /// Every line that a device has ever read.
  private var memories: [[LoggedOp]]
  private var outboxes: [[Op]]
  /// Requests under way.
  private var late: [ExchangeRequest] = []
  private var backups: [(Int, () throws -> Void)] = []
  private var counter = 0

  init(seed: UInt64) throws {
    dice = Dice(seed: seed)
    let room = try Room(seed: seed)
    self.room = room
    pens = (0..<3).map { _ in Pen(room) }
    outboxes = pens.map { _ in [] }
    memories = pens.map { _ in [] }
  }

  mutating func step() throws {
    room.now = room.now + Int64.random(in: 0...200_000, using: &dice)
    let who = Int.random(in: 0..<pens.count, using: &dice)
    switch Int.random(in: 0..<20, using: &dice) {
    case 0..<8: for _ in 0...dice.next() % 4 { write(who) }
    case 8..<16: try sync(who)
    case 16: try deliverLate()
    case 17: try backUp()
    case 18: try restore()
    default: try sync(who, repairing: true)
    }
  }

  /// Faults end: everybody comes to the head, and the log has everything.
  mutating func settle() throws {
    for who in pens.indices {
      while try !outboxes[who].isEmpty || pens[who].cursor != room.state().head {
        room.now = room.now + 600_000
        try sync(who, isLossy: false)
      }
      #expect(pens[who].page.map(\.op.id) == accepted.map(\.op.id))
    }
    try check()
  }

  private mutating func write(_ who: Int) {
    counter += 1
    var fields: [String: Value] = [:]
    for field in ["a", "b", "c"] where Bool.random(using: &dice) {
      fields[field] = .text("\(counter)")
    }
    if dice.next() % 5 == 0 { fields[Op.deleted] = .flag(Bool.random(using: &dice)) }
    if dice.next() % 9 == 0 { fields["bad name"] = .null }
    // Stamps are often equal, sometimes ahead of time, and not in order.
    let ahead = Self.offsets.randomElement(using: &dice) ?? 0
    outboxes[who].append(
      room.op(
        fields, row: EntryID(high: 7, low: dice.next() % 3),
        kind: dice.next() % 2 == 0 ? "journal" : "task", ahead: ahead))
  }

  private mutating func sync(
    _ who: Int, repairing: Bool = false, isLossy: Bool = true
  ) throws {
    let want = isLossy ? Int.random(in: 0...7, using: &dice) : 5_000
    var repairs: [Register] = []
    if repairing, let line = memories[who].randomElement(using: &dice) {
      repairs = line.op.fields.map {
        Register(
          kind: line.op.kind, row: line.op.row, field: $0.key, authorship: line.authorship,
          value: $0.value)
      }
    }
    let ops = repairs.isEmpty ? Array(outboxes[who].prefix(5)) : []
    let request = pens[who].request(ops, repairs: repairs, want: want)
    if isLossy, dice.next() % 6 == 0 { late.append(request) }
    if isLossy, dice.next() % 8 == 0 { return }
    guard let result = try execute(request), !isLossy || dice.next() % 6 != 0 else { return }
    switch result {
    case .success(let reply): settle(who, request, reply)
    case .failure(.diverged(let epoch)): reconcile(who, epoch)
    case .failure(.staleRequest(let number)): pens[who].number = max(pens[who].number, number)
    case .failure(let fault): Issue.record("\(fault)")
    }
  }

  private mutating func settle(
    _ who: Int, _ request: ExchangeRequest, _ reply: ExchangeReply
  ) {
    pens[who].take(reply)
    memories[who] += reply.page
    for (id, verdict) in reply.verdicts {
      switch verdict {
      case .ok, .refused: outboxes[who].removeAll { $0.id == id }
      case .ahead, .skipped: break
      }
    }
  }

  private mutating func reconcile(_ who: Int, _ epoch: EntryID) {
    pens[who].epoch = epoch
    (pens[who].cursor, pens[who].seen, pens[who].page) = (.start, .start, [])
  }

  private mutating func deliverLate() throws {
    guard let index = late.indices.randomElement(using: &dice) else { return }
    _ = try execute(late.remove(at: index))
  }

  /// Carries a request out and writes down what was accepted: P2, P8 and P11 for each verdict.
  private mutating func execute(
    _ request: ExchangeRequest
  ) throws -> Result<ExchangeReply, ExchangeFault>? {
    let before = try room.state()
    let result = try room.exchange(request)
    let after = try room.state()
    guard case .success(let reply) = result else {
      #expect(after == before, "a fault changes nothing")
      return result
    }
    #expect(reply.head == after.head)
    let known = Set(accepted.map(\.op.id))
    let new = try room.log().dropFirst(accepted.count)
    #expect(new.map(\.seq) == Array(before.head.seq + 1..<after.head.seq + 1))
    for line in new {
      #expect(!known.contains(line.op.id), "an id is accepted once")
      #expect(line.op.stamp.milliseconds <= room.now.milliseconds + Ledger.mostAhead)
      if line.origin == nil {
        #expect(request.ops.contains { $0.id == line.op.id && $0.fields == line.op.fields })
        guard case .ok(line.seq, _)? = reply.verdicts[line.op.id] else {
          Issue.record("a line that nobody was told of")
          continue
        }
      }
    }
    accepted += new
    lines += new.count
    return result
  }

  private mutating func backUp() throws {
    let copy = try room.backup()
    let room = room
    let rotating = Bool.random(using: &dice)
    backups.append((accepted.count, { try room.restore(copy, rotating: rotating) }))
  }

  private mutating func restore() throws {
    guard let (count, restore) = backups.randomElement(using: &dice) else { return }
    try restore()
    accepted.removeLast(accepted.count - count)
    backups.removeAll { $0.0 > count }
    late = []
  }

  /// P4, P6 and P18, and what the ledger says of itself.
  func check() throws {
    var all: [Place: [Authorship: Value]] = [:]
    for line in accepted {
      for (field, value) in line.op.fields {
        let place = Place(kind: line.op.kind, row: line.op.row, field: field)
        all[place, default: [:]][line.authorship] = value
      }
    }
    var shown: [Place: [Authorship: Value]] = [:]
    for register in try room.registers() {
      let place = Place(kind: register.kind, row: register.row, field: register.field)
      shown[place] = [register.authorship: register.value]
      let greatest = all[place]?.keys.max { ($0.stamp.bits, $0.op) < ($1.stamp.bits, $1.op) }
      #expect(greatest == register.authorship)
    }
    for version in try room.versions() {
      let register = version.register
      let place = Place(kind: register.kind, row: register.row, field: register.field)
      #expect(shown[place]?[register.authorship] == nil, "a value is the register or a version")
      shown[place, default: [:]][register.authorship] = register.value
    }
    #expect(shown == all, "every accepted value is there, and no other")
    #expect(try room.flaws() == [])
    let count = try room.database.read { try room.ledger.recount(room.space, in: $0) }
    let state = try room.state()
    #expect(count == (state.digest, state.registers))
  }
}
