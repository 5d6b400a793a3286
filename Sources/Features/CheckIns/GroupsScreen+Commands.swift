package import TUI

extension GroupsScreen {
  package static let commands: [Command<GroupsScreen>] =
    [
      Command(
        "groups.open", "Open", keys: ["<enter>", "l", "<right>"], hint: "open",
        help: "Opens the group; on an invitation, follows it.",
        offer: { $0.current == nil ? .no(because: "there is no group yet") : .yes }
      ) { try $0.open() },
      Command(
        "groups.create", "Make a group", keys: ["c"], hint: "make one",
        help: "Asks for a name, how often and the zone, and makes the group.",
        offer: { $0.isSignedIn ? .yes : .no(because: "groups need a server: g a signs in") }
      ) { try $0.create() },
      Command(
        "groups.join", "Join by code", keys: ["J"], hint: "join",
        help: "Joins the group whose code you have.",
        offer: { $0.isSignedIn ? .yes : .no(because: "groups need a server: g a signs in") }
      ) { try $0.join() },
      Command(
        "groups.accept", "Accept", keys: ["a"], hint: "accept",
        help: "Follows the invitation on this line.",
        offer: { $0.invitation == nil ? .hidden : .yes }
      ) { try $0.accept() },
      Command(
        "groups.decline", "Decline", keys: ["x", "<delete>"], hint: "decline",
        help: "Declines the invitation on this line; who invited is not told.",
        offer: { $0.invitation == nil ? .hidden : .yes }
      ) { try $0.decline() },
    ] + moves

  private static let moves: [Command<GroupsScreen>] = [
    move("groups.move.down", "Down", ["j", "<down>"], "The next line.") { _ in 1 },
    move("groups.move.up", "Up", ["k", "<up>"], "The line before.") { _ in -1 },
    move("groups.move.first", "First", ["g g", "<home>"], "The first line.") { -$0.items.count },
    move("groups.move.last", "Last", ["G", "<end>"], "The last line.") { $0.items.count },
    move("groups.move.pagedown", "Page down", ["<pagedown>", "<space>"], "A page on.") {
      $0.size.height
    },
    move("groups.move.pageup", "Page up", ["<pageup>"], "A page back.") { -$0.size.height },
  ]

  private static func move(
    _ id: String, _ title: String, _ keys: [String], _ help: String,
    _ count: @escaping @Sendable (GroupsScreen) -> Int
  ) -> Command<GroupsScreen> {
    Command(id, title, keys: keys, help: help) { screen in
      try screen.move(count(screen))
      return .stay
    }
  }
}
