/// What the terminal was asked and what it said.
struct Queries {
  /// Draws a frame at once between two marks.
  private(set) var synchronizes = false
  /// Tells when the person switches between light and dark.
  private(set) var notifies = false
  private var sentAt: Int64?
  private var answeredAt: Int64?

  var wereSent: Bool { sentAt != nil }
  /// Replies are still on their way.
  var isOpen: Bool { sentAt != nil && answeredAt == nil }
  /// How long the end of the program waits for them, in milliseconds.
  var patience: Int64 { 300 }

  mutating func sent(at moment: Int64) { sentAt = moment }

  /// Notes a reply; true where the reports of light and dark can now be switched on.
  mutating func take(_ reply: Reply, at moment: Int64) -> Bool {
    switch reply {
    case .attributes:
      if answeredAt == nil { answeredAt = moment }
    case .mode(2026, let state): synchronizes = state == 1 || state == 2 || state == 3
    case .mode(2031, let state):
      let isNew = !notifies && (state == 1 || state == 2)
      notifies = notifies || isNew
      return isNew
    default: break
    }
    return false
  }
}
