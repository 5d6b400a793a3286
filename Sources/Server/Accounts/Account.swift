#if Server
  internal import GRDB
  internal import Kernel
  internal import SQL
  internal import Wire

  /// An account's row.
  struct Account {
    let id: EntryID
    let name: String
    let email: String?
    /// bcrypt's form.
    let password: String
    let created: Moment
    let disabled: Moment?

    private static let columns = "id, name, email, password, created, disabled_at"

    static func find(_ id: EntryID, in database: Database) throws -> Account? {
      try database.first(
        "SELECT \(columns) FROM account WHERE id = ?", [.id(id)], read) ?? nil
    }

    /// By name or e-mail address, in any case.
    static func find(named text: String, in database: Database) throws -> Account? {
      try database.first(
        "SELECT \(columns) FROM account WHERE \(text.contains("@") ? "email_key" : "name") = ?",
        [.text(text.lowercased())], read) ?? nil
    }

    static func all(in database: Database) throws -> [Account] {
      var all: [Account] = []
      try database.each("SELECT \(columns) FROM account ORDER BY name") {
        if let account = read($0) { all.append(account) }
      }
      return all
    }

    /// 409 where the name or the address is somebody's.
    func insert(emailKey: String?, in database: Database) throws {
      try Self.checkFree(name: name, emailKey: emailKey, in: database)
      try database.run(
        """
        INSERT INTO account (id, name, email, email_key, password, created)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
          .id(id), .text(name), email.map(Datum.text) ?? .null, emailKey.map(Datum.text) ?? .null,
          .text(password), Datum(created),
        ])
    }

    static func checkFree(name: String, emailKey: String?, in database: Database) throws {
      if try database.integer(
        "SELECT EXISTS (SELECT 1 FROM account WHERE name = ?)", [.text(name)]) != 0
      {
        throw APIError(
          status: 409, code: .nameTaken, message: "Somebody has this user name already.",
          details: ["field": "user"])
      }
      guard let emailKey else { return }
      if try database.integer(
        "SELECT EXISTS (SELECT 1 FROM account WHERE email_key = ?)", [.text(emailKey)]) != 0
      {
        throw APIError(
          status: 409, code: .nameTaken, message: "Somebody has this e-mail address already.",
          details: ["field": "email"])
      }
    }

    static func setPassword(
      _ hash: String, of id: EntryID, in database: Database
    ) throws {
      try database.run(
        "UPDATE account SET password = ? WHERE id = ?", [.text(hash), .id(id)])
    }

    private static func read(_ columns: Columns) -> Account? {
      guard let id = columns.id(0) else { return nil }
      return Account(
        id: id, name: columns.text(1), email: columns.isNull(2) ? nil : columns.text(2),
        password: columns.text(3), created: Moment(milliseconds: columns.integer(4)),
        disabled: columns.isNull(5) ? nil : Moment(milliseconds: columns.integer(5)))
    }
  }
#endif
