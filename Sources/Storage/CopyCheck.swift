internal import GRDB
internal import Kernel
internal import SQL

/// Opens a copied database by itself and looks whether all of it can be read.
struct CopyCheck {
  let path: String

  /// Throws `.damaged` with the copy's path.
  func run(expecting counts: [Kind: Int] = [:]) throws {
    do {
      var settings = Configuration()
      settings.foreignKeysEnabled = false
      settings.prepareDatabase { try $0.run("PRAGMA cell_size_check = ON") }
      let copy = try DatabaseQueue(path: path, configuration: settings)
      let isWhole = try copy.inDatabase { database in
        // A copy from before the last commit may still say that it has a WAL.
        try database.run("PRAGMA journal_mode = DELETE")
        guard try database.integer("PRAGMA application_id") == Opening.application,
          try Self.complaints(database).isEmpty
        else { return false }
        for (kind, count) in counts {
          let found = try database.integer("SELECT count(*) FROM \"\(kind.name)\"")
          guard found == Int64(count) else { return false }
        }
        return true
      }
      try copy.close()
      guard isWhole else { throw StoreError.damaged(path: path) }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// What `integrity_check` has to say; nothing where all is well.
  static func complaints(_ database: Database) throws -> [String] {
    var complaints: [String] = []
    try database.each("PRAGMA integrity_check(20)") { complaints.append($0.text(0)) }
    return complaints == ["ok"] ? [] : complaints
  }
}
