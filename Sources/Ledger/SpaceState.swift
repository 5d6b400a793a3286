package import GRDB
package import Kernel
internal import SQL

/// Where a space stands: its row.
package struct SpaceState: Hashable, Sendable {
  /// The two kinds of spaces.
  package static let personal = "personal"
  package static let group = "group"

  package let id: EntryID
  /// `personal`, `group`
  package let kind: String
  /// Random, another one after each restore from a backup.
  package let epoch: EntryID
  package internal(set) var head: LogPoint
  /// The greatest stamp of its operations.
  package internal(set) var greatest: Stamp
  /// When the server was restored from a backup last; nil for never.
  package let restored: Moment?
  /// Of its registers: see `Digest`.
  package internal(set) var digest: UInt64
  package internal(set) var registers: Int64
  /// What its log weighs, as the quota counts.
  package internal(set) var bytes: Int64

  /// Whether what the server may have lost is taken from whoever has it: for 90 days after a restore.
  package func takesBack(at now: Moment) -> Bool {
    guard let restored else { return false }
    return now.milliseconds - restored.milliseconds < 90 * 86_400_000
  }
}

extension Ledger {
  /// Where a space stands; nil where there is none.
  package func state(of space: EntryID, in database: Database) throws -> SpaceState? {
    try database.first(
      """
      SELECT id, kind, epoch, head, chain, max_t, digest, registers, bytes, restored_at
      FROM space WHERE id = ?
      """, [.id(space)], spaceState) ?? nil
  }

  /// Where every space stands.
  package func states(in database: Database) throws -> [SpaceState] {
    var states: [SpaceState] = []
    try database.each(
      """
      SELECT id, kind, epoch, head, chain, max_t, digest, registers, bytes, restored_at
      FROM space ORDER BY id
      """
    ) { columns in
      if let state = spaceState(columns) { states.append(state) }
    }
    return states
  }

  private func spaceState(_ columns: Columns) -> SpaceState? {
    guard let id = columns.id(0), let epoch = columns.id(2) else { return nil }
    return SpaceState(
      id: id, kind: columns.text(1), epoch: epoch,
      head: LogPoint(seq: columns.integer(3), chain: UInt64(bitPattern: columns.integer(4))),
      greatest: columns.stamp(5),
      restored: columns.isNull(9) ? nil : Moment(milliseconds: columns.integer(9)),
      digest: UInt64(bitPattern: columns.integer(6)),
      registers: columns.integer(7), bytes: columns.integer(8))
  }

  func save(_ space: SpaceState, in database: Database) throws {
    try database.run(
      """
      UPDATE space SET head = ?, chain = ?, max_t = ?, digest = ?, registers = ?, bytes = ?
      WHERE id = ?
      """,
      [
        .integer(space.head.seq), .integer(Int64(bitPattern: space.head.chain)),
        Datum(space.greatest), .integer(Int64(bitPattern: space.digest)),
        .integer(space.registers), .integer(space.bytes), .id(space.id),
      ])
  }
}
