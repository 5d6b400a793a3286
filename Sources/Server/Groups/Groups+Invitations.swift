#if Server
  package import Kernel
  package import Wire

  /// Asking somebody into a group by name.
  extension Groups {
    /// Invites a user. The answer is the same whether or not there is one of this name. 403 for plain
    /// members, 409 `already_member` for who is in the group, as everyone there knows.
    package func invite(_ query: InviteQuery, _ caller: Caller) async throws {
      let name = query.user.lowercased()
      try await changing(caller) { work in
        let (group, seat) = try work.group(query.id, for: caller.account)
        try seat.need([.admin, .moderator], "Only an admin or a moderator may invite.")
        // A name in the group is known there; any other one is not looked at before it is written.
        guard try !work.members(of: group.space).contains(where: { $0.user == name }) else {
          throw APIError(
            status: 409, code: .alreadyMember, message: "They are in this group already.")
        }
        try KeptInvitation.sweep(at: work.now, in: group.space, work.database)
        let open = try KeptInvitation.open(in: group.space, work.database)
        guard open.count(where: { $0.expires > work.now }) < KeptInvitation.most else {
          throw APIError(
            status: 429, code: .rateLimited,
            message: "\(KeptInvitation.most) invitations of this group stand open already.",
            retryAfter: 86_400)
        }
        let account = try name.contains("@") ? nil : Account.find(named: name, in: work.database)
        let known = account.flatMap { account in open.first { $0.account == account.id } }
        var invitation =
          known
          ?? KeptInvitation(
            id: work.world.newID(), space: group.space, account: account?.id, from: seat.user,
            at: work.now, expires: work.now, state: .open)
        invitation.from = seat.user
        invitation.at = work.now
        invitation.expires = work.now + KeptInvitation.life
        try invitation.save(in: work.database)
        try work.tell(invitation, to: group)
        try work.note(.groupInvited, group.space, by: caller)
      }
    }

    /// Follows an invitation. 404 for one that is not the caller's, or stands open no longer; 409
    /// `group_full` leaves it open.
    package func accept(_ invitation: EntryID, _ caller: Caller) async throws -> GroupReply {
      try await changeAndReply(caller) { work in
        let (_, group) = try work.invitation(invitation, for: caller)
        try work.takeIn(try work.account(caller), to: group)
        try work.note(.groupJoined, group.space, by: caller)
        return group.space
      }
    }

    /// Declines an invitation. 404 as in `accept`.
    package func decline(_ invitation: EntryID, _ caller: Caller) async throws {
      try await changing(caller) { work in
        let (invitation, group) = try work.invitation(invitation, for: caller)
        try work.close([invitation], .declined, group)
      }
    }
  }

  extension GroupWork {
    /// One that stands open for the caller, with its group.
    fileprivate func invitation(
      _ id: EntryID, for caller: Caller
    ) throws -> (KeptInvitation, KeptGroup) {
      guard let invitation = try KeptInvitation.find(id, in: database),
        invitation.account == caller.account, invitation.state == .open, invitation.expires > now,
        let group = try KeptGroup.find(invitation.space, in: database)
      else {
        throw APIError(
          status: 404, code: .notFound, message: "There is no such invitation, or no longer.")
      }
      return (invitation, group)
    }
  }
#endif
