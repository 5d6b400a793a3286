extension APIError {
  /// Reads `{"error":{"code","message","details","request_id","retry_after"}}`. The status stands
  /// beside it, in the answer's head.
  package init(status: Int, json: JSON) throws(WireError) {
    guard let error = json["error"] else { throw .missing("error") }
    guard let code = error["code"]?.text else { throw .missing("error.code") }
    var details: [String: String] = [:]
    for detail in error["details"]?.members ?? [] { details[detail.key] = detail.value.text }
    self.init(
      status: status, code: Code(code), message: error["message"]?.text ?? "", details: details,
      requestID: error["request_id"]?.text,
      retryAfter: error["retry_after"]?.number.map { Int(clamping: max(0, $0)) })
  }

  package init(status: Int, bytes: [UInt8]) throws(WireError) {
    try self.init(status: status, json: JSON(bytes: bytes))
  }

  /// The one shape that all errors have.
  package var json: JSON {
    var members: [JSON.Member] = [
      .init("code", .text(code.text)), .init("message", .text(message)),
      .init(
        "details",
        .object(details.sorted { $0.key < $1.key }.map { .init($0.key, .text($0.value)) })),
    ]
    if let requestID { members.append(.init("request_id", .text(requestID))) }
    if let retryAfter { members.append(.init("retry_after", .number(Int64(retryAfter)))) }
    return ["error": .object(members)]
  }

  package static var schema: JSON {
    [
      "type": "object", "description": "Why the request was refused.",
      "properties": [
        "error": [
          "type": "object",
          "properties": [
            "code": ["type": "string", "description": "What a program can act on."],
            "message": ["type": "string", "description": "For people, one sentence."],
            "details": ["type": "object", "additionalProperties": ["type": "string"]],
            "request_id": ["type": "string"],
            "retry_after": ["type": "integer", "description": "Seconds to wait."],
          ],
          "required": ["code", "message", "details"],
        ]
      ],
      "required": ["error"],
    ]
  }
}
