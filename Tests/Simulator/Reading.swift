internal import GRDB
internal import Kernel
internal import SQL

@testable internal import Storage

/// What the databases say, read by plain SQL beside the code under test.
enum Reading {
  // MARK: The server

  /// The lines of the log after `seq`.
  static func log(_ queue: DatabaseQueue, _ space: EntryID, after seq: Int64) throws
    -> [Oracle.Line]
  {
    var lines: [Oracle.Line] = []
    try queue.inDatabase { database in
      try database.each(
        """
        SELECT seq, op, t, coll, op_log.id, x, origin, key, type, atom, account
        FROM op_log, json_each(f) WHERE space = ? AND seq > ? ORDER BY seq
        """, [.id(space), .integer(seq)]
      ) { columns in
        guard let op = columns.id(1), let row = columns.id(4) else { return }
        let value: Value =
          switch columns.text(8) {
          case "true": .flag(true)
          case "false": .flag(false)
          case "integer": .number(columns.integer(9))
          case "text": .text(columns.text(9))
          default: .null
          }
        let field = (name: columns.text(7), value: value)
        if lines.last?.seq == columns.integer(0) {
          lines[lines.count - 1].fields.append(field)
          return
        }
        lines.append(
          Oracle.Line(
            seq: columns.integer(0), id: op, origin: columns.id(6),
            account: columns.id(10) ?? op, stamp: columns.stamp(2), group: columns.id(5),
            kind: columns.text(3), row: row, fields: [field]))
      }
    }
    return lines
  }

  /// The server's registers or versions as the oracle writes them.
  static func serverText(_ table: String, _ queue: DatabaseQueue, _ space: EntryID) throws
    -> String
  {
    try queue.inDatabase { database in
      var lines: [String] = []
      try database.each(
        """
        SELECT coll || ' ' || lower(hex(id)) || ' ' || field || ' ' || t || ' ' || lower(hex(op))
          || ' ' || \(plain("val")) FROM \(table) WHERE space = ?
        """, [.id(space)]
      ) { lines.append($0.text(0)) }
      return lines.sorted().joined(separator: ";")
    }
  }

  /// A value of a column that takes anything, where flags are BLOBs of one byte.
  private static func plain(_ column: String) -> String {
    "CASE typeof(\(column)) WHEN 'blob' THEN CAST(hex(\(column)) AS INTEGER) "
      + "ELSE quote(\(column)) END"
  }

  /// The digest of the server's registers, from scratch, and as it is kept.
  static func serverDigests(_ queue: DatabaseQueue, _ space: EntryID) throws -> (UInt64, UInt64) {
    try queue.inDatabase { database in
      let kept = try database.integer("SELECT digest FROM space WHERE id = ?", [.id(space)])
      return (try digest(database, "reg", space), UInt64(bitPattern: kept))
    }
  }

  private static func digest(_ database: Database, _ table: String, _ space: EntryID) throws
    -> UInt64
  {
    var sum: UInt64 = 0
    try database.each(
      "SELECT coll, id, field, t, op FROM \(table) WHERE space = ?", [.id(space)]
    ) { columns in
      guard let row = columns.id(1), let op = columns.id(4) else { return }
      sum &+= Digest.register(
        space, Kind(columns.text(0)), row, columns.text(2),
        Authorship(stamp: columns.stamp(3), op: op))
    }
    return sum
  }

  // MARK: A device

  /// Of each space: from scratch, and as it is kept.
  static func deviceDigests(_ machine: Machine) throws -> [(UInt64, UInt64)] {
    try machine.peek { database in
      var kept: [(EntryID, UInt64)] = []
      try database.each("SELECT space, digest FROM sync_space") {
        if let space = $0.id(0) { kept.append((space, UInt64(bitPattern: $0.integer(1)))) }
      }
      return try kept.map { (try digest(database, "sync_clock", $0.0), $0.1) }
    }
  }

