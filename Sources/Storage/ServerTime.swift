internal import GRDB
internal import Kernel
internal import SQL

/// How far this machine's clock is behind the server's: the median of the last five looks at it.
struct ServerTime {
  /// 2026-01-01 00:00 UTC: a server that says it is earlier has no clock.
  private static let earliest = Moment(seconds: 1_767_225_600)
  /// Milliseconds; a slower answer says nothing about the time.
  private static let slowest: Int64 = 2000
  private static let looks = 5

  let meta: SyncMeta

  /// Takes a reply's time in. `roundTrip` is how long it took, in milliseconds.
  func look(server: Moment, local: Moment, roundTrip: Int64) throws {
    guard server >= Self.earliest, (0..<Self.slowest).contains(roundTrip) else { return }
    let known = try meta.text("srv_samples") ?? ""
    var samples = known.split(separator: " ").compactMap { Int64($0) }
    samples.append(server + roundTrip / 2 - local)
    samples = samples.suffix(Self.looks)
    try meta.set("srv_samples", .text(samples.map(String.init).joined(separator: " ")))
    try meta.set("srv_offset_ms", .integer(samples.sorted()[samples.count / 2]))
  }
}
