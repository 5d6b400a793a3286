internal import GRDB
internal import Kernel
internal import SQL

/// What a device knows of one space's history on the server: a line of `sync_space`.
struct SyncSpace {
  enum State: String {
    case live
    /// A snapshot is being read.
    case boot
    /// The snapshot is there; its rows are being indexed for the search.
    case index
    /// A copy of what once was shared.
    case left
  }

  let id: EntryID
  /// The one that only its person takes part in.
  let isPersonal: Bool
  var epoch: EntryID?
  var cursor: LogPoint
  /// The highest head that the server has ever acknowledged.
  var seen: LogPoint
  /// The number of the last request.
  var number: Int64
  /// The highest stamp acknowledged or pulled.
  var acknowledged: Stamp
  var digest: UInt64
  /// The last row of the snapshot that was taken in (or indexed).
  var bootAfter: SnapshotKey?
  /// Where the snapshot began: live reading goes on from there.
  var bootHead: LogPoint?
  var state: State
  var lastSuccess: Moment?
  /// How often in a row the digest was another than the server's.
  var mismatches: Int64

  init?(_ id: EntryID, in database: Database) throws {
    let found = try database.first(
      """
      SELECT epoch, cursor, cursor_chain, seen, seen_chain, rseq, acked_t, digest, boot_after,
        boot_head, boot_chain, state, last_ok, mismatches, kind
      FROM sync_space WHERE space = ?
      """, [.id(id)]
    ) { columns in SyncSpace(id, columns) }
    guard let found else { return nil }
    self = found
  }

  private init(_ id: EntryID, _ columns: Columns) {
    func point(_ column: CInt) -> LogPoint {
      LogPoint(
        seq: columns.integer(column), chain: UInt64(bitPattern: columns.integer(column + 1)))
    }
    self.id = id
    isPersonal = columns.text(14) == "personal"
    epoch = columns.id(0)
    cursor = point(1)
    seen = point(3)
    number = columns.integer(5)
    acknowledged = columns.stamp(6)
    digest = UInt64(bitPattern: columns.integer(7))
    bootAfter = columns.isNull(8) ? nil : SnapshotKey(stored: columns.bytes(8))
    bootHead = columns.isNull(9) ? nil : point(9)
    state = State(rawValue: columns.text(11)) ?? .live
    lastSuccess = columns.isNull(12) ? nil : Moment(milliseconds: columns.integer(12))
    mismatches = columns.integer(13)
  }

  /// The space that only its person takes part in.
  static func personal(in database: Database) throws -> EntryID? {
    try database.first("SELECT space FROM sync_space WHERE kind = 'personal'") { $0.id(0) } ?? nil
  }

  func save(in database: Database) throws {
    try database.run(
      """
      UPDATE sync_space SET epoch = ?, cursor = ?, cursor_chain = ?, seen = ?, seen_chain = ?,
        rseq = ?, acked_t = ?, digest = ?, boot_after = ?, boot_head = ?, boot_chain = ?, state = ?,
        last_ok = ?, mismatches = ?
      WHERE space = ?
      """,
      [
        epoch.map { .id($0) } ?? .null, .integer(cursor.seq), .bits(cursor.chain),
        .integer(seen.seq), .bits(seen.chain), .integer(number), Datum(acknowledged),
        .bits(digest), bootAfter.map { .bytes($0.stored) } ?? .null,
        bootHead.map { .integer($0.seq) } ?? .null, bootHead.map { .bits($0.chain) } ?? .null,
        .text(state.rawValue), lastSuccess.map { Datum($0) } ?? .null, .integer(mismatches),
        .id(id),
      ])
  }

  /// From here on nothing of the server's history is known.
  mutating func beginAnew() {
    cursor = .start
    seen = .start
    bootAfter = nil
    bootHead = nil
    state = .live
  }
}

extension SnapshotKey {
  /// The row's id, then the kind's name.
  fileprivate var stored: [UInt8] { row.bytes + Array(kind.name.utf8) }

  fileprivate init?(stored bytes: [UInt8]) {
    guard let row = EntryID(bytes: bytes.prefix(16)) else { return nil }
    self.init(kind: Kind(String(decoding: bytes.dropFirst(16), as: UTF8.self)), row: row)
  }
}

extension Datum {
  /// 64 bits in SQLite's signed integer.
  static func bits(_ bits: UInt64) -> Datum { .integer(Int64(bitPattern: bits)) }
}

extension Columns {
  /// A value of `sync_version`: exact, but that flags were numbers once.
  func kept(_ column: CInt, _ shape: Field.Shape?) -> Value {
    let value = exactValue(column)
    if shape == .flag, case .number(let number) = value, (0...1).contains(number) {
      return .flag(number == 1)
    }
    return value
  }
}
