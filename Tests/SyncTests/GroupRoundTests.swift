import Kernel
import Storage
import TestKit
import Testing
import Wire

@testable import Sync

/// Rounds over several spaces: whom a round asks, and what one space's trouble does to the others.
struct GroupRoundTests {
  /// A person's device, its line and its engine.
  private struct Seat {
    let person: Person
    let store: Store
    let remote: FaultyRemote
    let engine: SyncEngine

    init(_ person: Person, _ seed: UInt64, at server: LedgerServer) throws {
      self.person = person
      store = try Store.device(seed, of: person)
      remote = FaultyRemote(server, of: person.account)
      engine = SyncEngine(store: store, remote: remote, world: store.world, app: "lifeos/test") {
        _ in
      }
    }

    @discardableResult
    func round(_ scope: SyncScope = .all) -> SyncReport { engine.round(patience: 0, scope: scope) }
  }

  private func pair() throws -> (server: LedgerServer, ann: Seat, ben: Seat) {
    let server = try LedgerServer()
    try server.add(.ben)
    return (server, try Seat(.ann, 1, at: server), try Seat(.ben, 2, at: server))
  }

  private static let broken = APIError(status: 500, code: .internalError, message: "no")

  @Test func `a group that was joined meanwhile is read in the same round`() throws {
    let (server, ann, ben) = try pair()
    ann.round()
    let group = try server.makeGroup(1, of: .ann, .ben)
    #expect(ann.round().trouble == nil)
    #expect(ann.remote.asked() == [Person.ann.space, Person.ann.space, group])
    try ann.store.post("Hello", to: group, of: .ann)
    ann.round()
    // The very first round of a device brings the groups along.
    #expect(ben.round().trouble == nil)
    #expect(try ben.store.posts(in: group) == ["Hello"])
    #expect(try ben.store.titles().isEmpty)
  }

