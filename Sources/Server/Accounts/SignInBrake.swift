#if Server
  internal import Crypto
  internal import GRDB
  internal import Kernel
  internal import SQL
  internal import Wire

  /// The growing delay after failed sign-ins, for one name at one address: 1 s after the fifth, then
  /// twice as long each time, up to 15 minutes. The wait is an answer, never a thread that sleeps.
  struct SignInBrake {
    static let free: Int64 = 5
    static let longest: Int64 = 15 * 60
    /// After a day without a failure all is forgotten.
    static let memory: Int64 = 86_400_000

    private let key: Datum

    /// Neither the name nor the address is stored: people type passwords as names.
    init(name: String, address: String) {
      key = .bytes(Array(SHA256.hash(data: Array("\(name.lowercased())\0\(address)".utf8))))
    }

    /// Throws 429 while the delay runs.
    func check(at now: Moment, in database: Database) throws {
      let until = try database.integer("SELECT until FROM auth_failure WHERE key = ?", [key])
      let left = until - now.milliseconds
      // More than the longest wait is left by a clock that was set back: nobody is locked out by it.
      guard left > 0, left <= Self.longest * 1000 else { return }
      throw APIError(
        status: 429, code: .rateLimited,
        message: "Too many failed sign-ins: wait a little before the next.",
        retryAfter: Int((left + 999) / 1000))
    }

    func noteFailure(of account: EntryID?, at now: Moment, in database: Database) throws {
      try database.run(
        "DELETE FROM auth_failure WHERE last < ?", [.integer(now.milliseconds - Self.memory)])
      let count =
        try database.integer("SELECT count FROM auth_failure WHERE key = ?", [key]) + 1
      try database.run(
        """
        INSERT INTO auth_failure (key, account, count, last, until) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (key) DO UPDATE SET account = ?2, count = ?3, last = ?4, until = ?5
        """,
        [
          key, account.map(Datum.id) ?? .null, .integer(count), Datum(now),
          Datum(now + Self.delay(after: count) * 1000),
        ])
    }

    func forget(in database: Database) throws {
      try database.run("DELETE FROM auth_failure WHERE key = ?", [key])
    }

    /// Seconds.
    static func delay(after failures: Int64) -> Int64 {
      guard failures >= free else { return 0 }
      return failures - free >= 10 ? longest : min(longest, 1 << (failures - free))
    }
  }
#endif
