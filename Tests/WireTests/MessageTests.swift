internal import Kernel
internal import Testing
internal import Wire

/// The messages around accounts, and errors.
struct MessageTests {
  private static let device = DeviceInfo(
    id: Example.id(2), name: "lap\u{85}top é", app: "lifeos/1.4.0")
  private static let me = MeReply(
    id: Example.id(5), user: "ada", email: nil, created: Moment(milliseconds: 1),
    serverID: Example.id(6),
    spaces: [
      SpaceInfo(id: Example.id(1), kind: "personal", role: "owner"),
      SpaceInfo(id: Example.id(7), kind: "group", role: "reader"),
    ], now: Moment(milliseconds: 1_795_132_800_455))
  private static let tokens = Tokens(
    access: "a.b.c", accessExpires: Moment(milliseconds: 10), refresh: "r",
    refreshExpires: Moment(milliseconds: -20), session: Example.id(8))
  private static let session = SessionInfo(
    id: Example.id(8), device: Example.id(2), name: "laptop", app: "lifeos/1.4.0",
    created: Moment(milliseconds: 1), lastUsed: Moment(milliseconds: 2), isCurrent: true)

  private func comesBack<Message: WireMessage & Equatable>(
    _ message: Message, _ keys: [String]
  ) throws {
    #expect(try Message(bytes: message.bytes) == message)
    #expect(try Message(json: message.json) == message)
    #expect(message.json.members?.map(\.key) == keys)
    let properties = Message.schema["properties"]?.members?.map(\.key) ?? []
    #expect(Set(keys).isSubset(of: properties))
    var more = try #require(message.json.members)
    more.insert(.init("later", [1, ["a": nil]]), at: 0)
    #expect(try Message(json: .object(more)) == message)
    for name in (Message.schema["required"]?.items ?? []).compactMap(\.text) {
      let less = JSON.object(more.filter { $0.key != name })
      let error = #expect(throws: WireError.self) { try Message(json: less) }
      #expect(error == WireError(path: name, reason: "missing"))
      let wrong = JSON.object(more.filter { $0.key != name } + [.init(name, .fraction("1.5"))])
      let other = #expect(throws: WireError.self) { try Message(json: wrong) }
      #expect(other?.path == name)
      #expect(other?.reason.contains("1.5") == false)
    }
  }

  @Test func `all messages come back, whatever stands beside them`() throws {
    try comesBack(Self.device, ["id", "name", "app"])
    try comesBack(
      RegisterQuery(
        user: "ada", email: "ada@example.org", password: "Secret12", device: Self.device),
      ["user", "email", "password", "device"])
    try comesBack(
      RegisterQuery(user: "ada", email: nil, password: "Secret12", device: Self.device),
      ["user", "password", "device"])
    try comesBack(
      LoginQuery(user: "ada", password: "", device: Self.device), ["user", "password", "device"])
    try comesBack(
      Self.tokens,
      ["access_token", "access_expires", "refresh_token", "refresh_expires", "session"])
    try comesBack(Self.me, ["id", "user", "created", "server_id", "spaces", "now"])
    try comesBack(SessionReply(me: Self.me, tokens: Self.tokens), ["me", "tokens"])
    try comesBack(
      RefreshQuery(refresh: "r", idem: "00112233445566778899aabbccddeeff"),
      ["refresh_token", "idem"])
    try comesBack(ChangePasswordQuery(current: "a", new: "b"), ["current", "new"])
    try comesBack(
      Self.session, ["id", "device", "name", "app", "created", "last_used", "current"])
    try comesBack(SessionsReply(sessions: [Self.session, Self.session]), ["sessions"])
    try comesBack(IDQuery(id: Example.id(1)), ["id"])
    try comesBack(DeleteAccountQuery(password: "a"), ["password"])
    try comesBack(
      SnapshotQuery(space: Example.id(1), after: SnapshotKey(kind: "task", row: Example.id(2))),
      ["space", "after"])
    try comesBack(SnapshotQuery(space: Example.id(1), after: nil), ["space"])
    try comesBack(
      HealthReply(
        status: "ok", database: "ok", version: "0.2.0", serverID: Example.id(6),
        now: Moment(milliseconds: 3)), ["status", "database", "version", "server_id", "now"])
  }

