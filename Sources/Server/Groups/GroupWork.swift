#if Server
  internal import GRDB
  internal import Kernel
  internal import Ledger
  internal import Wire

  /// Changes to groups within one transaction: the server's tables, the ledger's members, and what the
  /// spaces are told of it always change together.
  struct GroupWork {
    let database: Database
    let ledger: Ledger
    let world: World
    /// Stands for the server itself in the spaces' logs.
    let server: EntryID
    let now: Moment
    private(set) var news = GroupNews()

    init(
      _ database: Database, _ ledger: Ledger, _ world: World, server: EntryID, now: Moment
    ) {
      self.database = database
      self.ledger = ledger
      self.world = world
      self.server = server
      self.now = now
    }

    // MARK: - Who may

    /// The group and the caller's seat in it. 404 for everyone else, whether or not there is a group.
    func group(
      _ space: EntryID, for account: EntryID
    ) throws -> (group: KeptGroup, seat: GroupSeat) {
      guard let group = try KeptGroup.find(space, in: database),
        let seat = try GroupSeat.find(account, in: space, database), seat.state == .member
      else { throw Self.noGroup }
      return (group, seat)
    }

    func members(of space: EntryID) throws -> [GroupSeat] {
      try GroupSeat.all(in: space, database).filter { $0.state == .member }
    }

    static let noGroup = APIError(
      status: 404, code: .notFound, message: "You are in no such group.")

    // MARK: - Coming and going

    /// Makes the group's space with its first member.
    mutating func found(_ settings: GroupSettings, by account: Account) throws -> KeptGroup {
      var group = KeptGroup(
        space: world.newID(), settings: settings, code: "", codeExpires: now, created: now)
      try group.renewCode(at: now, in: database)
      try group.save(in: database)
      try ledger.makeSpace(
        group.space, kind: SpaceState.group, owner: account.id, as: GroupSeat.Role.admin.rawValue,
        epoch: world.newID(), in: database)
      let seat = GroupSeat(
        space: group.space, account: account.id, user: account.name, role: .admin, state: .member,
        joined: now)
      try seat.save(in: database)
      try tell(group, [seat])
      try tell(seat, of: group)
      news.enters(account.id, group.space)
      return group
    }

    /// Takes an account in as a member. 409 where it is one, or where there is no room.
    mutating func takeIn(_ account: Account, to group: KeptGroup) throws {
      let members = try members(of: group.space)
      guard !members.contains(where: { $0.account == account.id }) else {
        throw APIError(
          status: 409, code: .alreadyMember, message: "You are in this group already.")
      }
      guard members.count < group.settings.mostMembers else {
        throw APIError(status: 409, code: .groupFull, message: "This group is full.")
      }
      let seat = GroupSeat(
        space: group.space, account: account.id, user: account.name, role: .member,
        state: .member, joined: now)
      try seat.save(in: database)
      try ledger.join(group.space, account.id, as: seat.role.rawValue, in: database)
      try tell(group, [seat])
      try tell(seat, of: group)
      try close(KeptInvitation.open(in: group.space, for: account.id, database), .accepted, group)
      news.enters(account.id, group.space)
    }

    /// Ends a membership. A group without an admin gets another; one without members is gone.
    mutating func end(_ seat: GroupSeat, as state: GroupMember.State, in group: KeptGroup) throws {
      var seat = seat
      seat.state = state
      seat.ended = now
      try seat.save(in: database)
      try ledger.leave(group.space, seat.account, now: now, in: database)
      news.leaves(seat.account, group.space)
      let members = try members(of: group.space)
      guard !members.isEmpty else {
        try tell(seat, of: group)
        return try dissolve(group)
      }
      var changed = [seat]
      if let next = Self.heir(among: members) { changed.append(try give(.admin, to: next)) }
      try tell(group, changed)
      for seat in changed { try tell(seat, of: group) }
      try close(KeptInvitation.open(in: group.space, for: seat.account, database), .revoked, group)
    }

    /// Who is to be admin where nobody is: the longest-standing moderator, else member.
    private static func heir(among members: [GroupSeat]) -> GroupSeat? {
      guard !members.contains(where: { $0.role == .admin }) else { return nil }
      return members.first { $0.role == .moderator } ?? members.first
    }

    /// Changes a role, without telling of it.
    func give(_ role: GroupSeat.Role, to seat: GroupSeat) throws -> GroupSeat {
      var seat = seat
      seat.role = role
      try seat.save(in: database)
      try ledger.join(seat.space, seat.account, as: role.rawValue, in: database)
      return seat
    }

    /// Deletes a group for everyone who is still in it.
    mutating func dissolve(_ group: KeptGroup) throws {
      try close(KeptInvitation.open(in: group.space, database), .revoked, group)
      for var seat in try members(of: group.space) {
        seat.state = .deleted
        seat.ended = now
        try tell(seat, of: group)
        news.leaves(seat.account, group.space)
      }
      try group.delete(in: database)
      try ledger.deleteSpace(group.space, in: database)
      news.forget(group.space)
    }

    /// Invitations that stand open no longer.
    mutating func close(
      _ invitations: [KeptInvitation], _ state: Invitation.State, _ group: KeptGroup
    ) throws {
      for var invitation in invitations {
        invitation.state = state
        try invitation.save(in: database)
        try tell(invitation, to: group)
      }
    }

    // MARK: - Telling

    /// In the group's space: what it is, and who has changed.
    mutating func tell(_ group: KeptGroup, _ seats: [GroupSeat] = []) throws {
      try tell([ToldRow(group.info)] + seats.map { ToldRow($0.member) }, in: group.space)
    }

    /// In the person's own space: how they stand with the group.
    mutating func tell(_ seat: GroupSeat, of group: KeptGroup) throws {
      guard let own = try ledger.personalSpace(of: seat.account, in: database) else { return }
      try tell([ToldRow(seat.membership(named: group.settings.name))], in: own)
    }

    /// In the space of who is asked.
    mutating func tell(_ invitation: KeptInvitation, to group: KeptGroup) throws {
      guard let account = invitation.account,
        let own = try ledger.personalSpace(of: account, in: database)
      else { return }
      try tell([ToldRow(invitation.shown(named: group.settings.name))], in: own)
    }

    mutating func tell(_ rows: [ToldRow], in space: EntryID) throws {
      let head = try ledger.tell(
        rows, in: space, by: server, now: now, newID: world.newID, database)
      news.head(of: space, head)
    }
  }
#endif
