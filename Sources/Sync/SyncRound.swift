internal import Kernel
internal import Storage
internal import Wire

/// What a round has done.
package struct SyncTally: Hashable, Sendable {
  /// Operations that the server took.
  package var sent = 0
  /// Operations and registers that came from the server.
  package var received = 0
  package var restamped = 0
  /// Texts that were overwritten without their writer having seen the winner.
  package var conflicts = 0
  /// Requests that were answered.
  package var exchanges = 0
  /// How often the server asks for polls; nil where it was not asked.
  package var pollSeconds: Int?
  package init() {}
}

/// One round: exchanges until the spaces of its scope are at the head and nothing waits. Blocks.
struct SyncRound {
  let store: Store
  let remote: any Remote
  /// `lifeos/1.4.0`
  let app: String
  /// Operations a page: few where a screen must stay quick meanwhile.
  let want: Int
  let scope: SyncScope
  /// A person has said that the deletions which come are meant.
  let allowsDeletions: Bool
  let isStopped: () -> Bool
  /// After each reply but the last.
  let progress: (SyncTally) -> Void

  private(set) var tally = SyncTally()
  /// The heads that the last replies told, by space.
  private(set) var heads: [EntryID: Int64] = [:]
  /// The spaces that it has turned to.
  private(set) var visited: Set<EntryID> = []
  /// What kept single spaces from being synced, while the others were.
  private(set) var troubles: [EntryID: SyncTrouble] = [:]
  /// All spaces that the device synced when it last looked.
  private(set) var known: Set<EntryID> = []
  /// A group's space is closed to this device: the personal space is asked (again) why.
  private var asksPersonal = false

  init(
    store: Store, remote: any Remote, app: String, want: Int, scope: SyncScope = .all,
    allowsDeletions: Bool = false,
    isStopped: @escaping () -> Bool = { false }, progress: @escaping (SyncTally) -> Void = { _ in }
  ) {
    self.store = store
    self.remote = remote
    self.app = app
    self.want = want
    self.scope = scope
    self.allowsDeletions = allowsDeletions
    self.isStopped = isStopped
    self.progress = progress
  }

  /// Throws `SyncTrouble` where something ends it early; what was done until then stays done. What
  /// concerns one space alone is in `troubles`.
  mutating func run() throws(SyncTrouble) {
    do {
      // Looked up each time: the personal space tells of groups that were joined or left.
      while let space = try next() {
        visited.insert(space.id)
        // The store forgets it with each space that is at its head.
        if allowsDeletions { store.allowDeletions() }
        do {
          try exchange(space.id)
        } catch {
          try take(SyncTrouble(error), of: space)
        }
      }
    } catch {
      throw examined(SyncTrouble(error))
    }
  }

  private mutating func next() throws -> ListedSpace? {
    let listed = try store.syncList()
    known = Set(listed.map(\.id))
    let chosen = Set(scope.chosen(of: listed))
    return listed.first {
      (chosen.contains($0) || asksPersonal && $0.isPersonal) && !visited.contains($0.id)
    }
  }

  private mutating func take(_ trouble: SyncTrouble, of space: ListedSpace) throws {
    if trouble.isNotMember, !space.isPersonal {
      // Taken out this moment, or the server was set back: the personal space knows, now or soon.
      guard !asksPersonal else { return }
      asksPersonal = true
      for space in try store.syncList() where space.isPersonal { visited.remove(space.id) }
      return
    }
    guard trouble.concernsOneSpace else { throw trouble }
    troubles[space.id] = trouble
  }

  private mutating func exchange(_ space: EntryID) throws {
    var hasRetried = false
    var idle = 0
    while true {
      try bootstrap(space)
      try goOn()
      let request = try store.beginExchange(space, app: app, want: want)
      let outcome = try ask(request)
      tally.sent += outcome.sent
      tally.restamped += outcome.restamped
      tally.conflicts += outcome.conflicts
      switch outcome.next {
      case .atHead: return
      case .diverged: throw SyncTrouble.diverged
      case .again:
        guard !hasRetried else { throw SyncTrouble.fault(.staleRequest(number: request.number)) }
        hasRetried = true
      case .more:
        idle = outcome.sent + outcome.received + outcome.restamped == 0 ? idle + 1 : 0
        guard idle < Self.mostIdle else { throw SyncTrouble.noProgress }
        progress(tally)
      }
    }
  }

