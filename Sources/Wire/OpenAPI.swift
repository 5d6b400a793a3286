/// The description of all routes, made from the same `Routes` that both programs use.
package enum OpenAPI {
  /// An OpenAPI 3.1 document; `version` is the server's.
  package static func document(version: String) -> JSON {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "lifeosd", "version": .text(version),
        "description": .text(
          "The sync server of lifeos. All bodies are JSON; times are milliseconds "
            + "since 1970, ids 32 hexadecimal digits. Unknown members are ignored."),
      ],
      "servers": [["url": "/"]],
      "paths": .object(paths),
      "components": [
        "schemas": .object(schemas),
        "securitySchemes": [
          "bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"]
        ],
      ],
    ]
  }

  /// A reference to a message among the document's components.
  static func reference<Message: WireMessage>(to message: Message.Type) -> JSON {
    reference("\(message)")
  }

  static func reference(_ name: String) -> JSON {
    ["$ref": .text("#/components/schemas/\(name)")]
  }

  /// Messages of messages: they are no route's own.
  private static var parts: [JSON.Member] {
    [
      .init("DeviceInfo", DeviceInfo.schema), .init("SpaceInfo", SpaceInfo.schema),
      .init("SessionInfo", SessionInfo.schema), .init("GroupSettings", GroupSettings.schema),
      .init("MemberInfo", MemberInfo.schema), .init("APIError", APIError.schema),
    ]
  }

  private static var schemas: [JSON.Member] {
    var schemas: [JSON.Member] = []
    var known: Set<String> = []
    let own = Routes.all.flatMap { route in
      (route.hasBody ? [JSON.Member(route.query, route.bodySchema)] : [])
        + [.init(route.reply, route.replySchema)]
    }
    for schema in own + parts + SyncSchema.components where known.insert(schema.key).inserted {
      schemas.append(schema)
    }
    return schemas
  }

  /// Operations by path; those of one path stand together.
  private static var paths: [JSON.Member] {
    var paths: [(path: String, operations: [JSON.Member])] = []
    for route in Routes.all {
      let operation = JSON.Member(route.method.lowercased(), route.operation)
      if let index = paths.firstIndex(where: { $0.path == route.path }) {
        paths[index].operations.append(operation)
      } else {
        paths.append((route.path, [operation]))
      }
    }
    paths.append((Routes.events, [.init("get", events)]))
    paths.append((API.document, [.init("get", document)]))
    return paths.map { .init($0.path, .object($0.operations)) }
  }

  private static var events: JSON {
    [
      "operationId": "syncEvents",
      "summary": "Hints, never data: server-sent events for new heads and for who is online.",
      "description": .text(
        "Events named head have the data {\"space\":id,\"head\":number}; those named presence "
          + "{\"space\":id,\"account\":id,\"online\":flag}, and after each connect they tell who of "
          + "the caller's groups is online. A comment comes every 25 seconds. A client exchanges "
          + "once after each connect."),
      "tags": ["sync"], "security": [["bearer": []]],
      "responses": .object(
        [
          .init(
            "200",
            [
              "description": "A stream without an end.",
              "content": [API.eventType: ["schema": ["type": "string"]]],
            ])
        ] + RouteDescription.failures([401, 403, 426, 429, 500, 503])),
    ]
  }

  private static var document: JSON {
    [
      "operationId": "document", "summary": "This description.", "tags": ["health"],
      "security": [],
      "responses": .object(
        [
          .init(
            "200",
            [
              "description": "An OpenAPI 3.1 document.",
              "content": [API.contentType: ["schema": ["type": "object"]]],
            ])
        ] + RouteDescription.failures([429, 500])),
    ]
  }
}
