/// What a device sends: its own waiting operations, and the point from which it wants to read on.
package struct ExchangeRequest: Hashable, Sendable {
  package var space: EntryID
  package var device: EntryID
  /// The request's number: one more than the last one's, on disk before the request leaves.
  package var number: Int64
  /// `lifeos/1.4.0`
  package var app: String
  /// nil at the first contact.
  package var epoch: EntryID?
  package var cursor: LogPoint
  /// The highest head that the server has ever acknowledged to this device.
  package var seen: LogPoint
  /// The device's wall clock.
  package var now: Moment
  /// The most operations to read.
  package var want: Int
  package var repairs: [Register]
  package var ops: [Op]

  package init(
    space: EntryID, device: EntryID, number: Int64, app: String, epoch: EntryID?,
    cursor: LogPoint, seen: LogPoint, now: Moment, want: Int, repairs: [Register], ops: [Op]
  ) {
    self.space = space
    self.device = device
    self.number = number
    self.app = app
    self.epoch = epoch
    self.cursor = cursor
    self.seen = seen
    self.now = now
    self.want = want
    self.repairs = repairs
    self.ops = ops
  }

  /// At most so many operations and bytes (of JSON, uncompressed) in one request.
  package static let mostOps = 500
  package static let mostBytes = 1 << 20
  /// At most so many operations and bytes in one reply; only the rest of a group may go beyond.
  package static let mostWanted = 5_000
  package static let mostReplyBytes = 2 << 20
  /// The largest text of a register, and the largest operation, in bytes.
  package static let mostFieldBytes = 256 << 10
  package static let mostOpBytes = 1 << 20
}

/// What became of one operation that a device has sent.
package enum Verdict: Hashable, Sendable {
  /// Accepted, now or before; `stamp` is the one it was accepted with, where that is another.
  case ok(seq: Int64, stamp: Stamp?)
  /// Its stamp is too far in the future. The operations after it were not looked at.
  case ahead
  /// Not looked at, because of the one before.
  case skipped
  /// Refused for good.
  case refused(Refusal)

  /// Why an operation is refused for good.
  package enum Refusal: String, Hashable, Sendable, CaseIterable {
    case invalid
    case tooLarge = "too_large"
    case forbidden
    case quota
    /// Another operation was accepted under this id.
    case conflictID = "conflict_id"
  }
}

/// What the server answers: verdicts, a page of the log, and where its head is.
package struct ExchangeReply: Hashable, Sendable {
  package var epoch: EntryID
  /// One a sent operation, in their order.
  package var verdicts: [EntryID: Verdict]
  package var page: [LoggedOp]
  /// Where the page ends: the next cursor.
  package var next: LogPoint
  package var head: LogPoint
  /// Of the registers at the head: see `Digest`.
  package var digest: UInt64
  /// The number of registers at the head.
  package var registers: Int64
  package var more: Bool
  /// The server's clock.
  package var now: Moment
  /// The greatest stamp that the space holds.
  package var greatest: Stamp
  /// The oldest version of lifeos that may still take part.
  package var oldestClient: String
  /// Seconds between polls where hints don't come.
  package var pollSeconds: Int
  /// The names of the devices that the page mentions.
  package var devices: [EntryID: String]

  package init(
    epoch: EntryID, verdicts: [EntryID: Verdict] = [:], page: [LoggedOp] = [], next: LogPoint,
    head: LogPoint, digest: UInt64, registers: Int64, more: Bool = false, now: Moment,
    greatest: Stamp, oldestClient: String = "0.1.0", pollSeconds: Int = 60,
    devices: [EntryID: String] = [:]
  ) {
    self.epoch = epoch
    self.verdicts = verdicts
    self.page = page
    self.next = next
    self.head = head
    self.digest = digest
    self.registers = registers
    self.more = more
    self.now = now
    self.greatest = greatest
    self.oldestClient = oldestClient
    self.pollSeconds = pollSeconds
    self.devices = devices
  }
}

/// Why the server has not carried out an exchange. Nothing of it was executed.
package enum ExchangeFault: Error, Hashable, Sendable {
  /// The device's history is not the server's: it must give back what it holds, under this epoch.
  case diverged(epoch: EntryID)
  /// The request is late or a copy: a later one, up to this number, was already here.
  case staleRequest(number: Int64)
  /// No such space for this account (also for spaces of others).
  case notMember
  /// The device is another account's, or was revoked.
  case forbiddenDevice
}

/// One page of a space's registers, in the order of their keys.
package struct SnapshotPage: Hashable, Sendable {
  package var epoch: EntryID
  /// Fixed by the first page: live reading begins there.
  package var head: LogPoint
  package var registers: [Register]
  /// The last row of this page; nil where there are no more.
  package var after: SnapshotKey?
  package var now: Moment

  package init(
    epoch: EntryID, head: LogPoint, registers: [Register], after: SnapshotKey?, now: Moment
  ) {
    self.epoch = epoch
    self.head = head
    self.registers = registers
    self.after = after
    self.now = now
  }
}

/// A row's place in a snapshot: by kind, then by id.
package struct SnapshotKey: Hashable, Sendable {
  package let kind: Kind
  package let row: EntryID
  package init(kind: Kind, row: EntryID) {
    self.kind = kind
    self.row = row
  }
}
