#if Server
  internal import Kernel
  internal import Ledger

  extension GroupWork {
    /// Says anew what the server keeps in a space, after a device has given back what the server may
    /// have said before it was restored: its tables count.
    mutating func restate(_ space: SpaceState, for account: EntryID) throws {
      if space.kind == SpaceState.group {
        try restateGroup(space.id, isRestored: space.takesBack(at: now))
      } else {
        try restateOwn(space.id, of: account)
      }
    }

    private mutating func restateGroup(_ space: EntryID, isRestored: Bool) throws {
      guard let group = try KeptGroup.find(space, in: database) else { return }
      let seats = try GroupSeat.all(in: space, database)
      try tell(group, seats)
      // Who came after the backup was made has to come again. Without a restore nobody can have.
      let known = Set(seats.map(\.member.id))
      let fields: [String: Value] =
        isRestored
        ? ["state": .text(GroupMember.State.left.rawValue)] : [Op.deleted: .flag(true)]
      let members = try ledger.rows(of: GroupMember.kind, [], in: space, database)
      for row in members.keys.sorted() where !known.contains(row) {
        try tell([ToldRow(GroupMember.kind, row, fields)], in: space)
      }
      for row in try ledger.rows(of: GroupInfo.kind, [], in: space, database).keys
      where row != space {
        try tell([ToldRow(GroupInfo.kind, row, [Op.deleted: .flag(true)])], in: space)
      }
    }

    private mutating func restateOwn(_ space: EntryID, of account: EntryID) throws {
      var known: Set<EntryID> = []
      for seat in try GroupSeat.all(of: account, database) {
        guard let group = try KeptGroup.find(seat.space, in: database) else { continue }
        known.insert(Membership.id(of: seat.space))
        try tell(seat, of: group)
      }
      for row in try open(Membership.kind, GroupMember.State.member.rawValue, in: space, but: known)
      {
        let stands = try row.space.flatMap { try KeptGroup.find($0, in: database) } != nil
        let state: GroupMember.State = stands ? .left : .deleted
        try tell([ToldRow(Membership.kind, row.id, ["state": .text(state.rawValue)])], in: space)
      }
      known = []
      for invitation in try KeptInvitation.all(for: account, database) {
        guard let group = try KeptGroup.find(invitation.space, in: database) else { continue }
        known.insert(invitation.id)
        try tell(invitation, to: group)
      }
      for row in try open(Invitation.kind, Invitation.State.open.rawValue, in: space, but: known) {
        let revoked = Value.text(Invitation.State.revoked.rawValue)
        try tell([ToldRow(Invitation.kind, row.id, ["state": revoked])], in: space)
      }
    }

    /// The rows of a kind in a state that the tables know nothing of.
    private func open(
      _ kind: Kind, _ state: String, in space: EntryID, but known: Set<EntryID>
    ) throws -> [(id: EntryID, space: EntryID?)] {
      try ledger.rows(of: kind, ["state", "space"], in: space, database)
        .filter { $0.value[0] == .text(state) && !known.contains($0.key) }
        .sorted { $0.key < $1.key }
        .map { (id: $0.key, space: $0.value[1].text.flatMap { EntryID($0) }) }
    }
  }
#endif
