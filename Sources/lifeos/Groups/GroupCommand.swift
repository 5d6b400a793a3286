internal import ArgumentParser
internal import Features

/// `lifeos group`.
struct GroupCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "Make, join, show, change and leave groups.",
    discussion: """
      A group reads what its members post to it, offline too. `list`, `members`, `sharing` \
      and `mute` need no server; the others ask it at once.
      """,
    subcommands: [
      GroupListCommand.self, GroupMembersCommand.self, GroupCreateCommand.self,
      GroupJoinCommand.self, GroupLeaveCommand.self, GroupCodeCommand.self,
      GroupInviteCommand.self, GroupInvitationsCommand.self, GroupAcceptCommand.self,
      GroupDeclineCommand.self, GroupSharingCommand.self, GroupMuteCommand.self,
      GroupUnmuteCommand.self, GroupRenameCommand.self, GroupEditCommand.self,
      GroupRoleCommand.self, GroupRemoveCommand.self, GroupDeleteCommand.self,
    ],
    defaultSubcommand: GroupListCommand.self)
  func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}
