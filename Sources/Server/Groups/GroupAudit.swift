#if Server
  internal import GRDB
  internal import SQL

  /// What the tables of groups and of the ledger say of each other that is not so.
  enum GroupAudit {
    private static let rules: [(sentence: String, sql: String)] = [
      (
        "a member is not let into its space so",
        """
        SELECT hex(seat.space) FROM group_seat AS seat
        LEFT JOIN member ON member.space = seat.space AND member.account = seat.account
          AND member.left_at IS NULL
        WHERE seat.state = 'member' AND member.role IS NOT seat.role
        """
      ),
      (
        "somebody is let into its space who is no member",
        """
        SELECT hex(member.space) FROM member JOIN space ON space.id = member.space
        LEFT JOIN group_seat AS seat ON seat.space = member.space
          AND seat.account = member.account AND seat.state = 'member'
        WHERE space.kind = 'group' AND member.left_at IS NULL AND seat.account IS NULL
        """
      ),
      (
        "nobody is its admin",
        """
        SELECT hex(space) FROM group_settings WHERE NOT EXISTS (
          SELECT 1 FROM group_seat WHERE group_seat.space = group_settings.space
            AND state = 'member' AND role = 'admin')
        """
      ),
      (
        "it has no space",
        """
        SELECT hex(space) FROM group_settings WHERE NOT EXISTS (
          SELECT 1 FROM space WHERE space.id = group_settings.space AND kind = 'group')
        """
      ),
      (
        "there is only its space",
        """
        SELECT hex(id) FROM space WHERE kind = 'group' AND NOT EXISTS (
          SELECT 1 FROM group_settings WHERE group_settings.space = space.id)
        """
      ),
    ]

    /// A line for each thing that is wrong; empty where all is well.
    static func complaints(in database: Database) throws -> [String] {
      var complaints: [String] = []
      for rule in rules {
        try database.each(rule.sql) {
          complaints.append("group \($0.text(0).lowercased()): \(rule.sentence)")
        }
      }
      return complaints
    }
  }
#endif
