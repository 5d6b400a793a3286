internal import GRDB
package import Kernel
package import Storage

/// Finds rows by what a person types of their ids.
package struct IdentityQueries: Sendable {
  package enum Scope: Sendable { case living, deleted, all }

  private let store: Store
  package init(_ store: Store) { self.store = store }

  /// The fewest digits that may stand for an id.
  package static let fewestDigits = 6

  /// The one row of `kind` whose id is, begins with or ends with `typed`.
  ///
  /// Throws a `Failure` that says which it could be, or that there is none.
  package func id(of kind: Kind, _ typed: String, in scope: Scope = .living) throws -> EntryID {
    let digits = typed.lowercased().filter { $0 != "-" }
    guard digits.allSatisfy(\.isHexDigit), digits.count <= 32 else {
      throw Failure(
        .notFound, "“\(typed)” is no id; `lifeos journal list` shows the ids in its first column")
    }
    guard digits.count >= Self.fewestDigits else {
      throw Failure(
        .wrongUsage, "“\(typed)” is too short for an id; give at least \(Self.fewestDigits) digits")
    }
    let found = try store.read { try Self.ids($0, kind, digits, scope) }
    switch found.count {
    case 1: return found[0]
    case 0:
      throw Failure(
        .notFound,
        "there is no \(scope == .deleted ? "deleted " : "")entry \(digits)"
          + (scope == .living ? "; `lifeos trash` shows deleted ones" : ""))
    default:
      let names = found.prefix(5).map(\.description).joined(separator: ", ")
      throw Failure(
        .wrongUsage,
        "\(digits) could be any of \(names)\(found.count > 5 ? ", …" : "");"
          + " give more digits")
    }
  }

  private static func ids(
    _ database: Database, _ kind: Kind, _ digits: String, _ scope: Scope
  ) throws -> [EntryID] {
    let condition =
      switch scope {
      case .living: " AND NOT _dead"
      case .deleted: " AND _dead"
      case .all: ""
      }
    func padded(_ filler: Character) -> EntryID {
      guard let id = EntryID(digits + String(repeating: filler, count: 32 - digits.count)) else {
        preconditionFailure("at most 32 hexadecimal digits are an id")
      }
      return id
    }
    let select = "SELECT id FROM \"\(kind.name)\" WHERE "
    let first = try EntryID.fetchAll(
      database, sql: select + "id BETWEEN ? AND ?\(condition) LIMIT 6",
      arguments: [padded("0"), padded("f")])
    if digits.count == 32 || first.count > 5 { return first }
    let last = try EntryID.fetchAll(
      database, sql: select + "lower(hex(id)) LIKE ?\(condition) LIMIT 6",
      arguments: ["%" + digits])
    return first + last.filter { !first.contains($0) }
  }
}

extension EntryID {
  /// The last eight digits, which are random: enough to name an entry.
  package var short: String { String(description.suffix(8)) }
}
