extension RouteDescription {
  /// True where something of the query is left for the body.
  var hasBody: Bool { takesBody && bodySchema["properties"]?.members?.isEmpty == false }

  /// The query without what the path names.
  var bodySchema: JSON {
    guard takesBody, path.contains("{"), let members = querySchema.members else {
      return querySchema
    }
    return .object(
      members.compactMap { member in
        switch member.key {
        case "properties":
          let rest = (member.value.members ?? []).filter { !isInPath($0.key) }
          return .init(member.key, .object(rest))
        case "required":
          let rest = (member.value.items ?? []).filter { !isInPath($0.text ?? "") }
          return rest.isEmpty ? nil : .init(member.key, .list(rest))
        default: return member
        }
      })
  }

  private func isInPath(_ name: String) -> Bool { path.contains("{\(name)}") }

  /// The operation object of OpenAPI.
  var operation: JSON {
    var members: [JSON.Member] = [
      .init("operationId", .text(operationID)), .init("summary", .text(summary)),
      .init("tags", [.text(words.first ?? "")]),
      .init("security", isForAnyone ? [] : [["bearer": []]]),
    ]
    if hasBody {
      members.append(
        .init(
          "requestBody",
          [
            "required": true, "description": .text("At most \(mostBytes) bytes, uncompressed."),
            "content": [API.contentType: ["schema": OpenAPI.reference(query)]],
          ]))
    }
    if !parameters.isEmpty { members.append(.init("parameters", .list(parameters))) }
    let success: JSON = [
      "description": .text(replySchema["description"]?.text ?? ""),
      "content": [API.contentType: ["schema": OpenAPI.reference(reply)]],
    ]
    members.append(
      .init("responses", .object([.init("200", success)] + Self.failures(statuses))))
    return .object(members)
  }

  /// Answers with an error, by status.
  static func failures(_ statuses: [Int]) -> [JSON.Member] {
    statuses.map { status in
      var answer: [JSON.Member] = [
        .init("description", .text(reasons[status] ?? "An error.")),
        .init(
          "content", [API.contentType: ["schema": OpenAPI.reference("APIError")]]),
      ]
      if status == 429 || status == 503 {
        let header: JSON = ["description": "Seconds.", "schema": ["type": "integer"]]
        answer.append(.init("headers", .object([.init(API.retryAfterHeader, header)])))
      }
      return .init(String(status), .object(answer))
    }
  }

  private static let reasons: [Int: String] = [
    400: "No JSON, or no request that a server could read.",
    401: "Not signed in: token_expired, session_revoked, invalid_credentials.",
    403: "Not allowed: forbidden, not_member, registration_closed.",
    404: "No such thing, or somebody else's; no_such_code.",
    409: "diverged {epoch}, stale_request {number}, wrong_server, name_taken, "
      + "refresh_in_progress, group_full, already_member.",
    413: "Too large.", 415: "Another type of body than JSON.",
    422: "malformed: the path of what is wrong, never its value; weak_password.",
    426: "upgrade_required: this version may no longer take part.",
    429: "Too many requests; Retry-After tells when.", 500: "The server's fault.",
    503: "For the moment not possible; Retry-After tells when.",
  ]

  private var statuses: [Int] {
    var statuses: Set = [429, 500, 503]
    if path != Routes.health.path { statuses.formUnion([400, 401, 403, 422]) }
    if takesBody { statuses.formUnion([413, 415]) }
    if path.contains("{") || path == Routes.joinGroup.path { statuses.insert(404) }
    if words.first == "sync" || isForAnyone && takesBody { statuses.formUnion([409, 426]) }
    if words.first == "groups" || words.first == "invitations" { statuses.insert(409) }
    return statuses.sorted()
  }

  /// `/api/v1/auth/sessions/{id}`: auth, sessions, id.
  private var words: [String] {
    path.split(separator: "/").filter { $0 != "api" && $0 != "v1" }.map {
      String($0.filter { $0 != "{" && $0 != "}" })
    }
  }

  /// `getAuthSessions`
  private var operationID: String {
    ([method.lowercased()] + words.flatMap { $0.split(separator: "-").map(Self.capitalized) })
      .joined()
  }

  private static func capitalized(_ word: Substring) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  /// The query's members where they stand in the address.
  private var parameters: [JSON] {
    let required = (querySchema["required"]?.items ?? []).compactMap(\.text)
    let properties = (querySchema["properties"]?.members ?? []).filter {
      !takesBody || isInPath($0.key)
    }
    return properties.map { property in
      let isInPath = isInPath(property.key)
      return [
        "name": .text(property.key), "in": isInPath ? "path" : "query",
        "required": .flag(isInPath || required.contains(property.key)),
        "schema": property.value,
      ]
    }
  }
}
