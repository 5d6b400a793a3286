internal import Features
internal import Kernel
internal import TUI

/// What is new, and since when this program knows.
struct News {
  /// Those that nobody has read, the newest first.
  fileprivate(set) var unread: [CheckInNotice] = []
  /// All that were new since the start: what was announced once is not announced again.
  fileprivate var told: Set<String> = []
  /// When the clock may bring the next one; loop milliseconds.
  fileprivate(set) var due: Int?

  /// `3 new`; nil where nothing is.
  var count: SafeText? { unread.isEmpty ? nil : SafeText("\(grouped(unread.count)) new") }
}

extension Shell {
  /// Why the frame looks for news.
  enum NewsReason { case start, change, clock }

  /// A machine that slept has slept through a deadline: the clock is looked at this often, in
  /// milliseconds, but only while something is to come.
  private static let longestWait: Int64 = 600_000

  /// Reads what is new; what was not there before is announced.
  mutating func lookForNews(_ reason: NewsReason) {
    news.due = nil
    attempt { shell in
      let before = Set(shell.news.unread.map(\.subject))
      let unread = try CheckInNotices.unread(shell.desk)
      let fresh = unread.filter { notice in
        // What was put off and comes back by the clock is news again; what an undo brings is not.
        !before.contains(notice.subject)
          && (reason == .clock || !shell.news.told.contains(notice.subject))
      }
      shell.news.unread = unread
      shell.news.told.formUnion(unread.map(\.subject))
      shell.news.due = try CheckInNotices.next(shell.desk).map { moment in
        let wait = min(max(moment - shell.desk.world.now(), 1), Self.longestWait)
        return shell.now + Int(wait)
      }
      if Set(unread.map(\.subject)) != before { shell.needsFrame = true }
      if reason == .clock, !fresh.isEmpty { shell.isStale = true }
      if reason != .start, !fresh.isEmpty { shell.announce(fresh) }
    }
  }

  /// One line for all of them; bell and desktop where the person wants them, and never in quiet hours.
  private mutating func announce(_ fresh: [CheckInNotice]) {
    let text: SafeText =
      fresh.count == 1
      ? fresh[0].text
      : SafeText("\(grouped(fresh.count)) new: \(fresh[0].text.string), and more")
    if !(screen is NoticesScreen) {
      let way: SafeText = keyLabel("app.notices").map { SafeText("  \($0) shows it") } ?? ""
      tell(Notice(text + way))
    }
    guard !desk.preferences.isQuiet(hour: desk.world.clock.hour) else { return }
    if desk.preferences.ringsBell { effects.append(.bell) }
    if desk.preferences.showsOnDesktop { effects.append(.notify(text)) }
  }
}
