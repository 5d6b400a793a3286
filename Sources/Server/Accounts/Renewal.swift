#if Server
  internal import Crypto
  internal import GRDB
  internal import Kernel
  internal import SQL

  /// The rule by which a refresh token is answered, in one transaction: sync.md, section 10. A lost
  /// response can be asked for again without end, and a stolen old token ends the session.
  struct Renewal {
    enum Outcome {
      case renewed(Session, RefreshToken)
      /// Another renewal of the same token is under way.
      case inProgress
      /// A spent token came back: this session has ended now.
      case reused(EntryID)
      /// Unknown, expired or revoked.
      case refused
    }

    /// How long two renewals of one token count as a race, in milliseconds.
    static let race: Int64 = 30_000

    let token: String
    let idem: [UInt8]
    let now: Moment
    let secret: SymmetricKey
    /// How long a renewed session lives, in milliseconds.
    let life: Int64
    let address: String

    func run(in database: Database) throws -> Outcome {
      let hash = RefreshToken.hash(token)
      if let session = try Session.find(current: hash, in: database) {
        return try advance(session, in: database)
      }
      if let session = try Session.find(spent: hash, in: database) {
        return try repeatOrEnd(session, in: database)
      }
      if let session = try Session.find(longSpent: hash, in: database) {
        return try endFamily(session, in: database)
      }
      return .refused
    }

    /// The token is the current one.
    private func advance(_ old: Session, in database: Database) throws -> Outcome {
      guard try mayLive(old, in: database) else { return .refused }
      if let spent = old.spent {
        try database.run(
          "DELETE FROM spent_token WHERE session = ? AND at < ?",
          [.id(old.id), Datum(now + -life)])
        try database.run(
          "INSERT INTO spent_token (hash, session, at) VALUES (?, ?, ?)",
          [.bytes(spent), .id(old.id), Datum(old.spentAt)])
      }
      var session = old
      session.gen += 1
      let successor = RefreshToken(of: old.id, gen: session.gen, idem: idem, secret: secret)
      session.spent = old.current
      session.spentIdem = idem
      session.spentAt = now
      session.current = successor.hash
      session.isSuccessorUsed = false
      session.lastUsed = now
      session.expires = now + life
      try session.save(in: database)
      return .renewed(session, successor)
    }

    /// The token is the one before.
    private func repeatOrEnd(_ session: Session, in database: Database) throws -> Outcome {
      guard try mayLive(session, in: database) else { return .refused }
      guard !session.isSuccessorUsed else { return try endFamily(session, in: database) }
      if session.spentIdem == idem {
        return try again(session, in: database)
      }
      if now - session.spentAt <= Self.race { return .inProgress }
      return try endFamily(session, in: database)
    }

    private func again(_ old: Session, in database: Database) throws -> Outcome {
      let successor = RefreshToken(of: old.id, gen: old.gen, idem: idem, secret: secret)
      guard successor.hash != old.current else { return .renewed(old, successor) }
      // The secrets were made anew since. Nobody has used the successor that they gave, so this one
      // can take its place.
      var session = old
      session.current = successor.hash
      try session.save(in: database)
      return .renewed(session, successor)
    }

    private func endFamily(_ session: Session, in database: Database) throws -> Outcome {
      guard try session.end(at: now, in: database) else { return .refused }
      try Audit(
        account: session.account, session: session.id, device: session.device, address: address
      ).note(.reuse, at: now, in: database)
      return .reused(session.id)
    }

    private func mayLive(_ session: Session, in database: Database) throws -> Bool {
      guard session.isLive(at: now) else { return false }
      return try Account.find(session.account, in: database)?.disabled == nil
    }
  }
#endif
