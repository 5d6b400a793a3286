internal import Features
internal import Kernel
internal import TUI

/// What the frame says of the way to the other devices.
struct SyncLine: Equatable {
  let text: SafeText
  let role: Role
  /// The shortest form, for frames without a status line; nil where nobody needs to know.
  let mark: SafeText?
}

extension Shell {
  /// The engine has told how things stand; a text that was overwritten unseen is announced.
  mutating func follow(_ status: SyncStatus) {
    let before = sync
    sync = status
    // Counts can change without a write: an answer empties the outbox.
    if before != status, screen.reads.isEmpty { isStale = true }
    if before.quarantined != status.quarantined { lookForNews(.change) }
    // What lay there when the program began stands in the status line and on Today.
    guard status.conflicts > before.conflicts, before.state != .alone else { return }
    let texts = counted(status.conflicts, "text was", "texts were")
    tell(
      Notice(
        SafeText("\(texts) overwritten by another device: g c shows what was there."),
        tone: .warn))
  }

  var syncLine: SyncLine {
    let words = SyncWords(sync, now: desk.world.now(), zone: desk.world.zone())
    let isASCII = desk.preferences.isASCII
    let line = words.line(isASCII: isASCII)
    guard isPlain else { return SyncLine(text: line, role: words.role, mark: mark(words)) }
    return SyncLine(
      text: SafeText(line.string + (isASCII ? ", " : " · ") + "! not encrypted"), role: .bad,
      mark: "!")
  }

  private func mark(_ words: SyncWords) -> SafeText? {
    if sync.conflicts + sync.quarantined > 0 || words.role == .bad { return "!" }
    let glyph = desk.preferences.isASCII ? words.glyph.ascii : words.glyph.unicode
    switch sync.state {
    case .alone, .starting, .online, .syncing: return nil
    case .offline: return sync.waiting > 0 ? SafeText("\(glyph)\(grouped(sync.waiting))") : nil
    case .needsSignIn, .upgrade, .diverged, .full, .paused, .untrusted:
      return SafeText(glyph)
    }
  }

  /// The way to the server leads over a network and is not encrypted.
  private var isPlain: Bool {
    guard let server = sync.server, server.hasPrefix("http://") else { return false }
    let host = server.dropFirst(7)
    return !["127.", "localhost", "[::1]"].contains { host.hasPrefix($0) }
  }
}
