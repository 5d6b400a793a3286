internal import Kernel
internal import Testing
internal import Wire

/// Addresses both ways, and the document that is made from the routes.
struct RouteTests {
  private func comesBack<Query: Equatable, Reply>(
    _ route: Route<Query, Reply>, _ query: Query, target: String, body: String? = nil
  ) throws {
    #expect(route.target(for: query) == target)
    let bytes = route.body(for: query)
    #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == body)
    let halves = target.split(separator: "?", maxSplits: 1).map(String.init)
    let back = try route.query(
      path: halves[0], query: halves.count > 1 ? halves[1] : "", body: bytes ?? [])
    #expect(back == query)
  }

  @Test func `queries go into the address and come back`() throws {
    let id = Example.id(1)
    try comesBack(Routes.me, Nothing(), target: "/api/v1/auth/me")
    try comesBack(Routes.logout, Nothing(), target: "/api/v1/auth/logout", body: "{}")
    try comesBack(Routes.revoke, IDQuery(id: id), target: "/api/v1/auth/sessions/\(id)")
    try comesBack(
      Routes.snapshot, SnapshotQuery(space: id, after: nil),
      target: "/api/v1/sync/snapshot?space=\(id)")
    try comesBack(
      Routes.snapshot, SnapshotQuery(space: id, after: SnapshotKey(kind: "a é&=+", row: id)),
      target: "/api/v1/sync/snapshot?space=\(id)&after=a%20%c3%a9%26%3d%2b%2c\(id)")
    try comesBack(
      Routes.deleteAccount, DeleteAccountQuery(password: "p"), target: "/api/v1/account/delete",
      body: #"{"password":"p"}"#)
    try comesBack(
      Routes.changeGroup, GroupChange(id: id, name: "Æ", mostMembers: 7),
      target: "/api/v1/groups/\(id)", body: #"{"name":"Æ","most_members":7}"#)
    try comesBack(
      Routes.leaveGroup, IDQuery(id: id), target: "/api/v1/groups/\(id)/leave", body: "{}")
    try comesBack(
      Routes.changeRole, RoleQuery(id: id, account: Example.id(2), role: "admin"),
      target: "/api/v1/groups/\(id)/members/\(Example.id(2))", body: #"{"role":"admin"}"#)
    try comesBack(
      Routes.removeMember, MemberQuery(id: id, account: Example.id(2)),
      target: "/api/v1/groups/\(id)/members/\(Example.id(2))")
    try comesBack(
      Routes.exchange, Example.request, target: "/api/v1/sync/exchange",
      body: Example.requestText)
  }

  private struct Mixed: WireMessage, Equatable {
    var id: EntryID
    var name: String
    var count: Int64?
    var isNew: Bool?

    init(id: EntryID, name: String, count: Int64?, isNew: Bool?) {
      (self.id, self.name, self.count, self.isNew) = (id, name, count, isNew)
    }
    init(json: JSON) throws(WireError) {
      guard let id = json["id"]?.text.flatMap({ EntryID($0) }), let name = json["name"]?.text else {
        throw WireError(path: "id", reason: "missing")
      }
      self.init(id: id, name: name, count: json["count"]?.number, isNew: json["new"]?.flag)
    }
    var json: JSON {
      [
        "id": .text(id.description), "name": .text(name),
        "count": count.map { .number($0) } ?? .null, "new": isNew.map { .flag($0) } ?? .null,
      ]
    }
    init(bytes: [UInt8]) throws(WireError) { try self.init(json: JSON(bytes: bytes)) }
    var bytes: [UInt8] { json.bytes }
    static var schema: JSON {
      ["properties": ["count": ["type": "integer"], "new": ["type": "boolean"]]]
    }
  }

  @Test func `paths with several names, numbers and flags come back, with a body too`() throws {
    let mixed = Mixed(id: Example.id(1), name: "a/b {id}?", count: -5, isNew: false)
    let get = Route<Mixed, Nothing>(.get, "/x/{name}/of/{id}", .anyone, summary: "")
    let name = "a%2fb%20%7bid%7d%3f"
    try comesBack(get, mixed, target: "/x/\(name)/of/\(mixed.id)?count=-5&new=false")
    let post = Route<Mixed, Nothing>(.post, "/x/{name}", .anyone, summary: "")
    try comesBack(
      post, mixed, target: "/x/\(name)", body: #"{"id":"\#(mixed.id)","count":-5,"new":false}"#)
    // What the path says counts, whatever the body says.
    let body = Array(#"{"id":"\#(mixed.id)","count":-5,"new":false,"name":"other"}"#.utf8)
    #expect(try post.query(path: "/x/\(name)", body: body) == mixed)
  }

  @Test func `broken addresses are refused`() throws {
    let id = Example.id(1)
    for query in ["", "space=12", "space=%", "space=%4", "space=%zz", "space=%ff", "after=a,\(id)"]
    {
      #expect(throws: WireError.self) {
        try Routes.snapshot.query(path: "/api/v1/sync/snapshot", query: query)
      }
    }
    for path in [
      "", "/", "/api/v1/auth/sessions", "/api/v1/auth/sessions/", "/api/v1/auth/x/\(id)",
    ] {
      #expect(throws: WireError.self) { try Routes.revoke.query(path: path) }
    }
    let query = try Routes.snapshot.query(
      path: "/api/v1/sync/snapshot", query: "&a=b&c&space=%30\(id.description.dropFirst())&")
    #expect(query == SnapshotQuery(space: id, after: nil))
  }

  // MARK: the document

  private let document = OpenAPI.document(version: "1.2.3")

  /// Every value of every member of that name, wherever it stands.
  private func all(_ name: String, in json: JSON) -> [JSON] {
    switch json {
    case .object(let members):
      members.flatMap { ($0.key == name ? [$0.value] : []) + all(name, in: $0.value) }
    case .list(let items): items.flatMap { all(name, in: $0) }
    default: []
    }
  }

  @Test func `every route is in the document, once`() throws {
    let paths = try #require(document["paths"]?.members)
    var found: Set<String> = []
    for path in paths {
      for operation in try #require(path.value.members) {
        #expect(found.insert("\(operation.key.uppercased()) \(path.key)").inserted)
      }
    }
    let expected = Routes.all.map { "\($0.method) \($0.path)" }
    #expect(Set(expected).count == expected.count)
    #expect(
      found == Set(expected).union(["GET \(Routes.events)", "GET \(API.document)"]))
    let ids = all("operationId", in: document)
    #expect(Set(ids).count == found.count)
    #expect(document["info"]?["version"] == "1.2.3")
    #expect(document["openapi"]?.text?.hasPrefix("3.1.") == true)
  }

  @Test func `every reference leads somewhere and every component is used`() throws {
    let prefix = "#/components/schemas/"
    let references = all("$ref", in: document).compactMap(\.text)
    #expect(references.allSatisfy { $0.hasPrefix(prefix) })
    let names = Set(references.map { String($0.dropFirst(prefix.count)) })
    let schemas = try #require(document["components"]?["schemas"]?.members)
    #expect(names == Set(schemas.map(\.key)))
    #expect(Set(schemas.map(\.key)).count == schemas.count)
  }

  @Test func `every operation has security, an answer and errors in one shape`() throws {
    let byPath = Dictionary(
      uniqueKeysWithValues: Routes.all.map { ("\($0.method) \($0.path)", $0) })
    for path in try #require(document["paths"]?.members) {
      for operation in try #require(path.value.members) {
        let route = byPath["\(operation.key.uppercased()) \(path.key)"]
        let answers = try #require(operation.value["responses"]?.members)
        #expect(answers.contains { $0.key == "200" })
        for answer in answers where answer.key != "200" {
          #expect(
            answer.value["content"]?[API.contentType]?["schema"]?["$ref"]
              == "#/components/schemas/APIError")
        }
        let isOpen = operation.value["security"]?.items?.isEmpty == true
        #expect(isOpen == (route?.isForAnyone ?? (path.key == API.document)))
        let parameters = (operation.value["parameters"]?.items ?? []).filter { $0["in"] == "path" }
        #expect(parameters.count == path.key.count { $0 == "{" })
      }
    }
  }

  @Test func `what stands in the path is no part of the body`() throws {
    let schemas = try #require(document["components"]?["schemas"])
    #expect(schemas["RoleQuery"]?["properties"]?.members?.map(\.key) == ["role"])
    #expect(schemas["RoleQuery"]?["required"] == ["role"])
    #expect(schemas["GroupChange"]?["properties"]?["id"] == nil)
    #expect(schemas["GroupChange"]?["required"] == nil)
    let leave = try #require(document["paths"]?["/api/v1/groups/{id}/leave"]?["post"])
    #expect(leave["requestBody"] == nil)
    #expect(leave["parameters"]?.items?.count == 1)
  }

  @Test func `required members are among the properties`() {
    for schema in document["components"]?["schemas"]?.members ?? [] {
      let names = (schema.value["properties"]?.members ?? []).map(\.key)
      #expect(Set(names).count == names.count)
      for name in schema.value["required"]?.items ?? [] {
        #expect(names.contains(name.text ?? ""), "\(schema.key)")
      }
    }
  }

  @Test func `messages fit their own schemas' names`() throws {
    let messages: [(JSON, JSON)] = [
      (Example.request.json, ExchangeRequest.schema), (Example.reply.json, ExchangeReply.schema),
      (Example.page.json, SnapshotPage.schema),
    ]
    for (json, schema) in messages {
      let names = Set(try #require(schema["properties"]?.members).map(\.key))
      let own = Set(try #require(json.members).map(\.key))
      #expect(own.isSubset(of: names))
      #expect(own.isSuperset(of: (schema["required"]?.items ?? []).compactMap(\.text)))
    }
  }
}
