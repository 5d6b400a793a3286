internal import Kernel
internal import Storage
internal import TUI

/// What came of asking the server something about groups.
enum GroupAnswer: Sendable {
  case said(String)
  /// A group that the person is in now.
  case entered(EntryID, String)
  /// A group that the person is no longer in.
  case gone(String)
  /// Another code.
  case code(String)
  /// It was not made; what was typed is kept.
  case notMade(GroupForm, String)
}

extension Desk {
  /// Why nothing can be asked of the server; nil where it can.
  func noGroups() throws -> String? {
    if try store.account() == nil {
      return "groups live on a server: sign in first (g a); checking in for yourself needs none"
    }
    return groups == nil ? "there is no way to a server here" : nil
  }

  /// Asks the server aside; what fails is said by the frame.
  func ask(
    _ label: String, _ work: @escaping @Sendable (any GroupDoor) throws -> GroupAnswer
  ) throws -> Step {
    if let reason = try noGroups() {
      return .say(Notice(SafeText(reason.sentence + "."), tone: .warn))
    }
    guard let door = groups else { return .stay }
    return .start(Job(label) { try work(door) })
  }
}
