#if Server
  package import Kernel
  package import Wire

  /// Coming into a group and going out of it.
  extension Groups {
    /// Joins by code. 404 `no_such_code` for a wrong or an old one, 409 `group_full` and
    /// `already_member`, 403 for who was removed and was not invited since.
    package func join(_ query: JoinQuery, _ caller: Caller) async throws -> GroupReply {
      let code = GroupCode.plain(query.code)
      return try await changeAndReply(caller) { work in
        guard let group = try KeptGroup.find(code: code, at: work.now, in: work.database) else {
          throw APIError(
            status: 404, code: .noSuchCode, message: "No group has this code, or it is too old.")
        }
        let seat = try GroupSeat.find(caller.account, in: group.space, work.database)
        guard seat?.state != .removed else {
          throw APIError(
            status: 403, code: .forbidden,
            message: "You were removed from this group: only an invitation lets you in again.")
        }
        try work.takeIn(try work.account(caller), to: group)
        try work.note(.groupJoined, group.space, by: caller)
        return group.space
      }
    }

    /// Leaves a group; the last one out ends it.
    package func leave(_ space: EntryID, _ caller: Caller) async throws {
      try await changing(caller) { work in
        let (group, seat) = try work.group(space, for: caller.account)
        try work.end(seat, as: .left, in: group)
        try work.note(.groupLeft, space, by: caller)
      }
    }

    /// Takes somebody out; the code is another one then. Moderators may remove plain members.
    package func remove(_ query: MemberQuery, _ caller: Caller) async throws -> GroupReply {
      try await changeAndReply(caller) { work in
        var (group, seat) = try work.group(query.id, for: caller.account)
        try seat.need([.admin, .moderator], "Only an admin or a moderator may remove members.")
        let member = try work.member(query.account, of: group)
        guard member.account != caller.account else {
          throw GroupSettings.wrong(
            "account", "Nobody removes themselves: leave the group instead.")
        }
        guard seat.role == .admin || member.role == .member else {
          throw APIError(
            status: 403, code: .forbidden,
            message: "Only an admin may remove an admin or a moderator.")
        }
        try group.renewCode(at: work.now, in: work.database)
        try group.save(in: work.database)
        try work.end(member, as: .removed, in: group)
        try work.note(.groupRemoval, group.space, by: caller)
        try Audit(account: member.account)
          .note(.groupRemoved, group.space.description, at: work.now, in: work.database)
        return group.space
      }
    }

    /// Gives a member a role. 403 for who is no admin; a group never loses its last admin so.
    package func changeRole(_ query: RoleQuery, _ caller: Caller) async throws -> GroupReply {
      guard let role = GroupSeat.Role(rawValue: query.role) else {
        throw GroupSettings.wrong("role", "A member's role is admin, moderator or member.")
      }
      return try await changeAndReply(caller) { work in
        let (group, seat) = try work.group(query.id, for: caller.account)
        try seat.need([.admin], "Only an admin may give roles.")
        let member = try work.member(query.account, of: group)
        guard member.role != role else { return group.space }
        let admins = try work.members(of: group.space).count { $0.role == .admin }
        guard member.role != .admin || admins > 1 else {
          throw GroupSettings.wrong("role", "A group needs an admin: give the role away first.")
        }
        let changed = try work.give(role, to: member)
        try work.tell(group, [changed])
        try work.tell(changed, of: group)
        try work.note(.groupRole, group.space, by: caller)
        return group.space
      }
    }
  }

  extension GroupWork {
    /// Somebody who is in the group now. 404 where there is no such member.
    func member(_ account: EntryID, of group: KeptGroup) throws -> GroupSeat {
      guard let seat = try GroupSeat.find(account, in: group.space, database),
        seat.state == .member
      else {
        throw APIError(
          status: 404, code: .notFound, message: "There is no such member in this group.")
      }
      return seat
    }
  }
#endif