  private mutating func ask(_ request: ExchangeRequest) throws -> ExchangeOutcome {
    let begin = Uptime.awake
    let reply: ExchangeReply
    do throws(APIError) {
      reply = try remote.call(Routes.exchange, request)
    } catch {
      if let fault = ExchangeFault(error) {
        tally.exchanges += 1
        switch fault {
        case .notMember, .forbiddenDevice: throw SyncTrouble.fault(fault)
        case .diverged, .staleRequest: return try store.accept(fault, to: request)
        }
      }
      guard let outcome = try putAside(request, after: error) else { throw error }
      return outcome
    }
    tally.exchanges += 1
    tally.pollSeconds = reply.pollSeconds
    heads[request.space] = reply.head.seq
    let outcome = try store.accept(reply, to: request, roundTrip: Uptime.awake - begin)
    // What this device has written itself comes back with the page.
    if outcome.received > 0 {
      tally.received += reply.page.count { $0.device != request.device }
    }
    return outcome
  }

  /// An operation that spoils the whole request is put aside, so that it does not keep the others.
  private func putAside(_ request: ExchangeRequest, after error: APIError) throws
    -> ExchangeOutcome?
  {
    let culprit: Op?
    switch error.code {
    case .malformed: culprit = Self.culprit(error, in: request.ops)
    case .tooLarge: culprit = request.ops.count == 1 ? request.ops[0] : nil
    default: return nil
    }
    guard let culprit else { return nil }
    let reason: Verdict.Refusal = error.code == .tooLarge ? .tooLarge : .invalid
    try store.quarantine(culprit.id, reason: reason)
    return ExchangeOutcome(next: .more, sent: 0)
  }

  /// `ops[3].f.title` names the fourth.
  private static func culprit(_ error: APIError, in ops: [Op]) -> Op? {
    guard let path = error.details["path"], path.hasPrefix("ops["),
      let index = Int(path.dropFirst(4).prefix { $0 != "]" }), ops.indices.contains(index)
    else { return nil }
    return ops[index]
  }

  /// Snapshot pages, where the store wants one: the next is fetched while this one is taken in.
  private mutating func bootstrap(_ space: EntryID) throws {
    guard let start = try store.snapshotStart(space) else { return }
    var page = try Self.page(remote, space, start.after)
    while true {
      try goOn()
      let next = page.after.map { after in
        Ahead { [remote] in try Self.page(remote, space, after) }
      }
      let key = page.after
      let taken = Result { try store.accept(page, of: space) }
      tally.exchanges += 1
      guard let next else {
        try taken.get()
        tally.received += page.registers.count
        return
      }
      // The fetch ends before anybody else may use the line.
      let fetched = Result { try next.value() }
      try taken.get()
      tally.received += page.registers.count
      progress(tally)
      page = try fetched.get()
      if let key, let after = page.after, !(key < after) { throw SyncTrouble.noProgress }
    }
  }

  private static func page(_ remote: any Remote, _ space: EntryID, _ after: SnapshotKey?) throws
    -> SnapshotPage
  {
    try remote.call(Routes.snapshot, SnapshotQuery(space: space, after: after))
  }

  private func goOn() throws {
    if isStopped() { throw SyncTrouble.stopped }
  }

  /// A session that another server does not know is no reason to ask for the password.
  private func examined(_ trouble: SyncTrouble) -> SyncTrouble {
    guard case .needsSignIn = trouble.state, let account = Self.account(of: store) else {
      return trouble
    }
    do throws(APIError) {
      let health = try remote.call(Routes.health, Nothing())
      return health.serverID == account.serverID ? trouble : .otherServer
    } catch {
      return trouble
    }
  }

  private static func account(of store: Store) -> SyncAccount? {
    // A store that cannot be read told so before: the trouble at hand is the one to tell.
    try? store.account()
  }

  /// So many replies in a row that neither took nor gave anything end the round.
  private static let mostIdle = 12
}

extension SnapshotKey {
  fileprivate static func < (left: SnapshotKey, right: SnapshotKey) -> Bool {
    if left.kind != right.kind {
      return left.kind.name.utf8.lexicographicallyPrecedes(right.kind.name.utf8)
    }
    return left.row < right.row
  }
}
