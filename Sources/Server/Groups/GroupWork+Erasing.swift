#if Server
  internal import Kernel
  internal import Ledger
  internal import SQL

  extension GroupWork {
    /// Takes an account that is being deleted out of all groups: what it has shown there is withdrawn,
    /// and it leaves as anybody does. Its name stays with what was; the account's own space is left to
    /// who deletes it.
    mutating func erase(_ account: EntryID) throws {
      for seat in try GroupSeat.all(of: account, database) {
        guard let group = try KeptGroup.find(seat.space, in: database) else { continue }
        let rows = try ledger.rows(ownedBy: account, in: group.space, database)
        try tell(
          rows.map { ToldRow($0.kind, $0.row, [Op.deleted: .flag(true)]) }, in: group.space)
        if seat.state == .member { try end(seat, as: .left, in: group) }
      }
      try database.run("DELETE FROM group_invitation WHERE account = ?", [.id(account)])
    }
  }
#endif
