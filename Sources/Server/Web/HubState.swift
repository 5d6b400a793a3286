#if Server
  internal import Kernel

  /// All listeners, found by space and by account: what concerns one group costs nothing for the others.
  struct HubState {
    private(set) var listeners: [Int: HubListener] = [:]
    var isClosed = false
    private var lastNumber = 0
    private var bySpace: [EntryID: Set<Int>] = [:]
    private var byAccount: [EntryID: Set<Int>] = [:]
    /// Those whose spaces are not known yet.
    private var beginning: Set<Int> = []
    /// Who may have something to do since the last `wake`.
    private var touched: Set<Int> = []

    // MARK: - Listening

    mutating func open(_ caller: Caller) -> Int {
      lastNumber += 1
      listeners[lastNumber] = HubListener(caller)
      byAccount[caller.account, default: []].insert(lastNumber)
      beginning.insert(lastNumber)
      return lastNumber
    }

    mutating func attend(_ number: Int, spaces: [EntryID], groups: [EntryID]) {
      guard let listener = listeners[number], !listener.hasEnded,
        let moves = listener.moves
      else { return }
      listeners[number]?.moves = nil
      listeners[number]?.early = [:]
      beginning.remove(number)
      for space in spaces where moves[space] != false { add(number, space, isGroup: false) }
      for space in groups where moves[space] != false { add(number, space, isGroup: true) }
      for (space, isIn) in moves where isIn { add(number, space, isGroup: true) }
      for (space, head) in listener.early
      where listeners[number]?.spaces.contains(space) == true {
        listeners[number]?.waiting[space] = head
      }
    }

    /// What there is to do now; nil for nothing, then `waiter` is called.
    mutating func next(
      _ number: Int, _ waiter: CheckedContinuation<EventHub.Wake, Never>
    ) -> EventHub.Wake? {
      guard listeners[number] != nil else { return .end }
      if let wake = listeners[number]?.next() { return wake }
      listeners[number]?.waiter = waiter
      return nil
    }

    /// A stream is at its end: what the others see of it goes at once.
    mutating func end(_ number: Int) {
      guard let listener = listeners[number], !listener.hasEnded else { return }
      listeners[number]?.hasEnded = true
      touched.insert(number)
      byAccount[listener.caller.account]?.remove(number)
      if byAccount[listener.caller.account]?.isEmpty == true {
        byAccount[listener.caller.account] = nil
      }
      for space in listener.spaces { remove(number, space) }
    }

    /// One that has ended.
    mutating func forget(_ number: Int) {
      listeners[number] = nil
      beginning.remove(number)
      touched.remove(number)
    }

    /// The numbers of an account's streams that have not ended.
    func live(of account: EntryID) -> Set<Int> { byAccount[account] ?? [] }

    // MARK: - Groups

    mutating func enter(_ account: EntryID, _ space: EntryID) {
      for number in live(of: account) {
        if listeners[number]?.moves != nil {
          listeners[number]?.moves?[space] = true
        } else {
          add(number, space, isGroup: true)
        }
      }
    }

    mutating func leave(_ account: EntryID, _ space: EntryID) {
      for number in live(of: account) {
        if listeners[number]?.moves != nil {
          listeners[number]?.moves?[space] = false
        } else {
          remove(number, space)
          listeners[number]?.drop(space)
        }
      }
    }

    func online(in group: EntryID) -> Set<EntryID> {
      var accounts: Set<EntryID> = []
      for number in bySpace[group] ?? [] {
        if let listener = listeners[number], listener.groups.contains(group) {
          accounts.insert(listener.caller.account)
        }
      }
      return accounts
    }

    private mutating func add(_ number: Int, _ space: EntryID, isGroup: Bool) {
      guard let account = listeners[number]?.caller.account,
        listeners[number]?.spaces.contains(space) == false
      else { return }
      let online = isGroup ? online(in: space) : []
      listeners[number]?.spaces.insert(space)
      bySpace[space, default: []].insert(number)
      guard isGroup else { return }
      listeners[number]?.groups.insert(space)
      for other in online where other != account {
        listeners[number]?.presence[.init(space: space, account: other)] = true
        touched.insert(number)
      }
      if !online.contains(account) { tell(space, account, isOnline: true) }
    }

    private mutating func remove(_ number: Int, _ space: EntryID) {
      guard let listener = listeners[number], listener.spaces.contains(space) else { return }
      bySpace[space]?.remove(number)
      if bySpace[space]?.isEmpty == true { bySpace[space] = nil }
      let account = listener.caller.account
      if listener.groups.contains(space), !online(in: space).contains(account) {
        tell(space, account, isOnline: false)
      }
    }

    /// To everyone in the group but the person's own streams.
    private mutating func tell(_ space: EntryID, _ account: EntryID, isOnline: Bool) {
      for number in bySpace[space] ?? [] where listeners[number]?.caller.account != account {
        listeners[number]?.presence[.init(space: space, account: account)] = isOnline
        touched.insert(number)
      }
    }

    // MARK: - Telling

    mutating func publish(_ space: EntryID, head: Int64, by session: EntryID?) {
      for number in beginning where listeners[number]?.caller.session != session {
        let earlier = listeners[number]?.early[space] ?? 0
        listeners[number]?.early[space] = max(head, earlier)
      }
      for number in bySpace[space] ?? [] {
        guard let listener = listeners[number], listener.caller.session != session,
          max(listener.told[space] ?? 0, listener.waiting[space] ?? 0) < head
        else { continue }
        listeners[number]?.waiting[space] = head
        touched.insert(number)
      }
    }

    mutating func beat() {
      for number in listeners.keys {
        listeners[number]?.isBeatDue = true
        touched.insert(number)
      }
    }

    /// Who waits and has something to do now, with what it is.
    mutating func wake() -> [(CheckedContinuation<EventHub.Wake, Never>, EventHub.Wake)] {
      var woken: [(CheckedContinuation<EventHub.Wake, Never>, EventHub.Wake)] = []
      for number in touched {
        guard let waiter = listeners[number]?.waiter, let wake = listeners[number]?.next()
        else { continue }
        listeners[number]?.waiter = nil
        woken.append((waiter, wake))
      }
      touched.removeAll(keepingCapacity: true)
      return woken
    }
  }
#endif
