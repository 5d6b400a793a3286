internal import Features
internal import Kernel
internal import TUI
internal import Testing

/// What the status line says in each state.
struct SyncWordsTests {
  private static let now = Moment(seconds: 1_795_176_000)

  private func words(_ status: SyncStatus, hoursAgo: Int64? = nil) -> SyncWords {
    var status = status
    status.lastSuccess = hoursAgo.map {
      Moment(milliseconds: Self.now.milliseconds - $0 * 3_600_000)
    }
    return SyncWords(status, now: Self.now, zone: .utc)
  }

  @Test(
    arguments: [
      (SyncStatus(state: .alone), "✓ saved on this machine", Role.muted),
      (SyncStatus(state: .starting), "↕ saved; not synced yet", .muted),
      (SyncStatus(state: .syncing, waiting: 2), "↕ 2 waiting · syncing", .muted),
      (SyncStatus(state: .online), "✓ synced", .muted),
      (SyncStatus(state: .online, waiting: 1), "↑ 1 waiting · sending soon", .muted),
      (SyncStatus(state: .online, conflicts: 1), "! 1 overwritten text · synced", .warn),
      (SyncStatus(state: .online, quarantined: 2), "! 2 refused · synced", .warn),
      (SyncStatus(state: .offline(reason: "x"), waiting: 3), "↑ 3 waiting · offline", .muted),
      (SyncStatus(state: .needsSignIn), "! sign in again: g a", .warn),
      (SyncStatus(state: .upgrade(oldest: "2")), "! update lifeos to sync", .warn),
      (SyncStatus(state: .diverged), "! histories differ: lifeos doctor", .bad),
      (
        SyncStatus(state: .untrusted(reason: "x")),
        "! the server is not the one you trust: g a", .bad
      ),
    ])
  func `each state has its words and its loudness`(
    _ status: SyncStatus, _ line: String, _ role: Role
  ) {
    #expect(words(status).line().string == line)
    #expect(words(status).role == role)
  }

  @Test func `a day without success is loud, but not while that may end at once`() {
    let offline = SyncStatus(state: .offline(reason: "x"))
    #expect(!words(offline, hoursAgo: 23).isOverdue)
    #expect(words(offline, hoursAgo: 25).isOverdue)
    #expect(words(offline, hoursAgo: 25).role == .bad)
    #expect(!words(SyncStatus(state: .starting), hoursAgo: 25).isOverdue)
    #expect(!words(SyncStatus(state: .syncing), hoursAgo: 25).isOverdue)
  }

  @Test func `marks are plain where only ASCII is wanted`() {
    let line = words(SyncStatus(state: .offline(reason: "x"), waiting: 3)).line(isASCII: true)
    #expect(line.string == "^ 3 waiting, offline")
  }
}
