#if Server
  internal import ArgumentParser
  internal import Kernel
  internal import Server
  internal import Wire

  /// `lifeosd backup`.
  struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup",
      abstract: "Copy the database and check the copy; the server may go on running.")

    @OptionGroup var options: DataOptions

    func run() async throws {
      try await options.withAccounts { _, database in
        let backup = try await database.backUp(into: options.places.backups)
        Say.line("\(backup.path) (\(backup.size) bytes, checked)")
      }
    }
  }

  /// `lifeosd restore`.
  struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Put a backup back. The server must not run.",
      discussion: """
        Devices give back what the backup lacks, everyone signs in anew, and the database that stood \
        there is kept beside it.
        """)

    @Argument(help: "A file that `lifeosd backup` has made.") var file: String
    @OptionGroup var options: DataOptions

    func run() async throws {
      try await Complaint.from {
        try options.places.prepare()
        let kept = try ServerDatabase.restore(
          file, to: options.places.database, world: .live(options.environment))
        Say.line("\(file) is in place: everyone signs in anew, devices give back what it lacks")
        if let kept { Say.line("what stood there is kept as \(kept)") }
      }
    }
  }

  /// `lifeosd doctor`.
  struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "doctor", abstract: "Examine the database, all of it.")

    @Flag(help: "As JSON.") var json = false
    @OptionGroup var options: DataOptions

    func run() async throws {
      let health = try await options.withAccounts { _, database in
        try await database.health(backups: options.places.backups)
      }
      if json {
        Say.line(String(decoding: Self.json(health).bytes, as: UTF8.self))
      } else {
        for line in Self.lines(health) { Say.line(line) }
      }
      guard health.complaints.isEmpty else { throw ExitCode(1) }
    }

    private static func lines(_ health: ServerHealth) -> [String] {
      var lines = [
        "SQLite        \(health.sqliteVersion), \(health.journalMode), synchronous \(health.synchronous)",
        "database      \(health.databaseSize) bytes, WAL \(health.walSize) bytes",
        "accounts      \(health.accounts), \(health.sessions) sessions, \(health.devices) devices",
        "spaces        \(health.spaces), \(health.groups) of them groups, "
          + "\(health.operations) operations, \(health.registers) registers",
        "newest backup " + (health.newestBackup.map { "\($0.day), \($0.path)" } ?? "none"),
      ]
      lines +=
        health.complaints.isEmpty ? ["all is well"] : health.complaints.map { "WRONG: \($0)" }
      return lines
    }

    private static func json(_ health: ServerHealth) -> JSON {
      func number(_ name: String, _ value: Int) -> JSON.Member {
        JSON.Member(name, .number(Int64(value)))
      }
      return .object([
        JSON.Member("ok", .flag(health.complaints.isEmpty)),
        JSON.Member("complaints", .list(health.complaints.map { .text($0) })),
        JSON.Member("sqlite", .text(health.sqliteVersion)),
        JSON.Member("journal_mode", .text(health.journalMode)),
        number("synchronous", health.synchronous), number("database_bytes", health.databaseSize),
        number("wal_bytes", health.walSize), number("accounts", health.accounts),
        number("sessions", health.sessions), number("devices", health.devices),
        number("spaces", health.spaces), number("groups", health.groups),
        number("operations", health.operations),
        number("registers", health.registers),
        JSON.Member(
          "newest_backup", health.newestBackup.map { .text($0.day.description) } ?? .null),
      ])
    }
  }
#endif
