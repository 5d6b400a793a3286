internal import Glibc
package import Kernel
package import Storage
package import Wire

/// Keeps a store in step with its server, on threads of its own: one exchanges, one listens.
package final class SyncEngine: Sendable {
  /// The two lines to a server.
  package struct Line: Sendable {
    package let calls: any Remote
    /// For hints; nil where there are only polls.
    package let events: (any Remote)?
    package init(calls: any Remote, events: (any Remote)? = nil) {
      self.calls = calls
      self.events = events
    }
  }

  private struct State {
    var plan: SyncPlan
    var isStopped = false
    var hasStarted = false
    var line: Line?
    var threads = 0
    /// The thread that takes in what comes from the server: its own commits are no news.
    var applying: pthread_t?
    /// Something was written, and how much waits is not told yet.
    var isCountOld = false
    var last: SyncStatus?
    /// The last sign-in that this engine knows of.
    var mark: String?
    var state = SyncStatus.State.starting
    var heads: [EntryID: Int64] = [:]
    /// What keeps single spaces from being synced.
    var troubles: [EntryID: SyncTrouble] = [:]
    /// Who of the groups' members listens, by group's space.
    var online: [EntryID: Set<EntryID>] = [:]
    /// How far the sleepless clock is ahead of the other one.
    var slept: Int64
  }

  private let store: Store
  private let world: World
  private let app: String
  private let connect: @Sendable (SyncAccount) throws -> Line
  private let report: @Sendable (SyncStatus) -> Void
  private let presence: @Sendable ([EntryID: Set<EntryID>]) -> Void
  private let monitor: Monitor<State>
  /// Held for the length of a round.
  private let turn = Monitor(false)

  /// `connect` is called on the engine's thread, as soon as the store belongs to an account: nothing
  /// of the network is loaded before. `report` is called from any thread; so is `presence`, with the
  /// members that are online by group's space, whenever one comes or goes.
  package init(
    store: Store, world: World, app: String,
    connect: @escaping @Sendable (SyncAccount) throws -> Line,
    presence: @escaping @Sendable ([EntryID: Set<EntryID>]) -> Void = { _ in },
    report: @escaping @Sendable (SyncStatus) -> Void
  ) {
    self.store = store
    self.world = world
    self.app = app
    self.connect = connect
    self.report = report
    self.presence = presence
    monitor = Monitor(
      State(plan: SyncPlan(random: world.random), slept: Uptime.always - Uptime.awake))
  }

  /// With a line that stands already.
  package convenience init(
    store: Store, remote: any Remote, world: World, app: String,
    report: @escaping @Sendable (SyncStatus) -> Void
  ) {
    self.init(
      store: store, world: world, app: app, connect: { _ in Line(calls: remote) }, report: report)
  }

  /// Starts the threads: one exchange at once, then by hints, writes and polls.
  package func start() {
    let isFirst = monitor.change { state in
      guard !state.hasStarted, !state.isStopped else { return false }
      state.hasStarted = true
      state.threads = 2
      state.plan.started(at: Uptime.always)
      return true
    }
    guard isFirst else { return }
    for body in [exchangeLoop, listenLoop] as [@Sendable () -> Void] {
      let started = Thread.start { [self] in
        body()
        monitor.change { $0.threads -= 1 }
      }
      if !started { monitor.change { $0.threads -= 1 } }
    }
  }

  /// A write was made: exchange 300 ms later, at most 2 s after the first of several. What the engine
  /// itself takes in does not count.
  package func nudge() {
    let me = pthread_self()
    monitor.change { state in
      if let applying = state.applying, pthread_equal(applying, me) != 0 { return }
      state.isCountOld = true
    }
  }

  /// What was told last; nil before the first time.
  package var latest: SyncStatus? { monitor.look { $0.last } }

  /// The members that are online, by group's space; empty while this device does not hear the server.
  package var online: [EntryID: Set<EntryID>] { monitor.look { $0.online } }

  /// Exchange now instead of when it is due.
  package func hurry() {
    monitor.change { state in
      state.isCountOld = true
      state.plan.asked(at: Uptime.always)
    }
  }

  /// Forgets the lines to the server: the next exchange opens new ones, with what the profile says
  /// then.
  package func reconnect() {
    let old = monitor.change { state in
      defer { state.line = nil }
      return state.line
    }
    old?.events?.interrupt()
    hurry()
  }

  /// Ends what is under way and waits for the threads, for `milliseconds` at most.
  package func stop(within milliseconds: Int64 = 3000) {
    let line = monitor.change { state in
      state.isStopped = true
      return state.line
    }
    line?.calls.interrupt()
    line?.events?.interrupt()
    let end = Uptime.awake + milliseconds
    monitor.wait { state -> Waited<Void> in
      let left = end - Uptime.awake
      return state.threads == 0 || left <= 0 ? .over(()) : .again(within: left)
    }
  }

  /// One whole round now, on the calling thread: until the head is reached and nothing waits.
  package func once() throws(APIError) -> SyncStatus {
    let result = round(patience: 0)
    if case .server(let error)? = result.trouble { throw error }
    return result.status
  }

  /// One round now, on the calling thread. Waits for another process's round, for `patience`
  /// milliseconds at most. `want` is the number of operations a page. With `allowsDeletions` a person
  /// has agreed that a great part of the journal may go.
  package func round(
    patience: Int, want: Int = SyncEngine.quickPage, scope: SyncScope = .all,
    allowsDeletions: Bool = false, progress: @escaping (SyncTally) -> Void = { _ in }
  ) -> SyncReport {
    turn.wait { isTaken -> Waited<Void> in
      if isTaken { return .again(within: nil) }
      isTaken = true
      return .over(())
    }
    defer { turn.change { $0 = false } }
    let me = pthread_self()
    monitor.change { $0.applying = me }
    defer { monitor.change { $0.applying = nil } }
    var round: SyncRound?
    var trouble: SyncTrouble?
    do throws(SyncTrouble) {
      try locked(patience, &round) { line in
        SyncRound(
          store: store, remote: line.calls, app: app, want: want, scope: scope,
          allowsDeletions: allowsDeletions,
          isStopped: { [monitor] in monitor.look { $0.isStopped } }, progress: progress)
      }
    } catch {
      trouble = error
    }
    let state = monitor.change { state in
      if let round { Self.note(round, in: &state) }
      let part = SyncTrouble.gravest(state.troubles)
      if trouble == nil { state.state = part?.state ?? .online }
      if let told = trouble?.state { state.state = told }
      return state.state
    }
    let parts = round?.troubles ?? [:]
    let status = status(state)
    if monitor.look({ $0.hasStarted }) { tell(status) }
    return SyncReport(
      status: status, tally: round?.tally ?? SyncTally(),
      trouble: trouble ?? SyncTrouble.gravest(parts), isPartly: trouble == nil && !parts.isEmpty)
  }

  private static func note(_ round: SyncRound, in state: inout State) {
    state.heads.merge(round.heads) { $1 }
    for space in round.visited { state.troubles[space] = round.troubles[space] }
    state.troubles = state.troubles.filter { round.known.contains($0.key) }
  }

  private func locked(
    _ patience: Int, _ round: inout SyncRound?, _ begin: (Line) -> SyncRound
  ) throws(SyncTrouble) {
    let line: Line
    do {
      guard let account = try store.account() else { throw SyncTrouble.alone }
      line = try self.line(for: account)
      guard try store.takeSyncTurn(within: patience) else { throw SyncTrouble.busy }
    } catch {
      throw SyncTrouble(error)
    }
    defer { store.endSyncTurn() }
    var begun = begin(line)
    defer { round = begun }
    try begun.run()
  }

  private func line(for account: SyncAccount) throws -> Line {
    if let line = monitor.look({ $0.line }) { return line }
    let line = try connect(account)
    return monitor.change { state in
      state.line = line
      return line
    }
  }

  private func exchangeLoop() {
    let mark = SignIn.mark(of: store)
    monitor.change { $0.mark = mark }
    tell()
    while let errand = nextErrand() {
      switch errand {
      case .count: count()
      case .exchange(let scope): exchange(scope)
      }
    }
  }

  /// A commit of this or another process: not all of them bring something to send. (Two programs that
  /// answered each other's bookkeeping would never rest.)
  private func count() {
    let known = monitor.look { $0.state }
    let status = status(known)
    let mark = SignIn.mark(of: store)
    let old = monitor.change { state -> Line? in
      let isSignIn = mark != state.mark
      state.mark = mark
      guard status.state != .alone else { return nil }
      if isSignIn {
        // By another process: the address, the certificate and the session may all be others now.
        state.plan.asked(at: Uptime.always)
        defer { state.line = nil }
        return state.line
      }
      if status.waiting > state.last?.waiting ?? 0 || status.waiting > 0 && !state.plan.isHeld {
        state.plan.wrote(at: Uptime.always)
      }
      return nil
    }
    old?.events?.interrupt()
    tell(status)
  }

  private enum Errand {
    case exchange(SyncScope)
    case count
  }

  private func nextErrand() -> Errand? {
    monitor.wait { state in
      if state.isStopped { return .over(nil) }
      let now = Uptime.always
      if Self.hasSlept(&state, now), state.plan.isStreaming {
        // What is left of the old stream may be silent for ever; a new one begins.
        state.line?.events?.interrupt()
      }
      if state.isCountOld {
        state.isCountOld = false
        return .over(.count)
      }
      guard let due = state.plan.exchangeDue else { return .again(within: nil) }
      if due <= now {
        return .over(.exchange(state.plan.began(at: now)))
      }
      // Waiting does not count the time that the machine sleeps: look at the clock now and then,
      // unless the stream's heartbeat does.
      return .again(within: state.plan.isStreaming ? due - now : min(due - now, Self.look))
    }
  }

  private static func hasSlept(_ state: inout State, _ now: Int64) -> Bool {
    let slept = now - Uptime.awake
    defer { state.slept = slept }
    guard slept - state.slept > 5000 else { return false }
    state.plan.resumed(at: now)
    return true
  }

  private func exchange(_ scope: SyncScope) {
    var pages = 0
    let report = round(patience: 0, scope: scope) { [self] _ in
      pages += 1
      // Small exchanges are over before anybody could read of them.
      if pages % 5 == 1, pages > 1 { tell(.syncing) }
    }
    let outcome = report.outcome
    monitor.change { $0.plan.ended(outcome, at: Uptime.always) }
    tell(report.status)
  }

  private func listenLoop() {
    while let events = nextStream() {
      do throws(APIError) {
        try events.listen { [self] event in hear(event) }
      } catch {
        // Why a stream ends does not matter: the next exchange tells how the server is.
      }
      let wasTold = monitor.change { state in
        state.plan.streamEnded(at: Uptime.always)
        defer { state.online = [:] }
        return !state.online.isEmpty
      }
      if wasTold { presence([:]) }
    }
  }

  private func nextStream() -> (any Remote)? {
    monitor.wait { state in
      if state.isStopped { return .over(nil) }
      let now = Uptime.always
      guard let events = state.line?.events, let due = state.plan.streamDue else {
        return .again(within: nil)
      }
      guard due <= now else { return .again(within: due - now) }
      state.plan.listening(at: now)
      return .over(events)
    }
  }

  private func hear(_ event: ServerEvent) -> Bool {
    let (goesOn, online) = monitor.change { state in
      let now = Uptime.always
      _ = Self.hasSlept(&state, now)
      let before = state.online
      switch event {
      case .connected: state.plan.streamOpened(at: now)
      case .head(let space, let seq):
        // The echo of what this device has just sent or read is no news.
        if seq > state.heads[space] ?? -1 { state.plan.hinted(space, at: now) }
      case .presence(let space, let account, true):
        state.online[space, default: []].insert(account)
      case .presence(let space, let account, false):
        state.online[space]?.remove(account)
        if state.online[space]?.isEmpty == true { state.online[space] = nil }
      case .heartbeat, .other: break
      }
      return (!state.isStopped, state.online == before ? nil : state.online)
    }
    if let online { presence(online) }
    return goesOn
  }

  private func tell(_ state: SyncStatus.State? = nil) {
    let known = monitor.look { state ?? $0.state }
    tell(status(known))
  }

  private func tell(_ status: SyncStatus) {
    let isNews = monitor.change { state in
      defer { state.last = status }
      return state.last != status
    }
    if isNews { report(status) }
  }

  private func status(_ state: SyncStatus.State) -> SyncStatus {
    do {
      var status = try store.syncStatus()
      if status.state != .alone || state == .alone { status.state = state }
      return status
    } catch {
      return SyncStatus(state: SyncTrouble(error).state ?? state)
    }
  }

  /// Operations a page where a person works on the same store meanwhile.
  package static let quickPage = 1000
  /// Between looks at the clock that runs while the machine sleeps, in milliseconds.
  private static let look: Int64 = 30_000
}
