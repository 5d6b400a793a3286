internal import Life
package import TUI

extension GroupScreen {
  package static let commands: [Command<GroupScreen>] = saying + looking + deciding + moves

  private static func needsMembership(_ screen: borrowing GroupScreen) -> Offer {
    guard let block = screen.block else { return .no(because: "the group is not here") }
    return block.group.isLeft ? .no(because: "you are no longer in this group") : .yes
  }

  private static func offer(_ reason: String?) -> Offer {
    reason.map { .no(because: $0) } ?? .yes
  }

  private static let saying: [Command<GroupScreen>] =
    [
      Command(
        "groups.group.choose", "Open", keys: ["<enter>"], hint: "open",
        help: "Reads on, or offers what can be said to the member's check-in.",
        offer: { $0.isReading ? .hidden : $0.line == nil ? .no(because: "nobody is here") : .yes }
      ) { try $0.choose() },
      Command(
        "groups.group.react", "Put a sign", keys: ["r"], hint: "sign",
        help: "Offers all signs and a comment for the member's check-in.",
        offer: { offer($0.silence) }
      ) { $0.pickSign() },
      Command(
        "groups.group.comment", "Comment", keys: ["n"], hint: "comment",
        help: "Writes a few words under the member's check-in.", offer: { offer($0.silence) }
      ) { $0.comment() },
    ]
    + CheckInReaction.Sign.allCases.map { sign in
      Command(
        "groups.group.\(sign.rawValue)", sign.rawValue.sentence, keys: [GroupWords.key(of: sign)],
        help: "Puts the sign “\(sign.rawValue)” under the member's check-in, or takes it away.",
        offer: { offer($0.silence) }
      ) { try $0.react(sign) }
    } + [
      Command(
        "groups.group.uncomment", "Delete a comment", keys: ["d d", "<delete>"],
        help: "Deletes your own comment here; admins and moderators also those of others.",
        offer: { $0.removable.isEmpty ? .no(because: "there is no comment of yours here") : .yes }
      ) { try $0.uncomment() }
    ]

  private static let looking: [Command<GroupScreen>] = [
    Command(
      "groups.group.answer", "Check in", keys: ["a"], hint: "check in",
      help: "Goes to your own answers of the week.", offer: { needsMembership($0) }
    ) { _ in .open(area: "checkins") },
    Command(
      "groups.group.previous", "Earlier period", keys: ["[", "<left>"], hint: "earlier",
      help: "The week (or day) before."
    ) { try $0.turn(-1) },
    Command(
      "groups.group.next", "Later period", keys: ["]", "<right>"],
      help: "The week (or day) after, up to the one that is now."
    ) { try $0.turn(1) },
    Command(
      "groups.group.digest", "Digest", keys: ["D"], hint: "digest",
      help: "The period as a text, to read and to copy.",
      offer: { $0.block == nil ? .no(because: "the group is not here") : .yes }
    ) { screen in
      guard let block = screen.block else { return .stay }
      return .push(GroupDigestScreen(desk: screen.desk, block: block))
    },
    Command(
      "groups.group.share", "What the group sees", keys: ["v"], hint: "sharing",
      help: "Chooses what of your check-ins this group sees: score, answers, or the note as well.",
      offer: { needsMembership($0) }
    ) { $0.share() },
    Command(
      "groups.group.mute", "Mute", keys: ["m"], help: "No notices of this group, or again.",
      offer: { needsMembership($0) }
    ) { try $0.mute() },
    Command(
      "groups.group.back", "Back", keys: ["<esc>", "h"],
      help: "From a member's page to the members, from them to the groups."
    ) { screen in
      guard screen.isReading else { return .pop }
      screen.read(false)
      return .stay
    },
  ]

  private static let deciding: [Command<GroupScreen>] = [
    Command(
      "groups.group.invite", "Invite", keys: ["I"], help: "Invites somebody by user name.",
      offer: { $0.mayInvite ? .yes : .no(because: "only admins and moderators invite") }
    ) { try $0.invite() },
    Command(
      "groups.group.code", "Code", keys: ["K"], help: "Shows the code that lets others join.",
      offer: { needsMembership($0) }
    ) { .push(GroupCodeScreen(desk: $0.desk, space: $0.space)) },
    Command(
      "groups.group.settings", "Settings", keys: ["S"],
      help: "Name, rhythm, zone, rule and size of the group; its end.",
      offer: { $0.isAdmin ? .yes : .no(because: "only admins change the group") }
    ) { $0.settings() },
    Command(
      "groups.group.roles", "Roles", keys: ["R"], help: "Gives the member another role.",
      offer: { offer($0.fixedRole) }
    ) { $0.roles() },
    Command(
      "groups.group.remove", "Remove", keys: ["X"],
      help: "Takes the member out of the group, after a question.", offer: { offer($0.fixedMember) }
    ) { $0.remove() },
    Command(
      "groups.group.leave", "Leave", keys: ["L"],
      help: "Leaves the group, after a question; your own check-ins stay as an archive.",
      offer: { needsMembership($0) }
    ) { $0.leaveGroup() },
  ]

  private static let moves: [Command<GroupScreen>] = [
    move("groups.group.move.down", "Down", ["j", "<down>"], "The next member.") {
      if $0.isReading { $0.scrollPage(1) } else { $0.move(1) }
    },
    move("groups.group.move.up", "Up", ["k", "<up>"], "The member before.") {
      if $0.isReading { $0.scrollPage(-1) } else { $0.move(-1) }
    },
    move("groups.group.move.first", "First", ["g g", "<home>"], "The first member.") {
      $0.move(-1000)
    },
    move("groups.group.move.last", "Last", ["G", "<end>"], "The last member.") { $0.move(1000) },
    move(
      "groups.group.move.pagedown", "Scroll", ["<pagedown>", "C-d", "<space>"],
      "Scrolls what the member has shown."
    ) { $0.scrollPage(max(1, $0.pageRect.height - 1)) },
    move(
      "groups.group.move.pageup", "Scroll back", ["<pageup>", "C-u"],
      "Scrolls what the member has shown back."
    ) { $0.scrollPage(-max(1, $0.pageRect.height - 1)) },
  ]

  private static func move(
    _ id: String, _ title: String, _ keys: [String], _ help: String,
    _ body: @escaping @Sendable (inout GroupScreen) -> Void
  ) -> Command<GroupScreen> {
    Command(id, title, keys: keys, help: help) { screen in
      body(&screen)
      return .stay
    }
  }
}
