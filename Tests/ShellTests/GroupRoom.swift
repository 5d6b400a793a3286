internal import Features
internal import Foundation
internal import GRDB
internal import Kernel
internal import Life
internal import Storage
internal import Synchronization
internal import TestKit
internal import Testing

/// Groups as a server would have told them, in a store of one member's: ada's.
struct GroupRoom {
  static let names = ["ada", "fern", "kite", "tilde"]
  let store: Store
  let source: World
  let me: EntryID
  /// The moment at which tests begin: Friday 20 November 2026, in week 47.
  static let now = Moment(seconds: 1_795_176_000)

  init(_ store: Store, seed: UInt64 = 77) throws {
    self.store = store
    source = World.still(seed: seed)
    me = source.newID()
    try store.join(
      SyncAccount(id: me, user: "ada", serverID: source.newID(), url: "https://home:8480"),
      personalSpace: source.newID())
  }

  /// Accounts of a group's members: one's own first.
  func accounts(_ count: Int) -> [EntryID] {
    [me] + (1..<max(1, count)).map { EntryID(high: 0xACC0, low: UInt64($0)) }
  }

  /// A group with its members; each joined an hour after the one before, a year ago.
  func make(
    _ name: String = "Harbour Four", members names: [String] = names, role: String = "admin",
    frequency: String = "weekly", rule: String = "hucares", about: String = "",
    code: String = "H4RB0UR2"
  ) throws -> EntryID {
    let space = source.newID()
    let accounts = accounts(names.count)
    try store.write("Group") { edit in
      try edit.database.execute(
        sql: "INSERT INTO sync_space (space, kind, role) VALUES (?, 'group', ?)",
        arguments: [Data(space.bytes), role])
      try edit.save(
        Membership(space: space, name: name, role: role, state: .member, since: Self.day(-370)))
      try edit.save(
        GroupInfo(
          id: space, name: name, about: about, frequency: frequency, rule: rule, code: code,
          codeExpires: Self.day(20), created: Self.day(-370)), in: space)
      for (index, user) in names.enumerated() {
        try edit.save(
          GroupMember(
            account: accounts[index], in: space, user: user,
            role: index == 0 ? role : index == 1 ? "moderator" : "member",
            joined: Self.day(-370) + Int64(index) * 3_600_000), in: space)
      }
    }
    return space
  }

  /// What a member shows in a period; the account's index, 0 for oneself.
  @discardableResult
  func post(
    _ member: Int, in space: EntryID, key: String = "2026-W47", _ answers: [Int]?,
    score: Int? = nil, mood: String = "", note: String = "", at moment: Moment = day(-1)
  ) throws -> EntryID {
    var checkIn = CheckIn(of: accounts(member + 1)[member], in: space, key: key)
    checkIn.scores = answers.flatMap {
      Scores(productive: $0[0], satisfied: $0[1], body: $0[2], care: $0[3])
    }
    checkIn.score = score
    checkIn.mood = mood
    checkIn.note = note
    checkIn.written = moment
    try store.write("Post") { [checkIn] edit in try edit.save(checkIn, in: space) }
    return checkIn.id
  }

  func react(_ member: Int, to target: EntryID, in space: EntryID, _ sign: String) throws {
    var reaction = CheckInReaction(
      of: accounts(member + 1)[member], to: target, in: space, sign: .like, at: Self.now)
    reaction.sign = sign
    try store.write("Sign") { [reaction] edit in try edit.save(reaction, in: space) }
  }

  func comment(_ member: Int, on target: EntryID, in space: EntryID, _ text: String) throws {
    let comment = CheckInComment(
      of: accounts(member + 1)[member], to: target, in: space, key: source.newID(), text: text,
      at: Self.now)
    try store.write("Comment") { edit in try edit.save(comment, in: space) }
  }

  func invite(_ name: String, from user: String, days: Int = 14) throws -> EntryID {
    let invitation = Invitation(
      id: source.newID(), space: source.newID(), name: name, from: user, at: Self.now,
      expires: Self.day(days))
    try store.write("Invitation") { edit in try edit.save(invitation) }
    return invitation.id
  }

  /// So many days from the moment at which tests begin.
  static func day(_ count: Int) -> Moment { now + Int64(count) * 86_400_000 }
}

/// A server's decisions in memory: it notes what it was asked, and refuses where it is told to.
final class TestGroups: GroupDoor {
  private struct State {
    var asked: [String] = []
    var refusal: String?
    var online: [EntryID: Set<EntryID>] = [:]
  }
  private let state = Mutex(State())
  /// What joining and making lead to.
  let space: EntryID

  init(space: EntryID = EntryID(high: 0x5, low: 1)) { self.space = space }

  var asked: [String] { state.withLock { $0.asked } }
  func refuse(_ words: String?) { state.withLock { $0.refusal = words } }
  func set(online accounts: Set<EntryID>, in space: EntryID) {
    state.withLock { $0.online[space] = accounts }
  }

  private func note(_ words: String) throws {
    try state.withLock { state in
      state.asked.append(words)
      if let refusal = state.refusal { throw Failure(.offline, refusal) }
    }
  }

  func make(_ form: GroupForm) throws -> EntryID {
    try note("make \(form.name) \(form.frequency) \(form.zone)")
    return space
  }
  func join(_ code: String) throws -> EntryID {
    try note("join \(code)")
    return space
  }
  func leave(_ space: EntryID) throws { try note("leave") }
  func change(_ space: EntryID, to form: GroupForm) throws {
    try note("change \(form.name) \(form.mostMembers) \(form.rule)")
  }
  func delete(_ space: EntryID) throws { try note("delete") }
  func renewCode(_ space: EntryID) throws -> String {
    try note("code")
    return "NEWC0DE2"
  }
  func invite(_ user: String, to space: EntryID) throws { try note("invite \(user)") }
  func setRole(_ role: String, of account: EntryID, in space: EntryID) throws {
    try note("role \(role)")
  }
  func remove(_ account: EntryID, from space: EntryID) throws { try note("remove") }
  func accept(_ invitation: EntryID) throws -> EntryID {
    try note("accept")
    return space
  }
  func decline(_ invitation: EntryID) throws { try note("decline") }
  var online: [EntryID: Set<EntryID>] { state.withLock { $0.online } }
}

extension GroupRoom {
  /// What a device holds of a group that its person is no longer in.
  func leave(_ space: EntryID) throws {
    try store.write("Left") { edit in
      try edit.save(
        Membership(
          space: space, name: "Harbour Four", role: "admin", state: .left, since: Self.now))
      for table in ["check_in", "reaction", "check_in_comment", "group_member"] {
        try edit.database.execute(
          sql: "DELETE FROM \"\(table)\" WHERE _space = ? AND member IS NOT ?",
          arguments: [Data(space.bytes), me.description])
      }
      try edit.database.execute(
        sql: "UPDATE sync_space SET state = 'left' WHERE space = ?",
        arguments: [Data(space.bytes)])
    }
  }
}
