/// The protocol's constants.
package enum API {
  /// `v` of an exchange, and the `v1` of the paths.
  package static let version: Int64 = 1
  /// The type of all bodies but the stream of events.
  package static let contentType = "application/json"
  /// The type of the stream of events.
  package static let eventType = "text/event-stream"
  /// Names a request in logs and errors, on both sides.
  package static let requestIDHeader = "X-Request-Id"
  package static let retryAfterHeader = "Retry-After"
  package static let authorizationHeader = "Authorization"
  /// Stands before an access token.
  package static let bearer = "Bearer "
  /// Where the description of all routes is.
  package static let document = "/api/openapi.json"
}
