package import Kernel
package import Storage
package import Wire

/// Why a round of exchanges ended before everything was sent and read. Nothing is lost by any of them.
package enum SyncTrouble: Error, Sendable {
  /// The server could not be asked, or refused.
  case server(APIError)
  /// The store could not do its part.
  case store(StoreError)
  /// The server does not let this device into the space.
  case fault(ExchangeFault)
  /// Another server than the one that the account belongs to answers at its address.
  case otherServer
  /// Giving back has not brought the two histories together.
  case diverged
  /// Another process has the turn.
  case busy
  /// Nobody has signed in.
  case alone
  /// Replies that lead nowhere: the server is confused, or not one of ours.
  case noProgress
  /// The program ends.
  case stopped
  /// Anything else; one short sentence.
  case failed(String)

  /// `error` as trouble.
  package init(_ error: any Error) {
    switch error {
    case let error as SyncTrouble: self = error
    case let error as APIError: self = .server(error)
    case let error as StoreError: self = .store(error)
    case let error as ExchangeFault: self = .fault(error)
    default: self = .failed("\(error)")
    }
  }

  /// What the status line tells of it; nil where it says nothing about the server.
  package var state: SyncStatus.State? {
    switch self {
    case .server(let error): Self.state(of: error)
    case .store(.diskFull): .full
    case .store(.manyDeletions(let count)):
      .paused(
        reason: "another device deleted \(count) entries; `lifeos sync --allow-deletions` agrees")
    case .store(let error): .offline(reason: Self.reason(error))
    case .fault(.forbiddenDevice): .needsSignIn
    case .fault(.notMember):
      .offline(reason: "the server does not know this journal; sign in again")
    case .fault: .offline(reason: "another copy of this profile is syncing")
    case .otherServer:
      .untrusted(reason: "another server answers at this address than the one you signed in to")
    case .diverged: .diverged
    case .noProgress: .offline(reason: "the server's answers lead nowhere")
    case .failed(let reason): .offline(reason: reason)
    case .alone: .alone
    case .busy, .stopped: nil
    }
  }

  /// True where time alone changes nothing, and a person must.
  package var needsPerson: Bool {
    switch state {
    case .needsSignIn, .upgrade, .diverged, .full, .paused, .untrusted, .alone: true
    default: false
    }
  }

  /// True where other spaces may do better.
  package var concernsOneSpace: Bool {
    switch self {
    case .server(let error):
      switch error.code {
      case .malformed, .tooLarge, .internalError, .forbidden, .notFound: true
      default: false
      }
    case .store(.manyDeletions), .store(.unfit), .diverged, .noProgress: true
    case .fault(.staleRequest), .fault(.diverged): true
    case .store, .fault, .otherServer, .busy, .alone, .stopped, .failed: false
    }
  }

  /// True where the server does not count the account among the members of a space.
  package var isNotMember: Bool {
    switch self {
    case .fault(.notMember): true
    case .server(let error): error.code == .notMember
    default: false
    }
  }

  /// The trouble to tell of first: one that a person must look at, if there is one.
  static func gravest(_ troubles: [EntryID: SyncTrouble]) -> SyncTrouble? {
    let all = troubles.sorted { $0.key < $1.key }.map(\.value)
    return all.first(where: \.needsPerson) ?? all.first
  }

  /// What the plan does about it.
  package var outcome: SyncPlan.Outcome {
    switch self {
    case .busy: .busy
    case .alone: .alone
    case .server(let error) where !needsPerson: .failed(retryAfter: error.retryAfter)
    default: needsPerson ? .held : .failed(retryAfter: nil)
    }
  }

  private static func state(of error: APIError) -> SyncStatus.State {
    switch error.code {
    case .needsSignIn, .sessionRevoked, .tokenExpired, .invalidCredentials: .needsSignIn
    case .upgradeRequired: .upgrade(oldest: error.details["min_client"] ?? "a newer version")
    case .untrusted, .wrongServer: .untrusted(reason: error.message)
    case .rateLimited: .offline(reason: "the server asks for a pause")
    case .unavailable, .internalError: .offline(reason: "the server is not well")
    case .notLifeos: .offline(reason: "something else than a lifeos server answers")
    case .unreachable: .offline(reason: error.message)
    default: .offline(reason: "the server refused: \(error.message)")
    }
  }

  private static func reason(_ error: StoreError) -> String {
    switch error {
    case .locked: "the database is busy"
    case .readOnly: "the database can not be written"
    case .damaged: "the database is damaged"
    default: "the database refused"
    }
  }
}