  @Test func `all messages of groups come back`() throws {
    let settings = GroupSettings(
      name: "Æsir", about: "Ten\nseconds", frequency: "daily", zone: "Europe/Berlin",
      mostMembers: 50, rule: "mean")
    let names = ["name", "about", "frequency", "zone", "most_members", "rule"]
    try comesBack(settings, names)
    try comesBack(
      GroupChange(
        id: Example.id(1), name: "n", about: "", frequency: "daily", zone: "UTC", mostMembers: 2,
        rule: "sum"), ["id"] + names)
    try comesBack(GroupChange(id: Example.id(1)), ["id"])
    let member = MemberInfo(
      account: Example.id(2), user: "ada", role: "admin", joined: Moment(milliseconds: 5),
      isOnline: true)
    try comesBack(member, ["account", "user", "role", "joined", "online"])
    let group = GroupReply(
      id: Example.id(1), settings: settings, role: "admin", code: "ABCD2345",
      codeExpires: Moment(milliseconds: 9), members: [member, member])
    try comesBack(group, ["id", "settings", "role", "code", "code_expires", "members"])
    try comesBack(GroupsReply(groups: [group, group]), ["groups"])
    try comesBack(JoinQuery(code: "abcd-2345"), ["code"])
    try comesBack(InviteQuery(id: Example.id(1), user: "ben"), ["id", "user"])
    try comesBack(MemberQuery(id: Example.id(1), account: Example.id(2)), ["id", "account"])
    try comesBack(
      RoleQuery(id: Example.id(1), account: Example.id(2), role: "moderator"),
      ["id", "account", "role"])
  }

  @Test func `nothing is an empty object, or no bytes at all`() throws {
    #expect(Nothing().bytes == Array("{}".utf8))
    #expect(try Nothing(bytes: []) == Nothing())
    #expect(try Nothing(bytes: Array("{\"a\":1}".utf8)) == Nothing())
    #expect(throws: WireError.self) { try Nothing(bytes: Array("<html>".utf8)) }
  }

  @Test func `an export is whatever the server holds`() throws {
    let export = AccountExport(content: ["ops": [1, .fraction("2.5"), "é"]])
    #expect(try AccountExport(bytes: export.bytes) == export)
    #expect(try AccountExport(json: export.json) == export)
  }

  @Test func `null is no e-mail address`() throws {
    let query = RegisterQuery(user: "ada", email: nil, password: "Secret12", device: Self.device)
    let members = try #require(query.json.members)
    #expect(try RegisterQuery(json: .object(members + [.init("email", nil)])) == query)
  }

  @Test(
    arguments: [
      (["device": ["id": "12", "name": "", "app": ""]], "device.id"),
      (["device": ["id": 7, "name": "", "app": ""]], "device.id"),
      (["device": []], "device"),
      (["user": .text(String(repeating: "é", count: 321))], "user"),
      (["user": "a\u{0}b"], "user"),
      (["password": .text(String(repeating: "a", count: 1_025))], "password"),
    ] as [(JSON, String)])
  func `values beyond their limits are refused by name`(change: JSON, path: String) throws {
    let query = LoginQuery(user: "ada", password: "Secret12", device: Self.device)
    let members = try #require(query.json.members) + (change.members ?? [])
    let error = #expect(throws: WireError.self) { try LoginQuery(json: .object(members)) }
    #expect(error?.path == path)
  }

  @Test func `a broken item of a list is named`() throws {
    let json: JSON = ["sessions": [Self.session.json, ["id": 1]]]
    let error = #expect(throws: WireError.self) { try SessionsReply(json: json) }
    #expect(error?.path == "sessions[1].id")
  }

  @Test func `errors have one shape`() throws {
    let error = APIError(
      status: 429, code: .rateLimited, message: "Too many.", details: ["b": "2", "a": "1"],
      requestID: "r1", retryAfter: 7)
    #expect(
      String(decoding: error.json.bytes, as: UTF8.self)
        == #"{"error":{"code":"rate_limited","message":"Too many.","#
        + #""details":{"a":"1","b":"2"},"request_id":"r1","retry_after":7}}"#)
    #expect(try APIError(status: 429, bytes: error.json.bytes) == error)
    let bare = APIError(status: 418, code: "teapot", message: "")
    #expect(try APIError(status: 418, json: bare.json) == bare)
    #expect(throws: WireError.self) { try APIError(status: 500, json: ["message": "no"]) }
    #expect(throws: WireError.self) { try APIError(status: 500, json: ["error": "no"]) }
    let later = try APIError(
      status: 400, json: ["error": ["code": "x", "details": ["n": 1, "m": "2"], "more": []]])
    #expect(later.details == ["m": "2"])
  }

  @Test func `faults of an exchange travel as errors`() throws {
    let faults: [ExchangeFault] = [
      .diverged(epoch: Example.id(3)), .staleRequest(number: 412), .notMember, .forbiddenDevice,
    ]
    for fault in faults {
      let error = try APIError(status: fault.error.status, bytes: fault.error.json.bytes)
      #expect(ExchangeFault(error) == fault)
    }
    #expect(faults.map(\.error.status) == [409, 409, 403, 403])
    for code in [APIError.Code.forbidden, .diverged, .staleRequest, .malformed, "later"] {
      #expect(ExchangeFault(APIError(status: 403, code: code, message: "")) == nil)
    }
  }
}
