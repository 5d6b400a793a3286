#if Server
  internal import GRDB
  internal import Kernel
  internal import Ledger
  internal import SQL
  package import Wire

  extension Accounts {
    /// Everything that the server holds of the account but its secrets: the account, its devices,
    /// sessions and lines of the audit, its groups, and each space with all values, the lost ones
    /// too: of a group's space what the account itself has written.
    package func export(_ caller: Caller) async throws(APIError) -> AccountExport {
      let now = database.now()
      try await write { database in
        try self.confirm(caller, in: database)
        try Audit(account: caller.account, session: caller.session, device: caller.device)
          .note(.export, at: now, in: database)
      }
      return try await read { database in
        guard let account = try Account.find(caller.account, in: database) else {
          throw Self.ended
        }
        let exporting = AccountExporting(
          account: account, ledger: self.ledger, database: database)
        return AccountExport(content: try exporting.run(at: now))
      }
    }
  }

  /// One account as JSON.
  private struct AccountExporting {
    let account: Account
    let ledger: Ledger
    let database: Database

    func run(at now: Moment) throws -> JSON {
      let seats = try GroupSeat.all(of: account.id, database)
      return .object([
        .init("exported", .number(now.milliseconds)),
        .init("id", .text(account.id.description)),
        .init("user", .text(account.name)),
        .init("email", account.email.map(JSON.text) ?? .null),
        .init("created", .number(account.created.milliseconds)),
        .init("devices", try devices()),
        .init("sessions", try sessions()),
        .init("audit", try audit()),
        .init("groups", .list(try seats.map(group))),
        .init("spaces", .list(try spaces(seats))),
      ])
    }

    /// Also those of groups that the account has left.
    private func spaces(_ seats: [GroupSeat]) throws -> [JSON] {
      let current = try ledger.spaces(of: account.id, in: database)
      let left = seats.filter { seat in !current.contains { $0.space == seat.space } }.map {
        SpaceRole(space: $0.space, kind: SpaceState.group, role: $0.state.rawValue)
      }
      return try (current + left).map(space)
    }

    private func space(_ membership: SpaceRole) throws -> JSON {
      let own = membership.kind == SpaceState.group ? try ownRows(in: membership.space) : nil
      func isOwn(_ register: Register) -> Bool {
        own?.contains(OwnRow(kind: register.kind, row: register.row)) ?? true
      }
      var registers: [JSON] = []
      try ledger.registers(of: membership.space, in: database) {
        if isOwn($0) { registers.append(.object(members($0))) }
        return true
      }
      var versions: [JSON] = []
      try ledger.versions(of: membership.space, in: database) { lost in
        guard isOwn(lost.register) else { return }
        versions.append(
          .object(
            members(lost.register) + [.init("lost", .number(lost.lostAt.milliseconds))]))
      }
      return .object([
        .init("id", .text(membership.space.description)), .init("kind", .text(membership.kind)),
        .init("role", .text(membership.role)), .init("registers", .list(registers)),
        .init("versions", .list(versions)),
      ])
    }

    private struct OwnRow: Hashable {
      let kind: Kind
      let row: EntryID
    }

    /// What the account has written in a group, and its own seat there.
    private func ownRows(in space: EntryID) throws -> Set<OwnRow> {
      let rows = try ledger.rows(ownedBy: account.id, in: space, database)
      return Set(rows.map { OwnRow(kind: $0.kind, row: $0.row) })
        .union([OwnRow(kind: GroupMember.kind, row: GroupMember.id(of: account.id, in: space))])
    }

    /// The name only for who is still in it.
    private func group(_ seat: GroupSeat) throws -> JSON {
      let name =
        seat.state == .member
        ? try KeptGroup.find(seat.space, in: database)?.settings.name : nil
      return .object([
        .init("id", .text(seat.space.description)), .init("name", name.map(JSON.text) ?? .null),
        .init("role", .text(seat.role.rawValue)), .init("state", .text(seat.state.rawValue)),
        .init("joined", .number(seat.joined.milliseconds)),
        .init("ended", seat.ended.map { .number($0.milliseconds) } ?? .null),
      ])
    }

    /// Named as on the wire.
    private func members(_ register: Register) -> [JSON.Member] {
      let value: JSON =
        switch register.value {
        case .null: .null
        case .flag(let flag): .flag(flag)
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        }
      let stamp = register.authorship.stamp.bits
      return [
        .init("c", .text(register.kind.name)), .init("id", .text(register.row.description)),
        .init("f", .text(register.field)),
        .init("t", .text(Hexadecimal.text(withUnsafeBytes(of: stamp.bigEndian) { Array($0) }))),
        .init("op", .text(register.authorship.op.description)), .init("v", value),
      ]
    }

    private func devices() throws -> JSON {
      var list: [JSON] = []
      try database.each(
        "SELECT id, name, app, created, last_seen FROM device WHERE account = ? ORDER BY id",
        [.id(account.id)]
      ) { columns in
        list.append(
          .object([
            .init("id", id(columns, 0)), .init("name", .text(columns.text(1))),
            .init("app", .text(columns.text(2))), .init("created", .number(columns.integer(3))),
            .init("last_seen", .number(columns.integer(4))),
          ]))
      }
      return .list(list)
    }

    private func sessions() throws -> JSON {
      var list: [JSON] = []
      try database.each(
        """
        SELECT id, device, created, last_used, expires, revoked_at FROM session
        WHERE account = ? ORDER BY id
        """, [.id(account.id)]
      ) { columns in
        list.append(
          .object([
            .init("id", id(columns, 0)), .init("device", id(columns, 1)),
            .init("created", .number(columns.integer(2))),
            .init("last_used", .number(columns.integer(3))),
            .init("expires", .number(columns.integer(4))),
            .init("revoked", columns.isNull(5) ? .null : .number(columns.integer(5))),
          ]))
      }
      return .list(list)
    }

    private func audit() throws -> JSON {
      var list: [JSON] = []
      try database.each(
        """
        SELECT at, what, session, device, address, detail FROM audit WHERE account = ? ORDER BY n
        """, [.id(account.id)]
      ) { columns in
        list.append(
          .object([
            .init("at", .number(columns.integer(0))), .init("what", .text(columns.text(1))),
            .init("session", id(columns, 2)), .init("device", id(columns, 3)),
            .init("address", columns.isNull(4) ? .null : .text(columns.text(4))),
            .init("detail", columns.isNull(5) ? .null : .text(columns.text(5))),
          ]))
      }
      return .list(list)
    }

    private func id(_ columns: Columns, _ column: CInt) -> JSON {
      columns.id(column).map { .text($0.description) } ?? .null
    }
  }
#endif
