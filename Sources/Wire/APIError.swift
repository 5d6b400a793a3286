/// Why a request was refused, in the one shape that all errors have.
package struct APIError: Error, Hashable, Sendable {
  /// The HTTP status; 0 where no answer came.
  package var status: Int
  package var code: Code
  /// For people, one sentence.
  package var message: String
  package var details: [String: String]
  package var requestID: String?
  /// Seconds to wait (429, 503).
  package var retryAfter: Int?

  package init(
    status: Int, code: Code, message: String, details: [String: String] = [:],
    requestID: String? = nil, retryAfter: Int? = nil
  ) {
    self.status = status
    self.code = code
    self.message = message
    self.details = details
    self.requestID = requestID
    self.retryAfter = retryAfter
  }

  /// What a program can act on. Unknown codes are kept as they are.
  package struct Code: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String
    package init(_ text: String) { self.text = text }
    package init(stringLiteral text: String) { self.text = text }

    package static let malformed: Code = "malformed"
    package static let invalidCredentials: Code = "invalid_credentials"
    package static let tokenExpired: Code = "token_expired"
    package static let sessionRevoked: Code = "session_revoked"
    package static let refreshInProgress: Code = "refresh_in_progress"
    package static let weakPassword: Code = "weak_password"
    package static let nameTaken: Code = "name_taken"
    package static let registrationClosed: Code = "registration_closed"
    package static let forbidden: Code = "forbidden"
    package static let notFound: Code = "not_found"
    package static let notMember: Code = "not_member"
    package static let noSuchCode: Code = "no_such_code"
    package static let groupFull: Code = "group_full"
    package static let alreadyMember: Code = "already_member"
    package static let diverged: Code = "diverged"
    package static let staleRequest: Code = "stale_request"
    package static let wrongServer: Code = "wrong_server"
    package static let tooLarge: Code = "too_large"
    package static let upgradeRequired: Code = "upgrade_required"
    package static let rateLimited: Code = "rate_limited"
    package static let unavailable: Code = "unavailable"
    package static let internalError: Code = "internal"
    // Made by the client where no answer of a lifeos server came.
    /// No connection: refused, no such host, timed out, cut.
    package static let unreachable: Code = "unreachable"
    /// TLS failed: an unknown or changed certificate.
    package static let untrusted: Code = "untrusted"
    /// Something else than a lifeos server answered: a login page, a proxy.
    package static let notLifeos: Code = "not_lifeos"
    package static let needsSignIn: Code = "needs_sign_in"
  }
}

/// A message that is not what it should be: where, never what.
package struct WireError: Error, Hashable, Sendable {
  /// `ops[3].t`
  package var path: String
  package var reason: String
  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
