internal import Kernel
internal import Testing

/// What server and devices must agree on to the bit, and the rows that the server keeps.
struct GroupRowTests {
  private let space = Self.id("0198f2aabbcc7ddd8eee112233445566")
  private let ada = Self.id("0198f3000000700080000000000000aa")

  private static func id(_ text: String) -> EntryID {
    guard let id = EntryID(text) else { preconditionFailure("an id is 32 digits") }
    return id
  }

  /// Worked out by another program: the first 16 bytes of HMAC-SHA-256, as UUIDv8.
  @Test func `derived ids are what they always were`() {
    #expect(
      Digest.derivedID("check_in", ["2026-W47"]).description == "4b143c12bf568d48ad66e31c129983e8")
    #expect(Membership.id(of: space).description == "c194adfe94af8475b4881db0c146bb7b")
    #expect(
      Digest.derivedID("check_in", member: ada, key: "2026-W47", in: space).description
        == "ea5f7f6864db8ea891a2e23632fc16af")
    #expect(
      GroupMember.id(of: ada, in: space).description == "56c731a28f0585e09829fea4bba7e4d3")
  }

  @Test func `another member, key, kind or space makes another row`() {
    let ids: [EntryID] = [
      Digest.derivedID("check_in", member: ada, key: "2026-W47", in: space),
      Digest.derivedID(
        "check_in", member: Self.id("0198f3000000700080000000000000ab"), key: "2026-W47", in: space),
      Digest.derivedID("check_in", member: ada, key: "2026-W48", in: space),
      Digest.derivedID("reaction", member: ada, key: "2026-W47", in: space),
      Digest.derivedID(
        "check_in", member: ada, key: "2026-W47", in: Self.id("0198f2aabbcc7ddd8eee112233445567")),
      Digest.derivedID("check_in", ["2026-W47"]),
      Digest.derivedID("check_in", [ada.description, "2026-W47"]),
    ]
    #expect(Set(ids).count == ids.count)
  }

  /// A key cannot pretend to be another member's: the member's part has a fixed length.
  @Test func `a key may hold anything`() {
    var dice = Dice(seed: 4)
    var seen: Set<EntryID> = []
    for _ in 0..<500 {
      let key = dice.hostileText(length: 5) + "|\(ada)|"
      #expect(
        seen.insert(Digest.derivedID("check_in", member: ada, key: key, in: space)).inserted
          || key.isEmpty)
    }
  }

  @Test func `the server keeps four kinds`() {
    #expect(
      Kind.keptByServer.map(\.name).sorted()
        == ["group_info", "group_member", "invitation", "membership"])
    #expect(GroupInfo.isShared && GroupMember.isShared)
    #expect(!Membership.isShared && !Invitation.isShared)
    #expect(GroupMember.fields.contains { $0.name == OwnedRow.member })
  }

  private func goesRound<E: Entry>(_ entry: E) -> Bool {
    entry.values.count == E.fields.count && E(id: entry.id, values: entry.values) == entry
      && zip(E.fields, entry.values).allSatisfy { field, value in
        switch (field.shape, value) {
        case (_, .null), (.text, .text), (.number, .number), (.flag, .flag): true
        default: false
        }
      }
  }

  @Test func `rows go through their values and come back`() {
    let now = Moment(milliseconds: 1_795_176_000_123)
    #expect(goesRound(GroupInfo(id: space, name: "Friends")))
    #expect(
      goesRound(
        GroupInfo(
          id: space, name: "F\u{202E}\u{1B}[31m", about: "a|b", frequency: "biweekly",
          zone: "Asia/Kathmandu", mostMembers: 50, rule: "mean", code: "ABCD2345",
          codeExpires: now, created: now)))
    for state in GroupMember.State.allCases {
      #expect(
        goesRound(
          GroupMember(
            account: ada, in: space, user: "ada", role: "moderator", state: state, joined: now,
            ended: state == .member ? nil : now)))
      #expect(
        goesRound(
          Membership(space: space, name: "Friends", role: "admin", state: state, since: now)))
    }
    for state in Invitation.State.allCases {
      #expect(
        goesRound(
          Invitation(
            id: ada, space: space, name: "Friends", from: "bob", at: now, expires: nil,
            state: state)))
    }
  }

  @Test func `what is missing or from a later version is read carefully`() {
    let nothing = GroupInfo.fields.map { _ in Value.null }
    #expect(GroupInfo(id: space, values: nothing) == GroupInfo(id: space, name: ""))
    // Somebody in a state that is not known here is no member.
    let member = GroupMember(id: ada, values: [.null, .null, .null, .text("frozen"), .null, .null])
    #expect(member.state == .left && member.account == nil && member.role == "member")
    let membership = Membership(id: ada, values: [.text("x"), .null, .null, .null, .null])
    #expect(membership.space == nil && membership.state == .left)
    let invitation = Invitation(id: ada, values: Invitation.fields.map { _ in .null })
    #expect(invitation.state == .revoked && invitation.space == nil)
  }
}
