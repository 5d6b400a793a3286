internal import GRDB
internal import Synchronization

/// The permission to change rows: the triggers on every kind's table ask for it, so that only
/// `Store.write` changes them. Elsewhere the function is missing, and the change fails.
final class WriteToken: Sendable {
  static let function = "lifeos_write_token"

  private let isOpen = Atomic(false)

  func open() { isOpen.store(true, ordering: .relaxed) }
  func close() { isOpen.store(false, ordering: .relaxed) }

  func register(in database: Database) {
    database.add(
      function: DatabaseFunction(Self.function, argumentCount: 0) { _ in
        guard self.isOpen.load(ordering: .relaxed) else {
          throw DatabaseError(message: "rows are changed by Store.write alone")
        }
        return nil
      })
  }
}
