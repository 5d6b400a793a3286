#if Server
  internal import GRDB
  package import Kernel
  package import Ledger
  package import Wire

  /// Groups as their members may ask for them: each request is checked and carried out in one
  /// transaction. Functions throw `APIError`s; who is in no such group gets the 404 of nothing.
  package struct Groups: Sendable {
    let database: ServerDatabase
    let accounts: Accounts
    let ledger: Ledger
    let hub: EventHub
    let world: World

    package init(
      database: ServerDatabase, accounts: Accounts, ledger: Ledger, hub: EventHub, world: World
    ) {
      self.database = database
      self.accounts = accounts
      self.ledger = ledger
      self.hub = hub
      self.world = world
    }

    // MARK: - Looking

    /// The groups that the caller is in.
    package func all(_ caller: Caller) async throws -> GroupsReply {
      let replies = try await database.read { database in
        let work = self.work(in: database)
        return try GroupSeat.all(of: caller.account, database)
          .filter { $0.state == .member }
          .map { try work.reply($0.space, for: caller.account) }
      }
      return GroupsReply(groups: replies.map(withPresence))
    }

    /// One of them. 404 for who is not in it.
    package func one(_ space: EntryID, _ caller: Caller) async throws -> GroupReply {
      withPresence(
        try await database.read { try self.work(in: $0).reply(space, for: caller.account) })
    }

    // MARK: - Making, changing, ending

    /// Makes a group; the caller is its admin.
    package func make(_ settings: GroupSettings, _ caller: Caller) async throws -> GroupReply {
      let settings = try settings.checked()
      return try await changeAndReply(caller) { work in
        let group = try work.found(settings, by: try work.account(caller))
        try work.note(.groupMade, group.space, by: caller)
        return group.space
      }
    }

    /// Changes a group's settings. 403 for who is no admin.
    package func change(_ change: GroupChange, _ caller: Caller) async throws -> GroupReply {
      try await changeAndReply(caller) { work in
        var (group, seat) = try work.group(change.id, for: caller.account)
        try seat.need([.admin], "Only an admin may change what a group is.")
        let old = group.settings
        group.settings = try old.changed(by: change).checked()
        let members = try work.members(of: group.space)
        guard group.settings.mostMembers >= members.count else {
          throw GroupSettings.wrong(
            "most_members", "The group has \(members.count) members already.")
        }
        guard group.settings != old else { return group.space }
        try group.save(in: work.database)
        try work.tell(group)
        if group.settings.name != old.name { try work.rename(group, members) }
        try work.note(.groupChanged, group.space, by: caller)
        return group.space
      }
    }

    /// Deletes a group for all its members. 403 for who is no admin.
    package func delete(_ space: EntryID, _ caller: Caller) async throws {
      try await changing(caller) { work in
        let (group, seat) = try work.group(space, for: caller.account)
        try seat.need([.admin], "Only an admin may delete a group.")
        try work.dissolve(group)
        try work.note(.groupDeleted, space, by: caller)
      }
    }

    /// Gives a group another code. 403 for plain members.
    package func renewCode(_ space: EntryID, _ caller: Caller) async throws -> GroupReply {
      try await changeAndReply(caller) { work in
        var (group, seat) = try work.group(space, for: caller.account)
        try seat.need([.admin, .moderator], "Only an admin or a moderator may renew the code.")
        try group.renewCode(at: work.now, in: work.database)
        try group.save(in: work.database)
        try work.tell(group)
        try work.note(.groupCode, space, by: caller)
        return space
      }
    }

    // MARK: - How all of them are done

    func changeAndReply(
      _ caller: Caller, _ body: @escaping @Sendable (inout GroupWork) throws -> EntryID
    ) async throws -> GroupReply {
      withPresence(
        try await changing(caller) { work in
          let space = try body(&work)
          return try work.reply(space, for: caller.account)
        })
    }

    /// Carries out a change as long as the caller's session lives, and tells who listens of it.
    @discardableResult
    func changing<T: Sendable>(
      _ caller: Caller, _ body: @escaping @Sendable (inout GroupWork) throws -> T
    ) async throws -> T {
      let (result, _) = try await database.write(
        // In the order of the commits: who leaves after coming is out.
        then: { [hub] done in hub.take(done.1, by: caller.session) },
        { database in
          try accounts.confirm(caller, in: database)
          var work = self.work(in: database)
          let result = try body(&work)
          return (result, work.news)
        })
      return result
    }

    func work(in database: Database) -> GroupWork {
      GroupWork(
        database, ledger, world, server: self.database.serverID, now: self.database.now())
    }

    private func withPresence(_ reply: GroupReply) -> GroupReply {
      let online = hub.online(in: reply.id)
      var reply = reply
      for index in reply.members.indices {
        reply.members[index].isOnline = online.contains(reply.members[index].account)
      }
      return reply
    }
  }

  extension GroupSeat {
    /// 403 with `message` for who has none of the roles.
    func need(_ roles: Set<Role>, _ message: String) throws(APIError) {
      guard roles.contains(role) else {
        throw APIError(status: 403, code: .forbidden, message: message)
      }
    }
  }

  extension GroupWork {
    /// The caller's account, which may have gone since the session was looked at.
    func account(_ caller: Caller) throws -> Account {
      guard let account = try Account.find(caller.account, in: database) else {
        throw Accounts.ended
      }
      return account
    }

    /// Nobody's presence is known here.
    func reply(_ space: EntryID, for account: EntryID) throws -> GroupReply {
      let (group, seat) = try group(space, for: account)
      return GroupReply(
        id: space, settings: group.settings, role: seat.role.rawValue, code: group.code,
        codeExpires: group.codeExpires,
        members: try members(of: space).map {
          MemberInfo(
            account: $0.account, user: $0.user, role: $0.role.rawValue, joined: $0.joined,
            isOnline: false)
        })
    }

    /// Tells the group's name to all who know it by another one.
    mutating func rename(_ group: KeptGroup, _ members: [GroupSeat]) throws {
      for seat in members { try tell(seat, of: group) }
      for invitation in try KeptInvitation.open(in: group.space, database) {
        try tell(invitation, to: group)
      }
    }

    func note(_ event: Audit.Event, _ space: EntryID, by caller: Caller) throws {
      try Audit(account: caller.account, session: caller.session, device: caller.device)
        .note(event, space.description, at: now, in: database)
    }
  }
#endif
