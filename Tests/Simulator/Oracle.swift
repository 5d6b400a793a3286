internal import Kernel

/// What must be true, worked out in the plainest way from the list of accepted operations: it knows
/// nothing of the code that merges.
struct Oracle {
  /// One value that some operation gave to a register.
  struct Said {
    let stamp: Stamp
    let op: EntryID
    let value: Value
  }

  /// One line of the server's log.
  struct Line {
    let seq: Int64
    let id: EntryID
    /// The operation itself, where the line stands for a register that was given back.
    let origin: EntryID?
    /// Whose device brought it.
    let account: EntryID
    let stamp: Stamp
    let group: EntryID?
    let kind: String
    let row: EntryID
    var fields: [(name: String, value: Value)]

    var author: EntryID { origin ?? id }
  }

  private(set) var log: [Line] = []
  private(set) var greatest: [Place: Said] = [:]
  /// All that was ever said of a register, in the order of acceptance, once per operation.
  private(set) var all: [Place: [Said]] = [:]
  private(set) var stamps: [EntryID: Stamp] = [:]
  private(set) var accepted: Set<Writ> = []
  private var ids: Set<EntryID> = []

  /// Takes accepted lines in; returns what is wrong with them.
  mutating func accept(_ lines: [Line], serverNow: Int64) -> [String] {
    var wrong: [String] = []
    for line in lines {
      if line.seq != Int64(log.count) + 1 { wrong.append("P8: \(line.seq) after \(log.count)") }
      if !ids.insert(line.id).inserted { wrong.append("P2: \(line.id) is in the log twice") }
      if line.stamp.milliseconds > serverNow + 300_000 {
        wrong.append("P11: a stamp from the future was accepted")
      }
      if let stamp = stamps[line.author], stamp != line.stamp {
        wrong.append("P2: \(line.author) was accepted under two stamps")
      }
      stamps[line.author] = line.stamp
      log.append(line)
      for (field, value) in line.fields { say(field, value, line, &wrong) }
    }
    return wrong
  }

  private mutating func say(
    _ field: String, _ value: Value, _ line: Line, _ wrong: inout [String]
  ) {
    let place = Place(kind: line.kind, row: line.row, field: field)
    guard accepted.insert(Writ(op: line.author, field: field)).inserted else { return }
    let said = Said(stamp: line.stamp, op: line.author, value: value)
    all[place, default: []].append(said)
    if let best = greatest[place] {
      let isGreater =
        best.stamp == said.stamp ? best.op < said.op : best.stamp.bits < said.stamp.bits
      if isGreater { greatest[place] = said }
    } else {
      greatest[place] = said
    }
  }

  // MARK: As one text, to be compared with what a database says

  /// Every register with its greatest value, in order.
  var registers: String {
    greatest.map { Oracle.text($0.key, $0.value) }.sorted().joined(separator: ";")
  }

  /// Every value that lost, in order.
  var versions: String {
    all.flatMap { place, said in
      said.filter { $0.op != greatest[place]?.op }.map { Oracle.text(place, $0) }
    }.sorted().joined(separator: ";")
  }

  /// All that has lost.
  var losers: [Writ] {
    all.flatMap { place, said in
      said.filter { $0.op != greatest[place]?.op }.map { Writ(op: $0.op, field: place.field) }
    }
  }

  static func text(_ place: Place, _ said: Said) -> String {
    "\(place.kind) \(place.row) \(place.field) \(said.stamp.bits) \(said.op) "
      + text(of: said.value)
  }

  /// As SQLite's `quote` writes it; flags are numbers in a column.
  static func text(of value: Value) -> String {
    switch value {
    case .null: "NULL"
    case .flag(let flag): flag ? "1" : "0"
    case .number(let number): String(number)
    case .text(let text): "'\(text)'"
    }
  }
}

/// The oracles of all spaces.
struct Oracles {
  private var spaces: [EntryID: Oracle] = [:]

  subscript(space: EntryID) -> Oracle {
    get { spaces[space] ?? Oracle() }
    _modify { yield &spaces[space, default: Oracle()] }
  }

  /// Of all logs.
  var lines: Int { spaces.values.reduce(0) { $0 + $1.log.count } }

  /// What is in none of the logs, of `writs`.
  func missing(of writs: Set<Writ>) -> Set<Writ> {
    spaces.values.reduce(writs) { $0.subtracting($1.accepted) }
  }

  func contains(_ writ: Writ) -> Bool { spaces.values.contains { $0.accepted.contains(writ) } }

  /// All that the logs hold.
  var accepted: Set<Writ> { spaces.values.reduce(into: []) { $0.formUnion($1.accepted) } }
}
