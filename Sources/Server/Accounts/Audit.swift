#if Server
  internal import GRDB
  internal import Kernel
  internal import SQL

  /// The append-only list of what concerns security. Never a secret, never what somebody has typed.
  struct Audit {
    enum Event: String {
      case registered
      case signIn = "sign_in"
      case failedSignIn = "failed_sign_in"
      case signOut = "sign_out"
      /// A spent refresh token came back: the session has ended.
      case reuse
      case revoked
      case device
      case password
      case disabled
      case enabled
      case export
      case restore
      // Of groups: the detail is the group.
      case groupMade = "group_made"
      case groupChanged = "group_changed"
      case groupDeleted = "group_deleted"
      case groupCode = "group_code"
      case groupJoined = "group_joined"
      case groupLeft = "group_left"
      case groupInvited = "group_invited"
      case groupRole = "group_role"
      /// Somebody else was taken out; by whom the line is, and whose it is.
      case groupRemoval = "group_removal"
      case groupRemoved = "group_removed"
      /// Without saying whose: the account's own lines go with it.
      case deleted
    }

    var account: EntryID?
    var session: EntryID?
    var device: EntryID?
    var address = ""

    func note(
      _ event: Event, _ detail: String? = nil, at now: Moment, in database: Database
    ) throws {
      try database.run(
        """
        INSERT INTO audit (at, what, account, session, device, address, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          Datum(now), .text(event.rawValue), account.map(Datum.id) ?? .null,
          session.map(Datum.id) ?? .null, device.map(Datum.id) ?? .null,
          address.isEmpty ? .null : .text(address), detail.map(Datum.text) ?? .null,
        ])
    }
  }
#endif