  /// The device's registers of a space as the oracle writes them.
  static func registers(_ machine: Machine, _ space: EntryID) throws -> String {
    var parts: [String] = []
    let told: [any Entry.Type] = [
      GroupInfo.self, GroupMember.self, Membership.self, Invitation.self,
    ]
    for type in machine.edition.types as [any Entry.Type] + told {
      for field in type.fields.map(\.name) + [Op.deleted] {
        parts.append(
          """
          SELECT '\(type.kind.name)' AS coll, id, '\(field)' AS field, quote("\(field)") AS val
          FROM "\(type.kind.name)"
          """)
      }
    }
    return try machine.peek { database in
      var lines: [String] = []
      try database.each(
        """
        SELECT c.coll || ' ' || lower(hex(c.id)) || ' ' || c.field || ' ' || c.t || ' '
          || lower(hex(c.op)) || ' ' || CASE WHEN u.field IS NOT NULL THEN \(plain("u.val"))
          ELSE v.val END
        FROM sync_clock c LEFT JOIN sync_unknown u
          ON u.space = c.space AND u.coll = c.coll AND u.id = c.id AND u.field = c.field
        LEFT JOIN (\(parts.joined(separator: " UNION ALL "))) v
          ON v.coll = c.coll AND v.id = c.id AND v.field = c.field
        WHERE c.space = ?
        """, [.id(space)]
      ) { lines.append($0.text(0)) }
      return lines.sorted().joined(separator: ";")
    }
  }

  /// The values of a space that lost on the device, as the oracle writes them.
  static func versions(_ machine: Machine, _ space: EntryID) throws -> String {
    try machine.peek { database in
      var lines: [String] = []
      try database.each(
        """
        SELECT coll || ' ' || lower(hex(id)) || ' ' || field || ' ' || t || ' ' || lower(hex(op))
          || ' ' || \(plain("val")) FROM sync_version WHERE space = ?
        """, [.id(space)]
      ) { lines.append($0.text(0)) }
      return lines.sorted().joined(separator: ";")
    }
  }

  /// Operations that a person has given up sending.
  static func dropped(_ machine: Machine) throws -> [String] {
    try machine.peek { database in
      var dropped: [String] = []
      try database.each("SELECT lower(hex(op)) FROM sync_outbox WHERE state = 'dropped'") {
        dropped.append($0.text(0))
      }
      return dropped
    }
  }

  /// All values that the device holds in any form.
  static func held(_ machine: Machine) throws -> Set<Writ> {
    var held: Set<Writ> = []
    try machine.peek { database in
      try database.each(
        """
        SELECT op, field FROM sync_clock UNION SELECT op, field FROM sync_version
        UNION SELECT op, key FROM sync_outbox, json_each(f)
        """
      ) { columns in
        if let op = columns.id(0) { held.insert(Writ(op: op, field: columns.text(1))) }
      }
    }
    return held
  }

  /// Rows whose `_dead` is not what their registers say: P17.
  static func wronglyDead(_ machine: Machine) throws -> Int64 {
    try machine.peek { database in
      var wrong: Int64 = 0
      for type in machine.edition.types {
        let kind = type.kind.name
        let personal = "(SELECT space FROM sync_space WHERE kind = 'personal')"
        let space = type.isShared ? "coalesce(_space, \(personal))" : personal
        wrong += try database.integer(
          """
          SELECT count(*) FROM "\(kind)" WHERE _dead <> (coalesce(_del, 0) = 1 AND NOT EXISTS (
            SELECT 1 FROM sync_clock d, sync_clock c WHERE d.coll = '\(kind)'
            AND d.space = \(space) AND d.id = "\(kind)".id AND d.field = '_del' AND c.space = d.space AND c.coll = d.coll
            AND c.id = d.id AND c.field <> '_del' AND (c.t, c.op) > (d.t, d.op)))
          """)
      }
      return wrong
    }
  }
}
