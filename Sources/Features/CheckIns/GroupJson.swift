package import Kernel
internal import Life

extension GroupFacts {
  /// The shape in which `--json` prints a group.
  package var json: Json { json(as: nil) }

  /// The same; `state` is how the person stands with it, where that is known.
  package func json(as state: GroupMember.State?) -> Json {
    let ended = state == .member ? nil : state
    return .object([
      ("id", .id(space)), ("name", .text(info.name)), ("about", .text(info.about)),
      ("frequency", .text(info.frequency)), ("zone", .text(info.zone)),
      ("rule", .text(info.rule)), ("most_members", .number(info.mostMembers)),
      ("members", .number(present.count)), ("role", .text(role)),
      ("state", .text((isLeft ? ended ?? .left : .member).rawValue)),
      ("code", isLeft || info.code.isEmpty ? .null : .text(info.code)),
      ("code_expires", isLeft ? .null : info.codeExpires.map { .moment($0) } ?? .null),
      ("sharing", .text(choice.sharing.rawValue)), ("muted", .flag(choice.isMuted)),
    ])
  }

  /// The shape in which `--json` prints a member of it.
  package func json(of member: GroupMember) -> Json {
    .object([
      ("account", member.account.map { .id($0) } ?? .null), ("user", .text(member.user)),
      ("role", .text(member.role)), ("state", .text(member.state.rawValue)),
      ("joined", member.joined.map { .moment($0) } ?? .null),
      ("ended", member.ended.map { .moment($0) } ?? .null),
      ("is_me", .flag(member.account == me && me != nil)),
    ])
  }
}

extension Invitation {
  /// The shape in which `--json` prints it.
  package var json: Json {
    .object([
      ("id", .id(id)), ("group", space.map { .id($0) } ?? .null), ("name", .text(name)),
      ("from", .text(from)), ("at", at.map { .moment($0) } ?? .null),
      ("expires", expires.map { .moment($0) } ?? .null), ("state", .text(state.rawValue)),
    ])
  }
}