  @Test func `a friend's edit costs one request, an own post one a group`() throws {
    let (server, ann, ben) = try pair()
    let groups = try (1...10).map { try server.makeGroup($0, of: .ann, .ben) }
    for seat in [ann, ben] { #expect(seat.round().trouble == nil) }
    _ = (ann.remote.asked(), ben.remote.asked())
    try ben.store.post("Hello", to: groups[3], groups[7], of: .ben)
    #expect(ben.round(.some([])).trouble == nil)
    #expect(ben.remote.asked() == [groups[3], groups[7]])
    #expect(ann.round(.some([groups[3]])).tally.received > 0)
    #expect(ann.remote.asked() == [groups[3]])
    #expect(try ann.store.posts(in: groups[3]) == ["Hello"])
    #expect(try ann.store.posts(in: groups[7]).isEmpty)
    // What nobody knows is asked of the personal space; nothing at all costs nothing.
    ann.round(.some([EntryID(high: 1, low: 1)]))
    #expect(ann.remote.asked() == [Person.ann.space])
    let idle = ann.round(.some([]))
    #expect(ann.remote.asked().isEmpty)
    #expect(idle.trouble == nil && idle.outcome == .done(pollSeconds: nil))
    ann.round()
    #expect(ann.remote.asked() == [Person.ann.space] + groups)
  }

  @Test func `a hint of a group that one was taken out of leads to the personal space`() throws {
    let (server, ann, ben) = try pair()
    let group = try server.makeGroup(1, of: .ann, .ben)
    let other = try server.makeGroup(2, of: .ann, .ben)
    for seat in [ann, ben] { seat.round() }
    try ann.store.post("From Ann", to: group, of: .ann)
    ann.round()
    ben.round()
    try ben.store.post("Too late", to: group, other, of: .ben)
    try server.seat(.ben, in: group, .removed)
    _ = ben.remote.asked()
    let report = ben.round(.some([group]))
    #expect(report.trouble == nil && report.status.state == .online)
    #expect(ben.remote.asked() == [group, Person.ben.space, other])
    // What is one's own stays, what was the others' goes, and what waited is shown.
    #expect(try ben.store.posts(in: group) == ["Too late"])
    #expect(try ben.store.quarantine().map(\.reason) == ["left"])
    #expect(try ben.store.waitingOperations() == 0)
    ann.round()
    #expect(try ann.store.posts(in: other) == ["Too late"])
    #expect(try ann.store.posts(in: group) == ["From Ann"])
    _ = ben.remote.asked()
    ben.round()
    #expect(ben.remote.asked() == [Person.ben.space, other])
  }

  @Test func `a group that the server has lost keeps nobody from syncing`() throws {
    let (server, ann, _) = try pair()
    let lost = try server.makeGroup(1, of: .ann)
    let kept = try server.makeGroup(2, of: .ann)
    ann.round()
    try server.lose(lost)
    try ann.store.post("Hello", to: lost, kept, of: .ann)
    try ann.store.add("Fog")
    for _ in 0..<2 {
      let report = ann.round()
      #expect(report.trouble == nil && report.status.state == .online)
      #expect(report.outcome == .done(pollSeconds: 60))
    }
    // It waits: nobody has said that the person is no longer in the group.
    #expect(try ann.store.waitingOperations() == 1)
    #expect(try ann.store.posts(in: lost) == ["Hello"])
  }

  @Test func `a trouble with one space is told, lasts, and keeps no other from syncing`() throws {
    let (server, ann, _) = try pair()
    let groups = try (1...3).map { try server.makeGroup($0, of: .ann) }
    ann.round()
    _ = ann.remote.asked()
    ann.remote.refuse(groups[0], Self.broken)
    try ann.store.post("Hello", to: groups[0], groups[2], of: .ann)
    let report = ann.round()
    #expect(ann.remote.asked() == [Person.ann.space] + groups)
    #expect(report.isPartly && report.status.waiting == 1)
    #expect(report.outcome == .partly(pollSeconds: 60, needsPerson: false))
    let words = SyncStatus.State.offline(reason: "the server is not well")
    #expect(report.status.state == words)
    // Another group's news do not hide it.
    ann.remote.refuse(groups[0], nil)
    ann.remote.refuse(groups[1], Self.broken)
    #expect(ann.round().status.state == words)
    #expect(ann.round(.some([groups[2]])).trouble == nil)
    #expect(ann.round(.some([groups[2]])).status.state == words)
    ann.remote.refuse(groups[1], nil)
    #expect(ann.round(.some([groups[1]])).status.state == .online)
    #expect(try ann.store.waitingOperations() == 0)
  }

  @Test func `a trouble with the personal space keeps no group from syncing`() throws {
    let (server, ann, ben) = try pair()
    let group = try server.makeGroup(1, of: .ann, .ben)
    for seat in [ann, ben] { seat.round() }
    try ben.store.post("Hello", to: group, of: .ben)
    ben.round()
    ann.remote.refuse(Person.ann.space, Self.broken)
    #expect(ann.round().isPartly)
    #expect(try ann.store.posts(in: group) == ["Hello"])
  }

  @Test func `deletions that a person has agreed to are taken in everywhere`() throws {
    let (server, ann, _) = try pair()
    let group = try server.makeGroup(1, of: .ann)
    let other = try Seat(.ann, 3, at: server)
    ann.round()
    var leaves: [EntryID] = []
    for number in 0..<40 {
      leaves.append(try ann.store.add("Leaf \(number)"))
      try ann.store.post("Post \(number)", to: group, of: .ann, key: "\(number)")
    }
    ann.round()
    #expect(other.round().trouble == nil)
    try ann.store.write("Clear") { edit in
      for leaf in leaves { try edit.delete(Leaf.kind, id: leaf) }
      for number in 0..<40 {
        let post = Post(of: Person.ann.account, in: group, key: "\(number)", words: "")
        try edit.delete(Post.kind, id: post.id)
      }
    }
    #expect(ann.round().trouble == nil)
    let asked = other.round()
    guard case .paused = asked.status.state else {
      Issue.record("not asked for: \(asked)")
      return
    }
    let titles = try other.store.titles()
    #expect(titles.count == 40)
    #expect(try other.store.posts(in: group).count == 40)
    let agreed = other.engine.round(patience: 0, allowsDeletions: true)
    #expect(agreed.trouble == nil)
    #expect(try other.store.titles().isEmpty && other.store.posts(in: group).isEmpty)
  }

  @Test func `a server that is gone, or wants a sign-in, is asked once`() throws {
    let (server, ann, _) = try pair()
    for number in 1...3 { _ = try server.makeGroup(UInt64(number), of: .ann) }
    ann.round()
    for error in [
      FaultyRemote.unreachable, APIError(status: 401, code: .sessionRevoked, message: ""),
      APIError(status: 429, code: .rateLimited, message: ""),
      APIError(status: 503, code: .unavailable, message: ""),
      APIError(status: 403, code: .notMember, message: ""),
    ] {
      _ = ann.remote.asked()
      ann.remote.refuse(Person.ann.space, error)
      let report = ann.round()
      #expect(report.trouble != nil && !report.isPartly)
      #expect(ann.remote.asked().count == 1)
    }
  }
}
