#if Server
  internal import Kernel

  /// One stream: whose it is, what it hears, and what it has not been told yet.
  struct HubListener {
    /// A member of a group, of whom only the newest is told.
    struct Member: Hashable {
      let space: EntryID
      let account: EntryID
    }

    let caller: Caller
    /// Also the groups.
    var spaces: Set<EntryID> = []
    /// Where others hear whether the caller is here.
    var groups: Set<EntryID> = []
    /// Groups come into (true) or gone out of before its spaces were known; nil once they are.
    var moves: [EntryID: Bool]? = [:]
    /// What was published, of whatever space, before its spaces were known: its client may have read
    /// already what was there before.
    var early: [EntryID: Int64] = [:]
    var waiting: [EntryID: Int64] = [:]
    var told: [EntryID: Int64] = [:]
    var presence: [Member: Bool] = [:]
    var isBeatDue = false
    var hasEnded = false
    var waiter: CheckedContinuation<EventHub.Wake, Never>?

    init(_ caller: Caller) { self.caller = caller }

    /// What there is to do now, taken off the list; nil for nothing.
    mutating func next() -> EventHub.Wake? {
      if hasEnded { return .end }
      if !waiting.isEmpty || !presence.isEmpty {
        let heads = waiting.map { EventHub.Hint(space: $0.key, head: $0.value) }
        for hint in heads { told[hint.space] = hint.head }
        let others = presence.map {
          EventHub.Presence(space: $0.key.space, account: $0.key.account, isOnline: $0.value)
        }
        waiting = [:]
        presence = [:]
        // The hint is a sign of life as well.
        isBeatDue = false
        return .tell(heads: heads, presence: others)
      }
      guard isBeatDue else { return nil }
      isBeatDue = false
      return .beat
    }

    /// Hears of a space no more.
    mutating func drop(_ space: EntryID) {
      spaces.remove(space)
      groups.remove(space)
      waiting[space] = nil
      told[space] = nil
      presence = presence.filter { $0.key.space != space }
    }
  }
#endif
