internal import ArgumentParser
internal import Features
internal import Kernel

/// `lifeos group invite`.
struct GroupInviteCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "invite", abstract: "Invite somebody by user name; for admins and moderators.",
    discussion: "The server does not say whether there is somebody of that name.")

  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String
  @Argument(help: "The user's name on your server.")
  var user: String

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let group = try road.group(group)
    try road.door.invite(user, to: group.space)
    console.output.line(
      .plain("Invited: "), .bold(user), .plain(", if there is somebody of that name"))
  }
}

/// `lifeos group remove`.
struct GroupRemoveCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take somebody out of a group; for admins and moderators.",
    discussion: "The group gets another code, so that they do not come back by the old one.")

  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String
  @Argument(help: "The member's name.")
  var user: String

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let group = try road.group(group)
    let member = try road.account(user, of: group)
    try road.door.remove(member.id, from: group.space)
    try road.tell(group.space, json) { changed in
      console.output.line(.plain("Removed: "), .bold(member.user))
      changed.showCode(console)
    }
  }
}

/// `lifeos group role`.
struct GroupRoleCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Make a member an admin, a moderator or a member; for admins.")

  enum Role: String, ExpressibleByArgument, CaseIterable { case admin, moderator, member }

  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String
  @Argument(help: "The member's name.")
  var user: String
  @Argument(help: "admin, moderator or member.")
  var role: Role

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let group = try road.group(group)
    let member = try road.account(user, of: group)
    try road.door.setRole(role.rawValue, of: member.id, in: group.space)
    try road.tell(group.space, json) { _ in
      console.output.line(.bold(member.user), .plain(" is now \(role.rawValue)"))
    }
  }
}

/// `lifeos group code`.
struct GroupCodeCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "code", abstract: "Print the code by which others join a group.")

  @Flag(help: "Make another one; the one before is void. For admins and moderators.")
  var new = false
  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let group = try road.group(group)
    let fresh = new ? try road.door.renewCode(group.space) : nil
    let known = try road.facts(group.space) ?? group
    let code = fresh ?? known.info.code
    let expires = fresh == nil || known.info.code == code ? known.info.codeExpires : nil
    if json.isOn {
      return console.output.json(
        .object([
          ("group", .id(group.space)), ("code", code.isEmpty ? .null : .text(code)),
          ("code_expires", expires.map { .moment($0) } ?? .null),
        ]))
    }
    guard !code.isEmpty else {
      throw Failure(.notFound, "this machine does not know the code yet; try `lifeos sync`")
    }
    console.output.line(.bold(code))
    if let expires {
      let isOver = expires < console.world.now()
      let day = console.world.zone().civil(expires).day
      console.remark(
        isOver
          ? "It was good until \(day); `lifeos group code --new` makes another."
          : "Good until \(day).")
    }
  }
}

extension GroupRoad {
  /// A member's account and name.
  fileprivate func account(
    _ typed: String, of group: GroupFacts
  ) throws -> (id: EntryID, user: String) {
    let member = try member(typed, of: group.space)
    guard let account = member.account else {
      throw Failure(.notFound, "“\(typed)” is no member any more")
    }
    return (account, member.user)
  }
}
