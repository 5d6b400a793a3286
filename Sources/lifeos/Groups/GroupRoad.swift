internal import Features
internal import Kernel
internal import Storage
internal import Sync

/// What the commands around groups work with.
struct GroupRoad {
  let console: Console
  let desk: Desk
  let door: NetworkGroups

  init(_ console: Console) throws {
    let access = try Access(console)
    self.console = console
    desk = try console.desk()
    door = NetworkGroups(access, access.engine())
  }

  /// False where the journal belongs to no account.
  var isSignedIn: Bool {
    get throws { try desk.store.account() != nil }
  }

  /// The group that `typed` names, where the person is in it now. What this machine does not know yet
  /// is asked for once.
  func group(_ typed: String) throws -> GroupFacts {
    try lookingTwice {
      try GroupFinding.findPresent(typed, in: GroupFinding.groups(of: desk))
    }
  }

  func member(_ typed: String, of space: EntryID) throws -> GroupMember {
    try lookingTwice(space) {
      let groups = try GroupFinding.groups(of: desk)
      guard let group = groups.first(where: { $0.space == space }) else {
        throw Failure(.notFound, "you are no longer in this group")
      }
      return try GroupFinding.member(typed, of: group)
    }
  }

  func invitation(_ typed: String?) throws -> Invitation {
    try lookingTwice {
      try GroupFinding.invitation(typed, in: GroupFinding.openInvitations(of: desk))
    }
  }

  /// The group as this machine has it by now; nil where it could not be read yet.
  func facts(_ space: EntryID) throws -> GroupFacts? {
    try GroupFinding.groups(of: desk).first { $0.space == space }
  }

  /// Prints the group's shape with `--json`, `said` without.
  func tell(_ space: EntryID, _ json: JsonOption, _ said: (GroupFacts) -> Void) throws {
    let known = try facts(space)
    if known == nil {
      console.remark(
        "It is done on the server; this machine reads of it at the next `lifeos sync`.")
    }
    if json.isOn {
      let me = try desk.store.account()?.id
      return console.output.json((known ?? GroupFinding.unread(space, me: me)).json)
    }
    if let known { said(known) }
  }

  private func lookingTwice<T>(_ space: EntryID? = nil, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let failure as Failure where failure.code == .notFound {
      door.refresh(space)
      return try body()
    }
  }
}

extension GroupFacts {
  /// Who knows the code may join: a line for people.
  func showCode(_ console: Console) {
    guard !info.code.isEmpty else { return }
    let until = info.codeExpires.map { "  until \(console.world.zone().civil($0).day)" } ?? ""
    console.output.line(.dim("code  "), .bold(info.code), .plain(until))
    console.output.line(.dim("Others join with `lifeos group join \(info.code)`."))
  }
}
