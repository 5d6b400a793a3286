internal import Kernel
internal import TUI

/// The answer to an invitation: only the server can take it.
enum NoticeInvitation {
  static func question(_ invitation: EntryID, _ text: SafeText, desk: Desk) -> Question {
    Question(
      text,
      detail: "Its members see what you check in there, as far as you choose; you can leave again.",
      answers: [
        .init("l", "later"),
        .init("a", "accept") { _ in job("Joining", desk: desk) { try accept($0, invitation) } },
        .init("x", "decline") { _ in job("Declining", desk: desk) { try decline($0, invitation) } },
      ])
  }

  private static func accept(_ door: any GroupDoor, _ invitation: EntryID) throws -> Notice {
    _ = try door.accept(invitation)
    return Notice("You are in: 3 shows the group.", tone: .good)
  }

  private static func decline(_ door: any GroupDoor, _ invitation: EntryID) throws -> Notice {
    try door.decline(invitation)
    return Notice("Declined.")
  }

  private static func job(
    _ label: String, desk: Desk, _ work: @escaping @Sendable (any GroupDoor) throws -> Notice
  ) -> Step {
    guard let door = desk.groups else {
      return .say(Notice("Sign in first: g a leads there.", tone: .warn))
    }
    return .start(Job(label) { try work(door) })
  }
}
