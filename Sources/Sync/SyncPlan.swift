package import Kernel

/// When to exchange and when to listen: the policy of sync.md, section 11, as a plain value.
///
/// Time is milliseconds of a clock that also runs while the machine sleeps; randomness is handed in.
/// Threads only carry out what it says.
package struct SyncPlan: Sendable {
  /// What came of an exchange.
  package enum Outcome: Hashable, Sendable {
    /// Nothing is left to do; the server asks for polls this often where hints do not come.
    case done(pollSeconds: Int?)
    /// So it is, but for single spaces: later once more, much later where only a person can help.
    case partly(pollSeconds: Int?, needsPerson: Bool)
    /// Another process has the turn, and does all there is.
    case busy
    /// Try again; `retryAfter` seconds at the earliest, where the server said so.
    case failed(retryAfter: Int?)
    /// Nothing but a person can help: look again now and then.
    case held
    /// There is no account to sync with: wait for one.
    case alone
  }

  private enum Standing: Sendable { case fresh, good, failing, held }

  /// True while the server's hints come.
  package private(set) var isStreaming = false
  /// When the next attempt to listen is due; nil where there is none to make.
  package private(set) var streamDue: Int64?
  /// Streams in a row that did not last.
  package private(set) var streamFailures = 0

  /// True while only a person can help.
  package var isHeld: Bool { standing == .held }

  private var standing = Standing.fresh
  private var isExchanging = false
  /// The exchange that is under way, or the last one, is of all spaces.
  private var isWhole = true
  private var isListening = false
  private var backOff = BackOff()
  /// Of single spaces that fail while the others do well.
  private var partBackOff = BackOff()
  private var pollSeconds = 60
  /// The first write that no exchange has begun to send, and when it is to be sent.
  private var firstWrite: Int64?
  private var writeDue: Int64?
  /// Spaces that have news, and when they are to be read.
  private var hinted: Set<EntryID> = []
  private var hintDue: Int64?
  /// When an exchange of all spaces is due, for any other reason.
  private var otherDue: Int64?
  /// No exchange before; writes and other reasons have to wait alike.
  private var notBefore: Int64 = .min
  /// What the server has asked for: not even waking up overrides it.
  private var serverFloor: Int64 = .min
  private var streamingSince: Int64 = 0
  private let random: @Sendable () -> UInt64

  package init(random: @escaping @Sendable () -> UInt64) { self.random = random }

  /// When the next exchange is due; nil where only an event can bring one about.
  package var exchangeDue: Int64? {
    guard !isExchanging else { return nil }
    return [writeDue, hintDue, otherDue].compactMap { $0 }.min().map { max($0, notBefore) }
  }

  /// The program has begun.
  package mutating func started(at now: Int64) { otherDue = now }

  /// A row was written on this machine.
  package mutating func wrote(at now: Int64) {
    let first = firstWrite ?? now
    firstWrite = first
    writeDue = min(now + Self.pause, first + Self.longestPause)
  }

  /// The server has news of a space.
  package mutating func hinted(_ space: EntryID, at now: Int64) {
    hinted.insert(space)
    hintDue = min(hintDue ?? .max, now)
  }

  /// A person asks for it.
  package mutating func asked(at now: Int64) {
    notBefore = serverFloor
    want(now)
  }

  /// The machine has slept: whatever was known of the network is old.
  package mutating func resumed(at now: Int64) {
    backOff.reset()
    notBefore = serverFloor
    streamFailures = 0
    want(now)
  }

  /// An exchange begins, of these spaces: it takes along what was written until now.
  @discardableResult
  package mutating func began(at now: Int64) -> SyncScope {
    isExchanging = true
    firstWrite = nil
    writeDue = nil
    defer {
      hinted = []
      hintDue = nil
    }
    // What was missed while exchanges failed, nobody tells a second time.
    isWhole = standing != .good || otherDue.map { $0 <= now } ?? false
    guard isWhole else { return .some(hinted) }
    otherDue = nil
    return .all
  }

  /// The exchange has ended.
  package mutating func ended(_ outcome: Outcome, at now: Int64) {
    isExchanging = false
    switch outcome {
    case .done(let seconds):
      if isWhole { partBackOff.reset() }
      succeeded(at: now, pollSeconds: seconds)
    case .partly(let seconds, let needsPerson):
      succeeded(at: now, pollSeconds: seconds)
      want(now + (needsPerson ? spread(Self.heldLook) : partBackOff.wait(random: random())))
    case .busy:
      want(now + Self.turn + jitter(Self.turn))
    case .failed(let seconds):
      let asked = Int64(min(max(seconds ?? 0, 0), 3600)) * 1000
      serverFloor = seconds == nil ? serverFloor : now + asked
      let wait = max(backOff.wait(random: random()), asked + (asked == 0 ? 0 : jitter(1000)))
      pause(.failing, until: now + wait, retryAt: now + wait)
    case .held:
      backOff.reset()
      pause(.held, until: now + Self.heldWrite, retryAt: now + spread(Self.heldLook))
    case .alone:
      pause(.held, until: now, retryAt: now)
      otherDue = nil
    }
  }

  /// A stream is being opened.
  package mutating func listening(at now: Int64) {
    isListening = true
    streamDue = nil
  }

  /// The stream stands: what happened before it is fetched once.
  package mutating func streamOpened(at now: Int64) {
    isStreaming = true
    streamingSince = now
    want(now)
  }

  /// The stream has ended, or could not be opened.
  package mutating func streamEnded(at now: Int64) {
    let lasted = isStreaming && now - streamingSince >= Self.goodStream
    // An exchange tells whether the server is gone, or only the stream; once, where none ever stood.
    if isStreaming || streamFailures == 0 { want(now + jitter(Self.longestPause)) }
    isStreaming = false
    isListening = false
    streamFailures = lasted ? 0 : streamFailures + 1
    want(now + spread(Int64(pollSeconds) * 1000))
    guard standing == .good else { return }
    streamDue =
      streamFailures >= Self.mostStreamFailures
      ? now + spread(Self.streamPause)
      : now + 500 + jitter(1000 << Int64(streamFailures))
  }

  private mutating func succeeded(at now: Int64, pollSeconds seconds: Int?) {
    if let seconds { pollSeconds = min(max(seconds, 5), 3600) }
    let wasGood = standing == .good
    standing = .good
    backOff.reset()
    notBefore = .min
    serverFloor = .min
    want(now + spread(isStreaming ? Self.streamingPoll : Int64(pollSeconds) * 1000))
    guard !wasGood, !isListening else { return }
    streamFailures = 0
    streamDue = now
  }

  private mutating func pause(_ standing: Standing, until floor: Int64, retryAt: Int64) {
    self.standing = standing
    notBefore = max(floor, serverFloor)
    otherDue = max(retryAt, serverFloor)
    // Where exchanges fail there is no use in listening; the next success begins anew.
    streamDue = nil
  }

  private mutating func want(_ moment: Int64) { otherDue = min(otherDue ?? .max, moment) }

  private func jitter(_ most: Int64) -> Int64 { Int64(random() % UInt64(most + 1)) }

  /// `span`, a tenth more or less.
  private func spread(_ span: Int64) -> Int64 { span - span / 10 + jitter(span / 5) }

  /// After a write, in milliseconds: as long as nothing more is written, and at most.
  package static let pause: Int64 = 300
  package static let longestPause: Int64 = 2000
  /// Between looks whether another process has ended its turn.
  private static let turn: Int64 = 500
  /// While only a person can help: a new write looks again after this long, time alone after that.
  private static let heldWrite: Int64 = 10_000
  private static let heldLook: Int64 = 300_000
  /// A stream that lasted so long was a good one.
  private static let goodStream: Int64 = 60_000
  private static let mostStreamFailures = 3
  private static let streamPause: Int64 = 600_000
  /// Hints are never trusted alone.
  private static let streamingPoll: Int64 = 900_000
}
