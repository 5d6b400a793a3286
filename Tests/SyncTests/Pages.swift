import GRDB
import Kernel
import Storage
import TestKit

/// A kind of these tests alone: a title and a long text.
struct Leaf: Entry {
  static let kind: Kind = "leaf"
  static let fields = [Field("title", .text), Field("body", .text, isLong: true)]

  let id: EntryID
  var title: String?
  var body: String?

  init(id: EntryID, title: String? = nil, body: String? = nil) {
    self.id = id
    self.title = title
    self.body = body
  }

  init(id: EntryID, values: [Value]) {
    self.id = id
    title = values[0].text
    body = values[1].text
  }

  var values: [Value] {
    [title.map { .text($0) } ?? .null, body.map { .text($0) } ?? .null]
  }
}

extension Schema {
  static let leaves = Schema(
    entries: [Leaf.self], migrations: [.table("leaf.1", for: Leaf.self)], searches: [])
}

extension Store {
  /// A device's store, joined to the ledger's account.
  static func device(_ seed: UInt64, path: String? = nil) throws -> Store {
    let store = try Store(path: path, schema: .leaves, world: .still(seed: seed))
    try store.join(
      SyncAccount(
        id: LedgerServer.account, user: "ann", serverID: LedgerServer.id, url: "https://home"),
      personalSpace: LedgerServer.space)
    return store
  }

  @discardableResult
  func add(_ title: String, body: String? = nil) throws -> EntryID {
    let id = world.newID()
    try write("New leaf") { edit in try edit.save(Leaf(id: id, title: title, body: body)) }
    return id
  }

  func leaf(_ id: EntryID) throws -> Leaf? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT \(Leaf.columns()) FROM leaf_live WHERE id = ?", arguments: [id]
      ).map { Leaf(row: $0) }
    }
  }

  func titles() throws -> [String] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT \(Leaf.columns()) FROM leaf_live")
        .compactMap { Leaf(row: $0).title }.sorted()
    }
  }
}
