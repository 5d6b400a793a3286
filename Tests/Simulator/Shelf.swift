internal import GRDB
internal import Kernel
internal import Ledger
internal import Synchronization

@testable internal import Storage

/// Databases in memory, made once and used again by schedule after schedule: opening and migrating one
/// takes longer than all that a schedule does with it.
///
/// One belongs to one thread at a time.
package final class Shelf {
  private var pristine: [Edition: DatabaseQueue] = [:]
  private var pristineHost: DatabaseQueue?
  private var free: [DatabaseQueue] = []

  package init() {}

  /// An empty database of `edition`, as it is after its first start.
  func device(_ edition: Edition) throws -> DatabaseQueue {
    let source = try pristine[edition] ?? fresh(edition)
    pristine[edition] = source
    return try copy(of: source)
  }

  /// An empty database of the server.
  func host() throws -> DatabaseQueue {
    let source = try pristineHost ?? freshHost()
    pristineHost = source
    return try copy(of: source)
  }

  /// A database with the same content.
  func copy(of source: DatabaseQueue) throws -> DatabaseQueue {
    let copy = try free.popLast() ?? DatabaseQueue()
    try Shelf.copy(source, to: copy)
    return copy
  }

  /// Puts a database back, to be overwritten.
  func take(_ queue: DatabaseQueue) { free.append(queue) }

  static func copy(_ source: DatabaseQueue, to target: DatabaseQueue) throws {
    try source.inDatabase { from in
      try target.inDatabase { try from.backup(to: $0) }
    }
  }

  private func fresh(_ edition: Edition) throws -> DatabaseQueue {
    let ids = IDSource(seed: 0)
    let schema = Edition.schemas[edition] ?? edition.schema
    return try Store(path: nil, schema: schema, world: Watch().world(ids)).queue
  }

  private func freshHost() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.inDatabase { database in
      for migration in Ledger.migrations { try database.execute(sql: migration.sql) }
    }
    return queue
  }
}
