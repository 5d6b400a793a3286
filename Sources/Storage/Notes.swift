internal import GRDB
internal import SQL

extension Store {
  /// A small local fact (session, last backup, cached counts): never synced. nil where there is none.
  package func note(_ name: String) throws -> String? {
    try peek { try $0.first("SELECT text FROM note WHERE name = ?", [.text(name)]) { $0.text(0) } }
  }

  /// Keeps the fact; nil forgets it.
  package func setNote(_ name: String, to text: String?) throws {
    guard try note(name) != text else { return }
    try transaction { database in
      guard let text else {
        return try database.run("DELETE FROM note WHERE name = ?", [.text(name)])
      }
      try database.run(
        "INSERT INTO note (name, text) VALUES (?, ?) "
          + "ON CONFLICT (name) DO UPDATE SET text = excluded.text", [.text(name), .text(text)])
    }
  }
}
