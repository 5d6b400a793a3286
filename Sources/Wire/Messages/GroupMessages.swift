package import Kernel

/// What a group is: `POST groups`.
package struct GroupSettings: Hashable, Sendable {
  /// 3 to 100 characters.
  package var name: String
  /// 500 characters at most.
  package var about: String
  /// `weekly`, `biweekly`, `daily`
  package var frequency: String
  /// An IANA name.
  package var zone: String
  /// 2 to 50
  package var mostMembers: Int
  /// `hucares`, `sum`, `mean`
  package var rule: String

  package init(
    name: String, about: String = "", frequency: String = "weekly", zone: String = "UTC",
    mostMembers: Int = 20, rule: String = "hucares"
  ) {
    self.name = name
    self.about = about
    self.frequency = frequency
    self.zone = zone
    self.mostMembers = mostMembers
    self.rule = rule
  }
}

/// `PATCH groups/{id}`: what is nil stays.
package struct GroupChange: Hashable, Sendable {
  package var id: EntryID
  package var name: String?
  package var about: String?
  package var frequency: String?
  package var zone: String?
  package var mostMembers: Int?
  package var rule: String?

  package init(
    id: EntryID, name: String? = nil, about: String? = nil, frequency: String? = nil,
    zone: String? = nil, mostMembers: Int? = nil, rule: String? = nil
  ) {
    self.id = id
    self.name = name
    self.about = about
    self.frequency = frequency
    self.zone = zone
    self.mostMembers = mostMembers
    self.rule = rule
  }
}

/// Somebody in a group.
package struct MemberInfo: Hashable, Sendable {
  package var account: EntryID
  package var user: String
  /// `admin`, `moderator`, `member`
  package var role: String
  package var joined: Moment
  package var isOnline: Bool

  package init(account: EntryID, user: String, role: String, joined: Moment, isOnline: Bool) {
    self.account = account
    self.user = user
    self.role = role
    self.joined = joined
    self.isOnline = isOnline
  }
}

/// A group as a member sees it.
package struct GroupReply: Hashable, Sendable {
  /// Its space.
  package var id: EntryID
  package var settings: GroupSettings
  /// The role of who asks.
  package var role: String
  package var code: String
  package var codeExpires: Moment
  package var members: [MemberInfo]

  package init(
    id: EntryID, settings: GroupSettings, role: String, code: String, codeExpires: Moment,
    members: [MemberInfo]
  ) {
    self.id = id
    self.settings = settings
    self.role = role
    self.code = code
    self.codeExpires = codeExpires
    self.members = members
  }
}

/// `GET groups`
package struct GroupsReply: Hashable, Sendable {
  package var groups: [GroupReply]
  package init(groups: [GroupReply]) { self.groups = groups }
}

/// `POST groups/join`
package struct JoinQuery: Hashable, Sendable {
  /// Any case; spaces and hyphens don't count.
  package var code: String
  package init(code: String) { self.code = code }
}

/// `POST groups/{id}/invitations`
package struct InviteQuery: Hashable, Sendable {
  package var id: EntryID
  package var user: String
  package init(id: EntryID, user: String) {
    self.id = id
    self.user = user
  }
}

/// `DELETE groups/{id}/members/{account}`
package struct MemberQuery: Hashable, Sendable {
  package var id: EntryID
  package var account: EntryID
  package init(id: EntryID, account: EntryID) {
    self.id = id
    self.account = account
  }
}

/// `PATCH groups/{id}/members/{account}`
package struct RoleQuery: Hashable, Sendable {
  package var id: EntryID
  package var account: EntryID
  /// `admin`, `moderator`, `member`
  package var role: String
  package init(id: EntryID, account: EntryID, role: String) {
    self.id = id
    self.account = account
    self.role = role
  }
}
