package import Kernel
internal import Life
package import Storage

/// What a server would tell a device of a person's groups, taken in as an exchange takes it in.
package struct GroupTale {
  package let store: Store
  /// The person's own account.
  package let me: EntryID
  package let personal: EntryID

  /// Signs the store in as `user`; nothing is sent.
  package init(_ store: Store, user: String = "ada") throws {
    self.store = store
    let world = store.world
    if let account = try store.account() {
      me = account.id
      personal = try store.syncSpaces()[0]
    } else {
      me = world.newID()
      personal = world.newID()
      try store.join(
        SyncAccount(
          id: me, user: user, serverID: world.newID(), url: "https://life.example"),
        personalSpace: personal)
    }
  }

  /// A group that the person is in, with friends by their names. Returns its space and the accounts of
  /// the friends, in their order.
  package func group(
    _ name: String, frequency: String = "weekly", zone: String = "UTC", rule: String = "hucares",
    role: String = "member", friends: [String] = []
  ) throws -> (space: EntryID, friends: [EntryID]) {
    let space = store.world.newID()
    let now = store.world.now()
    let accounts = friends.map { _ in store.world.newID() }
    try tell(
      [Membership(space: space, name: name, role: role, state: .member, since: now)], in: personal)
    let user = try store.account()?.user ?? ""
    let own = GroupMember(account: me, in: space, user: user, role: role, joined: now)
    let others = zip(accounts, friends).enumerated().map { index, friend in
      GroupMember(
        account: friend.0, in: space, user: friend.1, role: "member", joined: now + Int64(index))
    }
    try tell(
      [
        GroupInfo(
          id: space, name: name, frequency: frequency, zone: zone, rule: rule, code: "ABCD2345",
          created: now)
      ], in: space)
    try tell([own] + others, in: space)
    return (space, accounts)
  }

  /// The person is no longer in the group.
  package func leave(_ space: EntryID, name: String, state: GroupMember.State = .left) throws {
    try tell(
      [
        Membership(
          space: space, name: name, role: "member", state: state, since: store.world.now())
      ], in: personal)
  }

  /// Rows as they come in a page of a space's log.
  package func tell<E: Entry>(_ rows: [E], in space: EntryID) throws {
    let request = try store.beginExchange(space, app: "lifeos/0", want: 5000)
    let world = store.world
    let stamp = Stamp(milliseconds: world.now().milliseconds, counter: 0)
    let page = rows.enumerated().map { index, row in
      var fields: [String: Value] = [:]
      for (field, value) in zip(E.fields, row.values) where !value.isNull {
        fields[field.name] = value
      }
      let op = Op(
        id: world.newID(), stamp: Stamp(bits: stamp.bits + UInt64(index)), kind: E.kind,
        row: row.id, fields: fields, group: world.newID())
      return LoggedOp(seq: request.cursor.seq + Int64(index) + 1, op: op, device: world.newID())
    }
    let end = LogPoint(seq: request.cursor.seq + Int64(page.count), chain: world.random())
    let head = LogPoint(seq: end.seq + 1, chain: world.random())
    // There is always more to come: this server proves nothing by digests.
    _ = try store.accept(
      ExchangeReply(
        epoch: request.epoch ?? world.newID(), page: page, next: end, head: head, digest: 0,
        registers: 0, more: true, now: world.now(), greatest: stamp),
      to: request, roundTrip: 60_000)
  }

  /// A friend's check-in.
  package func checkIn(
    of friend: EntryID, in space: EntryID, _ key: String, _ scores: [Int], note: String = "",
    mood: String = "", at moment: Moment? = nil
  ) throws {
    var checkIn = CheckIn(of: friend, in: space, key: key)
    checkIn.scores = Scores(
      productive: scores[0], satisfied: scores[1], body: scores[2], care: scores[3])
    checkIn.note = note
    checkIn.mood = mood
    checkIn.written = moment ?? store.world.now()
    try tell([checkIn], in: space)
  }

  /// Friends who were in the group before the person. Returns their accounts.
  package func old(_ friends: [String], in space: EntryID) throws -> [EntryID] {
    let accounts = friends.map { _ in store.world.newID() }
    let joined = store.world.now() + -86_400_000
    try tell(
      zip(accounts, friends).map {
        GroupMember(account: $0, in: space, user: $1, role: "member", joined: joined)
      }, in: space)
    return accounts
  }
}
