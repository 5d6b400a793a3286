package import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

/// `lifeos group list`.
package struct GroupListCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List your groups, and those you have left.")

  @OptionGroup var json: JsonOption
  package init() {}

  package func run(on console: Console) throws {
    let desk = try console.desk()
    let groups = try GroupFinding.groups(of: desk)
    let standings = try desk.store.read { try CheckInQueries.standings($0) }
    if json.isOn {
      return console.output.json(
        list: "groups", groups.lazy.map { $0.json(as: standings[$0.space]) })
    }
    if groups.isEmpty {
      return console.remark(
        "You are in no group. `lifeos group create NAME` makes one, `lifeos group join CODE` joins one."
      )
    }
    for group in groups {
      var words = [group.info.frequency]
      if group.isLeft {
        words = [(standings[group.space] ?? .left).words + "; what you wrote is kept here"]
      } else {
        let count = group.present.count
        words += [count == 1 ? "you alone" : "\(count) members", "you are \(group.roleWords)"]
        if group.choice.isMuted { words.append("muted") }
      }
      console.output.line(
        .dim(group.space.short), .plain("  "), .bold(group.info.name),
        .plain("  " + words.joined(separator: ", ")))
    }
  }
}

/// `lifeos group members`.
package struct GroupMembersCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "members", abstract: "List who is in a group.")

  @Flag(help: "Also who was, and is no longer.")
  var all = false
  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String
  package init() {}

  package func run(on console: Console) throws {
    let desk = try console.desk()
    let group = try GroupFinding.find(group, in: GroupFinding.groups(of: desk))
    let members = all ? group.members : group.present
    if json.isOn {
      return console.output.json(list: "members", members.lazy.map { group.json(of: $0) })
    }
    if group.isLeft {
      console.remark("You are no longer in “\(SafeText(group.info.name).string)”.")
    }
    for member in members {
      var words = [member.role]
      if member.state == .member {
        let joined = member.joined.map { desk.world.zone().civil($0).day }
        words += joined.map { ["since \($0)"] } ?? []
      } else {
        words = [member.state == .removed ? "removed" : "left"]
      }
      let isMe = member.account == group.me && group.me != nil
      console.output.line(
        .bold(member.user), .plain("  " + words.joined(separator: ", ") + (isMe ? "  (you)" : "")))
    }
  }
}

/// `lifeos group sharing`.
package struct GroupSharingCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "sharing", abstract: "Say what a group sees of your check-ins.",
    discussion: """
      score: the score alone. answers: also the four answers, mood and energy. note: also the note. \
      It counts from the next check-in on; without a word it shows how it stands.
      """)

  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String
  @Argument(help: "score, answers or note.")
  var sharing: String?
  package init() {}

  package func run(on console: Console) throws {
    let desk = try console.desk()
    var group = try GroupFinding.findPresent(group, in: GroupFinding.groups(of: desk))
    if let sharing {
      guard let chosen = GroupChoice.Sharing(rawValue: sharing.lowercased()) else {
        throw Failure(.wrongUsage, "“\(sharing)” can not be shared; say score, answers or note")
      }
      group.choice.sharing = chosen
      try CheckInWriting.choose(group.choice, desk: desk)
    }
    if json.isOn { return console.output.json(group.json) }
    let sees =
      switch group.choice.sharing {
      case .score: "the score alone"
      case .answers: "score and answers, not the note"
      case .note: "score, answers and the note"
      }
    console.output.line(.bold(group.info.name), .plain(" sees of your check-ins: \(sees)"))
  }
}

/// `lifeos group mute`.
package struct GroupMuteCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "mute", abstract: "Make no notices of a group.")

  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String
  package init() {}

  package func run(on console: Console) throws {
    try GroupMuting.set(true, group, json, console)
  }
}

/// `lifeos group unmute`.
package struct GroupUnmuteCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "unmute", abstract: "Make notices of a group again.")

  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String
  package init() {}

  package func run(on console: Console) throws {
    try GroupMuting.set(false, group, json, console)
  }
}

private enum GroupMuting {
  static func set(
    _ isMuted: Bool, _ typed: String, _ json: JsonOption, _ console: Console
  ) throws {
    let desk = try console.desk()
    var group = try GroupFinding.findPresent(typed, in: GroupFinding.groups(of: desk))
    group.choice.isMuted = isMuted
    try CheckInWriting.choose(group.choice, desk: desk)
    if json.isOn { return console.output.json(group.json) }
    console.output.line(
      .bold(group.info.name), .plain(isMuted ? " is muted" : " makes notices again"))
  }
}

extension GroupMember.State {
  /// How it stands for the person themselves.
  fileprivate var words: String {
    switch self {
    case .member: "not read yet"
    case .left: "left"
    case .removed: "you were removed"
    case .deleted: "deleted"
    }
  }
}

extension GroupFacts {
  /// `an admin`, `a member`
  package var roleWords: String { role == "admin" ? "an admin" : "a \(role)" }
}
