internal import Kernel
internal import Ledger

/// What a device remembers between exchanges, without its journal.
struct Pen {
  var space: EntryID
  var device: EntryID
  var number: Int64 = 0
  var epoch: EntryID?
  var cursor = LogPoint.start
  var seen = LogPoint.start
  /// Everything that it has read, in order.
  var page: [LoggedOp] = []

  init(_ room: Room, space: EntryID? = nil) {
    self.space = space ?? room.space
    device = room.newID()
  }

  mutating func request(
    _ ops: [Op] = [], repairs: [Register] = [], want: Int = 5_000
  ) -> ExchangeRequest {
    number += 1
    return ExchangeRequest(
      space: space, device: device, number: number, app: "lifeos/1.0.0", epoch: epoch,
      cursor: cursor, seen: seen, now: Moment(milliseconds: 0), want: want, repairs: repairs,
      ops: ops)
  }

  mutating func take(_ reply: ExchangeReply) {
    epoch = reply.epoch
    cursor = reply.next
    if reply.head.seq >= seen.seq { seen = reply.head }
    page += reply.page
  }

  /// One exchange that must succeed.
  @discardableResult
  mutating func push(
    _ ops: [Op] = [], repairs: [Register] = [], want: Int = 5_000, to room: Room
  ) throws -> ExchangeReply {
    let reply = try room.exchange(request(ops, repairs: repairs, want: want)).get()
    take(reply)
    return reply
  }

  /// The fault of an exchange that must not succeed.
  mutating func fault(_ ops: [Op] = [], from room: Room) throws -> ExchangeFault? {
    switch try room.exchange(request(ops)) {
    case .success: nil
    case .failure(let fault): fault
    }
  }
}
