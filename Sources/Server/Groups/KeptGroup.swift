#if Server
  internal import GRDB
  internal import Kernel
  internal import SQL
  internal import Wire

  /// A group as the server's tables have it: what it is, and the way in.
  struct KeptGroup {
    let space: EntryID
    var settings: GroupSettings
    var code: String
    var codeExpires: Moment
    let created: Moment

    private static let columns =
      "space, name, about, frequency, zone, most_members, rule, code, code_expires, created"

    static func find(_ space: EntryID, in database: Database) throws -> KeptGroup? {
      try database.first(
        "SELECT \(columns) FROM group_settings WHERE space = ?", [.id(space)], read) ?? nil
    }

    /// By a code in its one form, as long as it lasts.
    static func find(code: String, at now: Moment, in database: Database) throws -> KeptGroup? {
      guard !code.isEmpty else { return nil }
      return try database.first(
        "SELECT \(columns) FROM group_settings WHERE code = ? AND code_expires > ?",
        [.text(code), Datum(now)], read) ?? nil
    }

    func save(in database: Database) throws {
      try database.run(
        """
        INSERT INTO group_settings (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET name = excluded.name, about = excluded.about,
          frequency = excluded.frequency, zone = excluded.zone,
          most_members = excluded.most_members, rule = excluded.rule, code = excluded.code,
          code_expires = excluded.code_expires
        """,
        [
          .id(space), .text(settings.name), .text(settings.about), .text(settings.frequency),
          .text(settings.zone), .integer(Int64(settings.mostMembers)), .text(settings.rule),
          .text(code), Datum(codeExpires), Datum(created),
        ])
    }

    /// The group with all seats and invitations; its space is the ledger's.
    func delete(in database: Database) throws {
      for table in ["group_settings", "group_seat", "group_invitation"] {
        try database.run("DELETE FROM \(table) WHERE space = ?", [.id(space)])
      }
    }

    /// Another code, that no group has.
    mutating func renewCode(at now: Moment, in database: Database) throws {
      repeat {
        code = GroupCode.random()
      } while try database.integer(
        "SELECT EXISTS (SELECT 1 FROM group_settings WHERE code = ?)", [.text(code)]) != 0
      codeExpires = now + GroupCode.life
    }

    var info: GroupInfo {
      GroupInfo(
        id: space, name: settings.name, about: settings.about, frequency: settings.frequency,
        zone: settings.zone, mostMembers: settings.mostMembers, rule: settings.rule, code: code,
        codeExpires: codeExpires, created: created)
    }

    private static func read(_ columns: Columns) -> KeptGroup? {
      guard let space = columns.id(0) else { return nil }
      return KeptGroup(
        space: space,
        settings: GroupSettings(
          name: columns.text(1), about: columns.text(2), frequency: columns.text(3),
          zone: columns.text(4), mostMembers: Int(columns.integer(5)), rule: columns.text(6)),
        code: columns.text(7), codeExpires: Moment(milliseconds: columns.integer(8)),
        created: Moment(milliseconds: columns.integer(9)))
    }
  }
#endif
