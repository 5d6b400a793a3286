internal import ArgumentParser
internal import Features
internal import Kernel

/// How often a group checks in.
enum GroupFrequency: String, ExpressibleByArgument, CaseIterable { case weekly, biweekly, daily }

/// How a group's score is made of the answers.
enum GroupRule: String, ExpressibleByArgument, CaseIterable { case hucares, sum, mean }

/// `lifeos group create`.
struct GroupCreateCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a group and print the code by which others join it.")

  @Option(parsing: .unconditional, help: "What it is for, in at most 500 characters.")
  var about = ""
  @Option(help: "weekly, biweekly or daily.")
  var frequency = GroupFrequency.weekly
  @Option(
    help: "The zone in which its weeks begin, such as Europe/Berlin; this machine's otherwise.")
  var zone: String?
  @Option(name: .customLong("max"), help: "At most so many members, 2 to 50.")
  var most = 20
  @Option(help: "hucares (productive + satisfied + body − care), sum or mean.")
  var rule = GroupRule.hucares
  @OptionGroup var json: JsonOption
  @Argument(help: "Its name, 3 to 100 characters.")
  var name: String

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let form = GroupForm(
      name: name, about: about, frequency: frequency.rawValue,
      zone: zone ?? console.world.zone().name, mostMembers: most, rule: rule.rawValue)
    try form.check()
    let space = try road.door.make(form)
    try road.tell(space, json) { group in
      console.output.line(.plain("Made: "), .bold(group.info.name))
      group.showCode(console)
    }
  }
}

/// `lifeos group rename`.
struct GroupRenameCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Give a group another name; for its admins.")

  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String
  @Argument(help: "The new name, 3 to 100 characters.")
  var name: String

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let group = try road.group(group)
    var form = GroupForm(group.info)
    form.name = name
    try form.check()
    try road.door.change(group.space, to: form)
    try road.tell(group.space, json) { changed in
      console.output.line(
        .plain("Renamed: "), .plain(group.info.name), .plain(" is now "), .bold(changed.info.name))
    }
  }
}

/// `lifeos group edit`.
struct GroupEditCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change what a group is; for its admins.")

  @Option(parsing: .unconditional, help: "Its name.")
  var name: String?
  @Option(parsing: .unconditional, help: "What it is for.")
  var about: String?
  @Option(help: "weekly, biweekly or daily.")
  var frequency: GroupFrequency?
  @Option(help: "The zone in which its weeks begin.")
  var zone: String?
  @Option(name: .customLong("max"), help: "At most so many members.")
  var most: Int?
  @Option(help: "hucares, sum or mean.")
  var rule: GroupRule?
  @OptionGroup var json: JsonOption
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let group = try road.group(group)
    let old = GroupForm(group.info)
    let form = GroupForm(
      name: name ?? old.name, about: about ?? old.about,
      frequency: frequency?.rawValue ?? old.frequency, zone: zone ?? old.zone,
      mostMembers: most ?? old.mostMembers, rule: rule?.rawValue ?? old.rule)
    guard form != old else {
      throw Failure(.wrongUsage, "nothing would change; see `lifeos group edit --help`")
    }
    try form.check()
    try road.door.change(group.space, to: form)
    try road.tell(group.space, json) { changed in
      console.output.line(
        .plain("Changed: "), .bold(changed.info.name),
        .plain(
          "  \(changed.info.frequency), \(changed.info.zone), at most "
            + "\(changed.info.mostMembers) members, \(changed.info.rule)"))
    }
  }
}

/// `lifeos group delete`.
struct GroupDeleteCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a group for all its members; for its admins.",
    discussion: "Everybody keeps what they wrote themselves, and loses what the others wrote.")

  @Flag(name: [.customLong("yes"), .customShort("y")], help: "Do not ask.")
  var isSure = false
  @Argument(help: "The group's name, the beginning of it, or its id.")
  var group: String

  func run(on console: Console) throws {
    let road = try GroupRoad(console)
    let group = try road.group(group)
    if !isSure {
      guard console.isInteractive else {
        throw Failure(.wrongUsage, "this can not be undone; say --yes where nobody can be asked")
      }
      let count = group.present.count
      let question = "Delete “\(group.info.name)” with its \(count) members, for ever?"
      guard console.confirm(question) else { throw Failure(.failed, "nothing was deleted") }
    }
    try road.door.delete(group.space)
    console.output.line(.plain("Deleted: "), .bold(group.info.name))
  }
}

extension GroupForm {
  /// What a group is now.
  init(_ info: GroupInfo) {
    self.init(
      name: info.name, about: info.about, frequency: info.frequency, zone: info.zone,
      mostMembers: info.mostMembers, rule: info.rule)
  }

  /// Says what the server would refuse, without asking it.
  func check() throws(Failure) {
    let letters = name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
    guard (3...100).contains(letters.count) else {
      throw Failure(.wrongUsage, "a group's name has 3 to 100 characters")
    }
    guard about.count <= 500 else {
      throw Failure(.wrongUsage, "what a group is for is told in at most 500 characters")
    }
    guard (2...50).contains(mostMembers) else {
      throw Failure(.wrongUsage, "a group has room for 2 to 50 members")
    }
    guard Zone(named: zone) != nil else {
      throw Failure(.wrongUsage, "there is no zone “\(zone)”; write it like Europe/Berlin")
    }
  }
}
