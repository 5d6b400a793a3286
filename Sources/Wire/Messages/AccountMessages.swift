package import Kernel

/// The device that asks.
package struct DeviceInfo: Hashable, Sendable {
  package var id: EntryID
  package var name: String
  /// `lifeos/1.4.0`
  package var app: String
  package init(id: EntryID, name: String, app: String) {
    self.id = id
    self.name = name
    self.app = app
  }
}

/// `auth/register`
package struct RegisterQuery: Hashable, Sendable {
  package var user: String
  package var email: String?
  package var password: String
  package var device: DeviceInfo
  package init(user: String, email: String?, password: String, device: DeviceInfo) {
    self.user = user
    self.email = email
    self.password = password
    self.device = device
  }
}

/// `auth/login`; `user` is a name or an e-mail address.
package struct LoginQuery: Hashable, Sendable {
  package var user: String
  package var password: String
  package var device: DeviceInfo
  package init(user: String, password: String, device: DeviceInfo) {
    self.user = user
    self.password = password
    self.device = device
  }
}

/// A pair of tokens. Moments are the server's.
package struct Tokens: Hashable, Sendable {
  package var access: String
  package var accessExpires: Moment
  package var refresh: String
  package var refreshExpires: Moment
  package var session: EntryID
  package init(
    access: String, accessExpires: Moment, refresh: String, refreshExpires: Moment,
    session: EntryID
  ) {
    self.access = access
    self.accessExpires = accessExpires
    self.refresh = refresh
    self.refreshExpires = refreshExpires
    self.session = session
  }
}

/// Who has signed in, and what they may sync: `auth/me`.
package struct MeReply: Hashable, Sendable {
  package var id: EntryID
  package var user: String
  package var email: String?
  package var created: Moment
  package var serverID: EntryID
  package var spaces: [SpaceInfo]
  package var now: Moment
  package init(
    id: EntryID, user: String, email: String?, created: Moment, serverID: EntryID,
    spaces: [SpaceInfo], now: Moment
  ) {
    self.id = id
    self.user = user
    self.email = email
    self.created = created
    self.serverID = serverID
    self.spaces = spaces
    self.now = now
  }
}

/// A space that an account may sync.
package struct SpaceInfo: Hashable, Sendable {
  package var id: EntryID
  /// `personal`, `group`
  package var kind: String
  /// `owner`, `member`, …
  package var role: String
  package init(id: EntryID, kind: String, role: String) {
    self.id = id
    self.kind = kind
    self.role = role
  }
}

/// What signing in gives.
package struct SessionReply: Hashable, Sendable {
  package var me: MeReply
  package var tokens: Tokens
  package init(me: MeReply, tokens: Tokens) {
    self.me = me
    self.tokens = tokens
  }
}

/// `auth/refresh`; `idem` is the same until a successor is stored: 16 random bytes as hex.
package struct RefreshQuery: Hashable, Sendable {
  package var refresh: String
  package var idem: String
  package init(refresh: String, idem: String) {
    self.refresh = refresh
    self.idem = idem
  }
}

/// `auth/change-password`; all other sessions end.
package struct ChangePasswordQuery: Hashable, Sendable {
  package var current: String
  package var new: String
  package init(current: String, new: String) {
    self.current = current
    self.new = new
  }
}

/// One sign-in of an account.
package struct SessionInfo: Hashable, Sendable {
  package var id: EntryID
  package var device: EntryID
  package var name: String
  package var app: String
  package var created: Moment
  package var lastUsed: Moment
  package var isCurrent: Bool
  package init(
    id: EntryID, device: EntryID, name: String, app: String, created: Moment, lastUsed: Moment,
    isCurrent: Bool
  ) {
    self.id = id
    self.device = device
    self.name = name
    self.app = app
    self.created = created
    self.lastUsed = lastUsed
    self.isCurrent = isCurrent
  }
}

/// `auth/sessions`
package struct SessionsReply: Hashable, Sendable {
  package var sessions: [SessionInfo]
  package init(sessions: [SessionInfo]) { self.sessions = sessions }
}

/// Something named by its id in the path.
package struct IDQuery: Hashable, Sendable {
  package var id: EntryID
  package init(id: EntryID) { self.id = id }
}

/// `DELETE account`: the password once more.
package struct DeleteAccountQuery: Hashable, Sendable {
  package var password: String
  package init(password: String) { self.password = password }
}

/// Nothing.
package struct Nothing: Hashable, Sendable {
  package init() {}
}

/// `GET /api/health`
package struct HealthReply: Hashable, Sendable {
  /// `ok`, or `failing`
  package var status: String
  /// `ok`, or what is wrong, one sentence.
  package var database: String
  package var version: String
  package var serverID: EntryID
  package var now: Moment
  package init(
    status: String, database: String, version: String, serverID: EntryID, now: Moment
  ) {
    self.status = status
    self.database = database
    self.version = version
    self.serverID = serverID
    self.now = now
  }
}

/// An account with everything that hangs on it, as JSON: `GET account/export`.
package struct AccountExport: Hashable, Sendable {
  package var content: JSON
  package init(content: JSON) { self.content = content }
}
