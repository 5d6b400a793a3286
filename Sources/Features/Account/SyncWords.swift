package import Kernel
package import TUI

/// How a device stands with its server, in words: for the status line, the account and the command line.
package struct SyncWords: Sendable {
  private let status: SyncStatus
  private let now: Moment
  private let zone: Zone

  package init(_ status: SyncStatus, now: Moment, zone: Zone) {
    self.status = status
    self.now = now
    self.zone = zone
  }

  /// More than a day without success, and nothing is under way that may end it.
  package var isOverdue: Bool {
    switch status.state {
    case .alone, .starting, .syncing, .online: return false
    case .offline, .needsSignIn, .upgrade, .diverged, .full, .paused, .untrusted: break
    }
    guard let last = status.lastSuccess else { return false }
    return now.milliseconds - last.milliseconds > 24 * 3_600_000
  }

  /// The mark before the words.
  package var glyph: (unicode: String, ascii: String) {
    switch status.state {
    case .alone, .online: status.waiting > 0 && status.state == .online ? ("↑", "^") : ("✓", "x")
    case .starting, .syncing: ("↕", "~")
    case .offline: ("↑", "^")
    case .needsSignIn, .upgrade, .diverged, .full, .paused, .untrusted: ("!", "!")
    }
  }

  /// How loud it is.
  package var role: Role {
    if isOverdue { return .bad }
    switch status.state {
    case .alone, .starting, .syncing, .online:
      return status.conflicts + status.quarantined > 0 ? .warn : .muted
    case .offline: return .muted
    case .needsSignIn, .upgrade, .full, .paused: return .warn
    case .diverged, .untrusted: return .bad
    }
  }

  /// `↑ 3 waiting · offline since 08:31`: all that the status line has to say.
  package func line(isASCII: Bool = false) -> SafeText {
    var parts: [String] = []
    if status.conflicts > 0 {
      parts.append(counted(status.conflicts, "overwritten text", "overwritten texts"))
    }
    if status.quarantined > 0 { parts.append("\(grouped(status.quarantined)) refused") }
    if status.state != .alone, status.waiting > 0 {
      parts.append("\(grouped(status.waiting)) waiting")
    }
    parts.append(short)
    let mark =
      status.conflicts + status.quarantined > 0 ? "!" : isASCII ? glyph.ascii : glyph.unicode
    return SafeText("\(mark) " + parts.joined(separator: isASCII ? ", " : " · "))
  }

  private var short: String {
    switch status.state {
    case .alone: "saved on this machine"
    case .starting: "saved; not synced yet"
    case .syncing: "syncing"
    case .online: status.waiting > 0 ? "sending soon" : "synced" + since("")
    case .offline: "offline" + since("since ")
    case .needsSignIn: "sign in again: g a"
    case .upgrade: "update lifeos to sync"
    case .diverged: "histories differ: lifeos doctor"
    case .full: "the disk is full: nothing is read in"
    case .paused(let reason): "paused: \(reason)"
    case .untrusted: "the server is not the one you trust: g a"
    }
  }

  /// ` 08:31`, with the day where it is not today's; empty where there was no success yet.
  private func since(_ word: String) -> String {
    guard let last = status.lastSuccess else { return "" }
    let (then, today) = (zone.civil(last), zone.civil(now).day)
    let day = then.day == today ? "" : Dates.short(then.day) + " "
    return " \(word)\(day)\(then.clock)"
  }

  /// One or two sentences, for the account's page.
  package var sentence: SafeText {
    let text =
      switch status.state {
      case .alone: "Everything is on this machine alone."
      case .starting: "Not synced yet since the program began."
      case .syncing: "Syncing."
      case .online:
        "In step with the server" + (status.lastSuccess == nil ? "" : ", last asked" + since("at "))
          + "."
      case .offline(let reason):
        "Offline: \(reason). All you write is kept here and sent later."
      case .needsSignIn: "The session has ended. Sign in again to send and read on."
      case .upgrade(let oldest): "The server wants lifeos \(oldest) or newer. Nothing is lost."
      case .diverged: "This machine and the server hold different histories: run lifeos doctor."
      case .full: "The disk is too full to read in more. Make room; nothing is lost."
      case .paused(let reason): "Paused: \(reason)."
      case .untrusted(let reason): "Stopped: \(reason)"
      }
    return SafeText(text)
  }

  /// A warning where this machine's clock is more than half a minute wrong.
  package var clock: SafeText? {
    let seconds = abs(status.clockOffset) / 1000
    guard seconds > 30 else { return nil }
    let side = status.clockOffset > 0 ? "behind" : "ahead of"
    return SafeText("This machine's clock is \(seconds) seconds \(side) the server's.")
  }
}
