internal import Foundation
internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL
@testable internal import Server
internal import Synchronization
internal import TestKit
internal import Testing
internal import Wire

/// A server's accounts over a real database in a folder of its own, with a clock that a test moves.
final class AccountsDesk: Sendable {
  let folder = TemporaryFolder()
  let hands: Hands
  let database: ServerDatabase
  let accounts: Accounts
  /// Sessions whose end was told, in that order.
  let ended = Mutex<[EntryID]>([])

  static let password = "Correct horse 1"
  static let address = "192.0.2.7"

  init(_ change: (inout AccountSettings) -> Void = { _ in }) throws {
    hands = Hands()
    var settings = AccountSettings()
    settings.bcryptCost = 4
    change(&settings)
    database = try ServerDatabase(
      path: folder.file("data/lifeosd.sqlite"), world: hands.world, every: 1_000_000)
    accounts = Accounts(
      database: database, secrets: try Secrets(folder: folder.file("data")), world: hands.world,
      settings: settings)
    accounts.onEnd { [weak self] session in self?.ended.withLock { $0.append(session) } }
  }

  deinit { database.close() }

  /// Other accounts' rules over the same file, as after a new start.
  func again(_ change: (inout AccountSettings) -> Void = { _ in }) throws -> Accounts {
    var settings = AccountSettings()
    settings.bcryptCost = 4
    change(&settings)
    return Accounts(
      database: database, secrets: try Secrets(folder: folder.file("data")), world: hands.world,
      settings: settings)
  }

  func device(_ name: String = "laptop") -> DeviceInfo {
    DeviceInfo(id: hands.world.newID(), name: name, app: "lifeos/1.0.0")
  }

  func register(_ user: String, email: String? = nil) async throws -> SessionReply {
    try await accounts.register(
      RegisterQuery(user: user, email: email, password: Self.password, device: device()),
      from: Self.address)
  }

  func login(
    _ user: String, _ password: String = AccountsDesk.password, device: DeviceInfo? = nil,
    from address: String = AccountsDesk.address
  ) async throws -> SessionReply {
    try await accounts.login(
      LoginQuery(user: user, password: password, device: device ?? self.device("phone")),
      from: address)
  }

  func refresh(_ token: String, _ idem: UInt8 = 1) async throws -> Tokens {
    try await accounts.refresh(
      RefreshQuery(refresh: token, idem: Hexadecimal.text([UInt8](repeating: idem, count: 16))),
      from: Self.address)
  }

  func count(_ sql: String, _ data: [Datum] = []) async throws -> Int64 {
    let data = Datums(data)
    return try await database.read { try $0.integer(sql, data.all) }
  }

  /// Closes the database and gives its file as Latin-1.
  func everyByte() -> String {
    database.close()
    let bytes = FileManager.default.contents(atPath: database.path) ?? Data()
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// The kinds of the audit's lines, in their order.
  func audit() async throws -> [String] {
    try await database.read { database in
      var lines: [String] = []
      try database.each("SELECT what FROM audit ORDER BY n") { lines.append($0.text(0)) }
      return lines
    }
  }
}

/// Values of columns, which never change, on their way to another thread.
private struct Datums: @unchecked Sendable {
  let all: [Datum]
  init(_ all: [Datum]) { self.all = all }
}

/// A clock that stands until a test moves it.
final class Hands: Sendable {
  private let time = Mutex<Int64>(1_795_176_000_000)
  private let still = World.still()

  var now: Moment { Moment(milliseconds: time.withLock { $0 }) }

  var world: World {
    let random = still.random
    return World(now: { self.now }, zone: { .utc }, random: random)
  }

  func go(seconds: Int64) { time.withLock { $0 += seconds * 1000 } }
  func go(days: Int64) { go(seconds: days * 86_400) }
}

/// The error that `body` ends with; a failure where it does not.
func refusal(
  _ place: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> APIError {
  do {
    try await body()
    Issue.record("it was not refused", sourceLocation: place)
  } catch let error as APIError {
    return error
  } catch {
    Issue.record("another error: \(error)", sourceLocation: place)
  }
  return APIError(status: 0, code: "none", message: "")
}

extension AccountsDesk {
  /// Writes a title into the account's space, as a device's exchange does.
  @discardableResult
  func push(
    _ title: String, row: EntryID = EntryID(high: 1, low: 1), as reply: SessionReply
  ) async throws -> ExchangeReply {
    let caller = try await accounts.authorise(reply.tokens.access)
    let space = try #require(reply.me.spaces.first).id
    let id = hands.world.newID()
    let op = Op(
      id: id, stamp: Stamp(milliseconds: hands.now.milliseconds, counter: 0),
      kind: Kind("journal"), row: row, fields: ["title": .text(title)], group: id)
    let now = database.now()
    return try await database.write { database in
      let number = try database.integer(
        "SELECT coalesce(max(rseq), 0) + 1 FROM device_space WHERE device = ?",
        [.id(caller.device)])
      let state = try #require(try Ledger().state(of: space, in: database))
      let request = ExchangeRequest(
        space: space, device: caller.device, number: number, app: "lifeos/1.0.0",
        epoch: state.epoch, cursor: state.head, seen: state.head, now: now, want: 100,
        repairs: [], ops: [op])
      return try Ledger().exchange(
        request, account: caller.account, now: now, newEpoch: EntryID(high: 9, low: 9),
        in: database)
    }
  }
}
