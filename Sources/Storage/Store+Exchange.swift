package import Kernel

/// How a device takes part in exchanges: sync.md, section 7. Each function is one transaction.
extension Store {
  /// The spaces that this device holds and syncs; the personal one first.
  package func syncSpaces() throws -> [EntryID] { fatalError("CONTRACT") }

  /// The next request for a space: its number is on disk when this returns. Repairs go before
  /// operations; the operations are always a prefix of the outbox, cut between groups where it can be.
  package func beginExchange(_ space: EntryID, app: String, want: Int) throws -> ExchangeRequest {
    fatalError("CONTRACT")
  }

  /// Takes a reply in: acknowledgements, page, cursor, restamps; all or nothing. `roundTrip` is the
  /// time the exchange took, for the clock's offset.
  package func accept(
    _ reply: ExchangeReply, to request: ExchangeRequest, roundTrip: Int64
  ) throws -> ExchangeOutcome { fatalError("CONTRACT") }

  /// Takes a fault in: a stale number is raised (`.again` means: send once more at once), diverged
  /// histories begin to give back all that they hold.
  package func accept(
    _ fault: ExchangeFault, to request: ExchangeRequest
  ) throws -> ExchangeOutcome { fatalError("CONTRACT") }

  /// Whether a space wants a snapshot before it is read on, and from which row; nil where it does not.
  package func snapshotStart(_ space: EntryID) throws -> SnapshotStart? { fatalError("CONTRACT") }

  /// Takes a page of a snapshot in, in transactions of at most 1,000 rows; resumable at any point.
  package func accept(_ page: SnapshotPage, of space: EntryID) throws { fatalError("CONTRACT") }
}

/// What came of an exchange.
package struct ExchangeOutcome: Hashable, Sendable {
  package enum Next: Hashable, Sendable {
    /// The space is at the head and nothing waits.
    case atHead
    /// There is more to send or to read: exchange again.
    case more
    /// Once more at once, a single time (a stale request number); then by the usual waiting.
    case again
    /// The histories differ still after giving back: say so.
    case diverged
  }
  package var next: Next
  package var kinds: Set<Kind>
  package var sent: Int
  package var received: Int
  package var restamped: Int
  package var conflicts: Int
  package init(
    next: Next, kinds: Set<Kind> = [], sent: Int = 0, received: Int = 0, restamped: Int = 0,
    conflicts: Int = 0
  ) {
    self.next = next
    self.kinds = kinds
    self.sent = sent
    self.received = received
    self.restamped = restamped
    self.conflicts = conflicts
  }
}

/// Where a snapshot begins or goes on.
package struct SnapshotStart: Hashable, Sendable {
  /// nil for the beginning.
  package let after: SnapshotKey?
  package init(after: SnapshotKey?) { self.after = after }
}
