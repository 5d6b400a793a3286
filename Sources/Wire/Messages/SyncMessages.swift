package import Kernel

/// `GET sync/snapshot`
package struct SnapshotQuery: Hashable, Sendable {
  package var space: EntryID
  package var after: SnapshotKey?
  package init(space: EntryID, after: SnapshotKey?) {
    self.space = space
    self.after = after
  }
}

/// What `GET sync/events` tells: hints, never data.
package enum ServerEvent: Hashable, Sendable {
  /// The stream stands.
  case connected
  /// A space has a new head.
  case head(space: EntryID, seq: Int64)
  /// A member of a group has come, or gone.
  case presence(space: EntryID, account: EntryID, isOnline: Bool)
  /// Nothing new; the line is alive.
  case heartbeat
  /// An event of a kind that this program does not know.
  case other(String)
}

/// The server as the client's other floors see it. Calls block the calling thread, which is never the
/// screen's.
package protocol Remote: Sendable {
  /// Asks once. Renews the access token where it must, and once more after a 401. `ExchangeFault`s of
  /// the sync routes come as an `APIError` with the code and `details`; see `ExchangeFault(_:)`.
  func call<Query, Reply>(
    _ route: Route<Query, Reply>, _ query: Query
  ) throws(APIError) -> Reply
  /// Listens to the server's hints until `hear` returns false, the line breaks (an error), or
  /// `interrupt` is called (then it returns).
  func listen(_ hear: (ServerEvent) -> Bool) throws(APIError)
  /// Ends what is under way, from any thread.
  func interrupt()
}
