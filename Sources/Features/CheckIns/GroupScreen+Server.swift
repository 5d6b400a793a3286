internal import Kernel
internal import Life
internal import TUI

// What only the server decides: each of these is asked aside, and said when it is done.
extension GroupScreen {
  var isAdmin: Bool { block.map { !$0.group.isLeft && $0.group.role == "admin" } ?? false }
  var mayInvite: Bool { block.map { !$0.group.isLeft && $0.group.role != "member" } ?? false }

  // MARK: Settings

  func settings() -> Step {
    guard let group = block?.group else { return .stay }
    let info = group.info
    let form = GroupForm(
      name: info.name, about: info.about, frequency: info.frequency, zone: info.zone,
      mostMembers: info.mostMembers, rule: info.rule)
    let prompts = GroupPrompts(desk: desk)
    func item(
      _ title: SafeText, _ now: String, _ run: @escaping (inout any Screen) throws -> Step
    ) -> Picker.Item { Picker.Item(title, detail: SafeText(now), run: run) }
    return .pick(
      Picker(
        "Settings of the group",
        items: [
          item("Name", info.name) { _ in
            prompts.askName(info.name) { try change(form) { $0.name = $1 }($0) }
          },
          item("What it is about", info.about) { _ in
            prompts.askAbout(info.about) { try change(form) { $0.about = $1 }($0) }
          },
          item("How often", GroupWords.often(group.frequency)) { _ in
            prompts.askFrequency { try change(form) { $0.frequency = $1.rawValue }($1) }
          },
          item("Zone", info.zone) { _ in
            prompts.askZone(info.zone) { try change(form) { $0.zone = $1 }($1) }
          },
          item("How scores are made", GroupWords.rule(group.rule)) { _ in
            prompts.askRule { try change(form) { $0.rule = $1.rawValue }($0) }
          },
          item("Most members", "\(info.mostMembers)") { _ in
            prompts.askMost(info.mostMembers, present: group.present.count) {
              try change(form) { $0.mostMembers = $1 }($0)
            }
          },
          item("Another code", "the one before is void") { _ in try renewCode() },
          item("Delete the group", "for all its members") { _ in delete() },
        ]))
  }

  /// What sends the form with one part changed.
  private func change<Part>(
    _ form: GroupForm, _ put: @escaping (inout GroupForm, Part) -> Void
  ) -> (Part) throws -> Step {
    { [desk, space] part in
      var changed = form
      put(&changed, part)
      guard changed != form else { return .say(Notice("It is that already.")) }
      return try desk.ask("Changing the group") { [changed] door in
        try door.change(space, to: changed)
        return .said("The group is changed, for all its members.")
      }
    }
  }

  private func delete() -> Step {
    guard let group = block?.group else { return .stay }
    let (desk, space, name) = (desk, space, group.info.name)
    return .ask(
      Question(
        SafeText("Delete \(name) for everybody?"),
        detail: SafeText(
          "All \(counted(group.present.count, "member", "members")) are out. Each keeps their own "
            + "check-ins as an archive. This can not be undone."),
        answers: [
          Question.Answer("k", "Keep the group"),
          Question.Answer("d", "Delete it for everybody") { _ in
            try desk.ask("Deleting the group") { door in
              try door.delete(space)
              return .gone("\(name) is deleted. Your own check-ins stay as an archive.")
            }
          },
        ]))
  }

  // MARK: Code and invitations

  func renewCode() throws -> Step {
    try desk.ask("Asking for another code") { [space] door in
      let code = try door.renewCode(space)
      return .code("\(code) is the code now; the one before is void.")
    }
  }

  func invite() throws -> Step {
    if let reason = try desk.noGroups() {
      return .say(Notice(SafeText(reason.sentence + "."), tone: .warn))
    }
    guard let group = block?.group else { return .stay }
    if group.present.count >= group.info.mostMembers {
      return .say(
        Notice(SafeText("The group is full: \(group.info.mostMembers) members."), tone: .warn))
    }
    return GroupPrompts(desk: desk).askUser(in: SafeText(group.info.name)) { [desk, space] user in
      try desk.ask("Inviting") { door in
        try door.invite(user, to: space)
        return .said("If there is a \(user) on your server, they are asked now.")
      }
    }
  }

  // MARK: Members

  /// Why the chosen member's role can not be changed; nil where it can.
  var fixedRole: String? {
    guard isAdmin else { return "only admins give roles" }
    guard let line, !line.isGone else { return "choose a member first" }
    return nil
  }

  func roles() -> Step {
    guard fixedRole == nil, let line else { return .stay }
    let (desk, space, account, name) = (desk, space, line.account, line.shownName)
    let details: [(String, SafeText)] = [
      ("admin", "all of it: settings, roles, the group's end"),
      ("moderator", "invites, gives the code, removes members and comments"),
      ("member", "checks in, reads, leaves"),
    ]
    return .pick(
      Picker(
        "Role of \(name)",
        items: details.map { role, detail in
          Picker.Item(
            SafeText(role.sentence + (role == line.role ? " (now)" : "")), detail: detail,
            run: { _ in
              guard role != line.role else { return .stay }
              return try desk.ask("Giving the role") { door in
                try door.setRole(role, of: account, in: space)
                return .said(
                  name.string == "you" ? "You are \(role) now." : "\(name) is \(role) now.")
              }
            })
        }))
  }

  /// Why the chosen member can not be removed; nil where they can.
  var fixedMember: String? {
    guard mayInvite else { return "only admins and moderators remove members" }
    guard let line, !line.isGone else { return "choose a member first" }
    if line.isMe { return "L leaves the group" }
    if !isAdmin, line.role != "member" { return "only admins remove a \(line.role)" }
    return nil
  }

  func remove() -> Step {
    guard fixedMember == nil, let line, let group = block?.group else { return .stay }
    let (desk, space, account, name) = (desk, space, line.account, line.name)
    return .ask(
      Question(
        SafeText("Remove \(name) from \(group.info.name)?"),
        detail: SafeText(
          "They can read nothing more of the group and keep only their own check-ins. The code is "
            + "renewed, so that they come back only by an invitation."),
        answers: [
          Question.Answer("k", "Keep \(name)"),
          Question.Answer("r", "Remove \(name)") { _ in
            try desk.ask("Removing") { door in
              try door.remove(account, from: space)
              return .said("\(name) is no longer in the group.")
            }
          },
        ]))
  }

  func leaveGroup() -> Step {
    guard let group = block?.group else { return .stay }
    let (desk, space, name) = (desk, space, group.info.name)
    let isLast = group.present.count <= 1
    return .ask(
      Question(
        SafeText("Leave \(name)?"),
        detail: isLast
          ? "You are the last one: the group ends. Your own check-ins stay as an archive."
          : "Your own check-ins stay as an archive; the others' go from your machines. To come "
            + "back you need the code or an invitation.",
        answers: [
          Question.Answer("s", "Stay"),
          Question.Answer("l", "Leave the group") { _ in
            try desk.ask("Leaving") { door in
              try door.leave(space)
              return .gone("You have left \(name). Your own check-ins stay as an archive.")
            }
          },
        ]))
  }
}
