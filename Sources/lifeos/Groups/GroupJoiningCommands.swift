internal import ArgumentParser
internal import Features
internal import Kernel

/// `lifeos group join`.
struct GroupJoinCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "Join the group that has this code.",
    discussion: """
      From your next check-in on the group sees your score and answers, not your note; `lifeos group \
      sharing` changes that.
      """)

  @OptionGroup var json: JsonOption
  @Argument(help: "Eight letters and digits; case, blanks and hyphens do not count.")
  var code: [String]

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let space = try road.door.join(code.joined())
    try GroupJoining.tell(space, json, road)
  }
}

/// `lifeos group invitations`.
struct GroupInvitationsCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "invitations", abstract: "List the invitations that wait for your answer.")

  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    // They come by an exchange; where the server can't be reached, those that are known are shown.
    if try road.isSignedIn { road.door.refresh() }
    let open = try GroupFinding.openInvitations(of: road.desk)
    if json.isOn { return console.output.json(list: "invitations", open.lazy.map(\.json)) }
    if open.isEmpty { return console.remark("No invitation waits for an answer.") }
    for invitation in open {
      let until = invitation.expires.map { console.world.zone().civil($0).day }
      console.output.line(
        .dim(invitation.id.short), .plain("  "), .bold(invitation.name),
        .plain("  from \(invitation.from)" + (until.map { ", until \($0)" } ?? "")))
    }
    console.remark("`lifeos group accept NAME` joins, `lifeos group decline NAME` says no.")
  }
}

/// `lifeos group accept`.
struct GroupAcceptCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Follow an invitation into its group.")

  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name or the invitation's id; not needed where there is only one.")
  var invitation: String?

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let space = try road.door.accept(try road.invitation(invitation).id)
    try GroupJoining.tell(space, json, road)
  }
}

/// `lifeos group decline`.
struct GroupDeclineCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Say no to an invitation.")

  @Argument(help: "The group's name or the invitation's id; not needed where there is only one.")
  var invitation: String?

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let invitation = try road.invitation(invitation)
    try road.door.decline(invitation.id)
    console.output.line(.plain("Declined: "), .bold(invitation.name))
  }
}

/// `lifeos group leave`.
struct GroupLeaveCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "leave", abstract: "Leave a group.",
    discussion: """
      What you wrote there stays readable on your machines; what the others wrote goes. They keep \
      what you have shown them.
      """)

  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let group = try road.group(group)
    try road.door.leave(group.space)
    console.output.line(
      .plain("Left: "), .bold(group.info.name), .plain("; what you wrote there is kept here"))
  }
}

/// What joining says.
private enum GroupJoining {
  static func tell(_ space: EntryID, _ json: JsonOption, _ road: GroupRoad) throws {
    try road.tell(space, json) { group in
      let count = group.present.count
      road.console.output.line(
        .plain("Joined: "), .bold(group.info.name),
        .plain("  \(group.info.frequency), \(count) member\(count == 1 ? "" : "s")"))
    }
  }
}
