internal import Kernel
internal import Wire

/// How long an access token lives, and when it is time for the next one.
enum TokenLife {
  static let second: Int64 = 1000

  /// Milliseconds from the token's own `iat` to its `exp` (RFC 7519), which no clock of this
  /// machine can get wrong; nil where it is no such token.
  static func milliseconds(_ access: String) -> Int64? {
    let parts = access.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.bytes(parts[1]) else { return nil }
    let claims: JSON
    do throws(WireError) {
      claims = try JSON(bytes: bytes)
    } catch {
      return nil
    }
    guard let issued = claims["iat"]?.number, let ends = claims["exp"]?.number else { return nil }
    let life = ends.subtractingReportingOverflow(issued)
    guard !life.overflow, life.partialValue > 0, life.partialValue <= 366 * 86_400 else {
      return nil
    }
    return life.partialValue * second
  }

  /// True where at most `share` thousandths of its life are left.
  ///
  /// Counted from when the token came. Where that is not known, or this machine's clock was set
  /// back since, its own end by the server's clock has to do, which may be early or late: the
  /// server has the last word anyway.
  static func isDue(_ credentials: Credentials, now: Moment, share: Int64) -> Bool {
    let tokens = credentials.tokens
    let life = milliseconds(tokens.access) ?? 15 * 60 * second
    if let received = credentials.received, received <= now {
      return now - received >= life / 1000 * (1000 - share)
    }
    return tokens.accessExpires - now <= life / 1000 * share
  }
}
