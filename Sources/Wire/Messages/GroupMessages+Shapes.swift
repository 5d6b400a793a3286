internal import Kernel

extension GroupSettings: ShapedMessage {
  package static let shape = MessageShape<GroupSettings>(
    "What a group is.",
    .init("name", .text("3 to 100 characters.", upTo: 100), \.name),
    .init("about", .text("What it is for.", upTo: 500), \.about),
    .init("frequency", .text("weekly, biweekly or daily.", upTo: 16), \.frequency),
    .init("zone", .text("The IANA name of the zone of its weeks.", upTo: 64), \.zone),
    .init("most_members", .integer("At most so many members.", in: 2...50), \.mostMembers),
    .init("rule", .text("hucares, sum or mean.", upTo: 16), \.rule)
  ) {
    GroupSettings(
      name: $0, about: $1, frequency: $2, zone: $3, mostMembers: $4, rule: $5)
  }
}

extension GroupChange: ShapedMessage {
  package static let shape = MessageShape<GroupChange>(
    "What changes of a group; what is left away stays.",
    .init("id", .id("The group."), \.id),
    .init("name", .optional(.text("3 to 100 characters.", upTo: 100)), \.name),
    .init("about", .optional(.text("What it is for.", upTo: 500)), \.about),
    .init("frequency", .optional(.text("weekly, biweekly or daily.", upTo: 16)), \.frequency),
    .init("zone", .optional(.text("An IANA name.", upTo: 64)), \.zone),
    .init(
      "most_members", .optional(.integer("At most so many members.", in: 2...50)), \.mostMembers),
    .init("rule", .optional(.text("hucares, sum or mean.", upTo: 16)), \.rule)
  ) {
    GroupChange(
      id: $0, name: $1, about: $2, frequency: $3, zone: $4, mostMembers: $5, rule: $6)
  }
}

extension MemberInfo: ShapedMessage {
  package static let shape = MessageShape<MemberInfo>(
    "Somebody in a group.",
    .init("account", .id("The account."), \.account),
    .init("user", .text("The user's name.", upTo: 64), \.user),
    .init("role", .text("admin, moderator or member.", upTo: 16), \.role),
    .init("joined", .moment("When they joined"), \.joined),
    .init("online", .flag("Whether a device of theirs listens now."), \.isOnline)
  ) { MemberInfo(account: $0, user: $1, role: $2, joined: $3, isOnline: $4) }
}

extension GroupReply: ShapedMessage {
  package static let shape = MessageShape<GroupReply>(
    "A group with its members.",
    .init("id", .id("The group, and its space."), \.id),
    .init("settings", .message(), \.settings),
    .init("role", .text("The role of who asks.", upTo: 16), \.role),
    .init("code", .text("Who knows it may join.", upTo: 16), \.code),
    .init("code_expires", .moment("The end of the code"), \.codeExpires),
    .init("members", .list(of: .message()), \.members)
  ) {
    GroupReply(id: $0, settings: $1, role: $2, code: $3, codeExpires: $4, members: $5)
  }
}

extension GroupsReply: ShapedMessage {
  package static let shape = MessageShape<GroupsReply>(
    "The groups that the account is in.",
    .init("groups", .list(of: .message()), \.groups)
  ) { GroupsReply(groups: $0) }
}

extension JoinQuery: ShapedMessage {
  package static let shape = MessageShape<JoinQuery>(
    "The way into a group.",
    .init("code", .text("Any case; spaces and hyphens do not count.", upTo: 32), \.code)
  ) { JoinQuery(code: $0) }
}

extension InviteQuery: ShapedMessage {
  package static let shape = MessageShape<InviteQuery>(
    "Who is to be invited.",
    .init("id", .id("The group."), \.id),
    .init("user", .text("A user's name.", upTo: 64), \.user)
  ) { InviteQuery(id: $0, user: $1) }
}

extension MemberQuery: ShapedMessage {
  package static let shape = MessageShape<MemberQuery>(
    "A member of a group.",
    .init("id", .id("The group."), \.id),
    .init("account", .id("The member."), \.account)
  ) { MemberQuery(id: $0, account: $1) }
}

extension RoleQuery: ShapedMessage {
  package static let shape = MessageShape<RoleQuery>(
    "A role for a member.",
    .init("id", .id("The group."), \.id),
    .init("account", .id("The member."), \.account),
    .init("role", .text("admin, moderator or member.", upTo: 16), \.role)
  ) { RoleQuery(id: $0, account: $1, role: $2) }
}
