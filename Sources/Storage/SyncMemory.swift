internal import Kernel
internal import Synchronization

/// What the store remembers of its exchanges until the program ends, and not beyond.
final class SyncMemory: Sendable {
  private struct State {
    var floors: [EntryID: Int64] = [:]
    var allowsDeletions = false
    var longHistory: Int64 = 2_000
  }

  private let state = Mutex(State())

  /// Replies to requests up to this number come from before the last reconciliation.
  func floor(of space: EntryID) -> Int64 { state.withLock { $0.floors[space] ?? 0 } }
  func setFloor(of space: EntryID, to number: Int64) {
    state.withLock { $0.floors[space] = number }
  }

  /// A person has said that the coming deletions are meant.
  var allowsDeletions: Bool {
    get { state.withLock { $0.allowsDeletions } }
    set { state.withLock { $0.allowsDeletions = newValue } }
  }

  /// A new device reads a history that is longer than this by a snapshot.
  var longHistory: Int64 {
    get { state.withLock { $0.longHistory } }
    set { state.withLock { $0.longHistory = newValue } }
  }
}
