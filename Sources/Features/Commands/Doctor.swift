internal import Glibc
internal import Kernel
internal import Storage

/// Looks at all that lifeos stands on, and says what is wrong and what to do about it.
package struct Doctor {
  package enum State: String, Sendable { case ok, note, warning, problem }

  package struct Finding: Sendable {
    package let area: String
    package let name: String
    package let value: String
    package let state: State
    /// What to do; empty where there is nothing to do.
    package let advice: String
  }

  private let console: Console
  package private(set) var findings: [Finding] = []

  /// Looks at everything; nothing is changed. A store that isn't there yet is not made.
  package init(_ console: Console) {
    self.console = console
    terminal()
    files()
    leftovers()
    store()
    sync()
    backups()
    clock()
    settings()
  }

  package var problems: Int { findings.count { $0.state == .problem } }

  private mutating func add(
    _ area: String, _ name: String, _ value: String, _ state: State = .ok, _ advice: String = ""
  ) {
    findings.append(Finding(area: area, name: name, value: value, state: state, advice: advice))
  }

  private mutating func terminal() {
    let environment = console.environment
    let term = environment["TERM"] ?? ""
    if term.isEmpty || term == "dumb" {
      add(
        "terminal", "TERM", term.isEmpty ? "(not set)" : term, .warning,
        "the screens need a real terminal; every command works without one")
    } else if let entry = TerminfoEntry(named: term, environment: environment) {
      add("terminal", "TERM", term)
      add("terminal", "colours", entry.colours.map(String.init) ?? "none")
    } else {
      add(
        "terminal", "TERM", term, .problem,
        "the system has no description of this terminal; install ncurses-term, or set TERM to "
          + "xterm-256color")
    }
    let trueColour = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
    add(
      "terminal", "COLORTERM", environment["COLORTERM"] ?? "(not set)", trueColour ? .ok : .note,
      trueColour ? "" : "if your terminal can show 24-bit colour, set COLORTERM=truecolor")
    if !(environment["NO_COLOR"] ?? "").isEmpty { add("terminal", "NO_COLOR", "set", .note) }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    let isUnicode = locale.map { name in
      let name = name.lowercased()
      return name.contains("utf-8") || name.contains("utf8")
    }
    add(
      "terminal", "locale", locale ?? "(not set)", isUnicode == true ? .ok : .warning,
      isUnicode == true ? "" : "set LANG to a UTF-8 locale, such as C.UTF-8")
    if let size = terminalSize() {
      add(
        "terminal", "size", "\(size.width)×\(size.height)",
        size.width < 40 || size.height < 12 ? .note : .ok,
        size.width < 40 || size.height < 12 ? "lifeos is at ease from 40×12" : "")
    } else {
      add("terminal", "size", "(no terminal)", .note)
    }
  }

  private func terminalSize() -> (width: Int, height: Int)? {
    for descriptor in [1, 0, 2] as [Int32] {
      var size = winsize()
      if isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 {
        return (Int(size.ws_col), Int(size.ws_row))
      }
    }
    return nil
  }

  private mutating func files() {
    add(
      "files", "profile", console.places.profile.map { "account \($0)" } ?? "the first one",
      .ok)
    for (name, path, mode) in [
      ("data folder", console.places.data, 0o700), ("config folder", console.places.config, 0o700),
      ("state folder", console.places.state, 0o700), ("database", console.places.database, 0o600),
    ] as [(String, String, mode_t)] {
      var facts = stat()
      guard stat(path, &facts) == 0 else {
        add("files", name, path, .note, "not there yet; lifeos makes it when it is needed")
        continue
      }
      let extra = facts.st_mode & 0o777 & ~mode
      if facts.st_uid != geteuid() {
        add("files", name, path, .warning, "it belongs to another user; `chown` it to yourself")
      } else if extra != 0 {
        add(
          "files", name, path, .warning,
          "others can read it; `chmod \(String(mode, radix: 8)) \(path)`")
      } else if access(path, W_OK) != 0 {
        add("files", name, path, .problem, "it can not be written; check the permissions")
      } else {
        add("files", name, path)
      }
    }
  }

  /// Texts of an editor that never came back: its terminal closed, or it failed.
  private mutating func leftovers() {
    guard let stream = opendir(console.places.state) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(OutsideEditor.prefix) else { continue }
      add(
        "files", "unsaved text", console.places.state + "/" + name, .note,
        "from an editor that ended early; read it with `lifeos journal add - < FILE`, then remove it"
      )
    }
  }

  private mutating func store() {
    guard access(console.places.database, F_OK) == 0 else { return }
    do {
      let health = try console.store().health(backups: nil)
      // https://www.sqlite.org/wal.html, "the WAL-reset bug"
      add(
        "store", "SQLite", health.sqliteVersion, health.hasWalResetFault ? .note : .ok,
        health.hasWalResetFault
          ? "older than 3.51.3; lifeos lets one process at a time checkpoint because of it" : "")
      if health.complaints.isEmpty { add("store", "integrity", "ok") }
      for complaint in health.complaints {
        add(
          "store", "integrity", complaint, .problem,
          "`lifeos restore latest` puts the newest backup in place")
      }
      let isSafe = health.journalMode == "wal" && health.synchronous >= 2
      add(
        "store", "journal mode", "\(health.journalMode), synchronous \(health.synchronous)",
        isSafe ? .ok : .problem,
        isSafe ? "" : "a power cut could take a write back; please report this")
      for rows in health.rows {
        let deleted = rows.dead == 0 ? "" : ", and \(rows.dead) deleted"
        add("store", "rows of \(rows.kind.name)", "\(rows.live)\(deleted)")
      }
      add("store", "indexed for search", String(health.documents))
      add("store", "waiting to be synced", String(health.waitingOperations))
      add("store", "drafts", String(health.drafts))
      add("store", "size", Self.size(health.databaseSize))
      add("store", "size of the write-ahead log", Self.size(health.walSize))
    } catch {
      let backups = Store.backups(in: console.places.backups)
      add("store", "opening", "failed", .problem, Words.of(error, backups: backups))
    }
  }

  private mutating func sync() {
    guard access(console.places.database, F_OK) == 0 else { return }
    do {
      let store = try console.store()
      guard let account = try store.account() else {
        return add("sync", "account", "none; everything is on this machine alone")
      }
      add("sync", "account", "\(account.user) on \(account.url)")
      tokens()
      let status = try store.syncStatus()
      let age = status.lastSuccess.map { console.world.now() - $0 }
      let isOld = (age ?? 0) > 86_400_000
      add(
        "sync", "last success", status.lastSuccess?.iso ?? "never", isOld ? .warning : .ok,
        isOld ? "`lifeos sync` says what is in the way" : "")
      add("sync", "overwritten texts", String(status.conflicts))
      add(
        "sync", "refused by the server", String(status.quarantined),
        status.quarantined > 0 ? .warning : .ok,
        status.quarantined > 0 ? "`lifeos quarantine` shows them" : "")
      let offset = abs(status.clockOffset) / 1000
      add(
        "sync", "clock beside the server's", "\(offset) s", offset > 30 ? .warning : .ok,
        offset > 30 ? "set this machine's clock, or the server's" : "")
    } catch {
      add("sync", "looking", "failed", .warning, Words.of(error))
    }
  }

  private mutating func tokens() {
    var facts = stat()
    guard lstat(console.places.tokens, &facts) == 0 else {
      return add(
        "sync", "session", "none", .warning, "`lifeos login URL` signs in again; nothing is lost")
    }
    let isPrivate = facts.st_uid == geteuid() && facts.st_mode & 0o077 == 0
    add(
      "sync", "session", console.places.tokens, isPrivate ? .ok : .problem,
      isPrivate ? "" : "others can read it; `chmod 600 \(console.places.tokens)`, and sign in again"
    )
  }

  private mutating func backups() {
    let backups = Store.backups(in: console.places.backups)
    add("backups", "folder", console.places.backups)
    add("backups", "kept", String(backups.count))
    guard let newest = backups.first else {
      add("backups", "newest", "(none)", .note, "`lifeos backup` makes one now")
      return
    }
    let age = console.world.today - newest.day
    add(
      "backups", "newest", "\(newest.day)", age > 7 ? .warning : .ok,
      age > 7 ? "it is \(age) days old; `lifeos backup` makes one now" : "")
    if !console.settings.backsUpDaily {
      add("backups", "daily", "off", .note, "the config file turns them off")
    }
  }

  private mutating func clock() {
    let now = console.world.now()
    let isSane = now >= Self.earliest && now.milliseconds < Self.latest.milliseconds
    add(
      "clock", "now (UTC)", now.iso, isSane ? .ok : .problem,
      isSane ? "" : "the system's clock is wrong; set it before you write")
    let zone = console.world.zone()
    add(
      "clock", "zone", zone.name, zone.name == "UTC" ? .note : .ok,
      zone.name == "UTC" ? "set TZ or /etc/localtime if you do not live by UTC" : "")
    add("clock", "local time", "\(console.world.clock.day) \(console.world.clock.clock)")
    add(
      "clock", "today", "\(console.world.today), a day starts at \(console.world.dayStartHour):00")
  }

  private mutating func settings() {
    let problems = console.settings.problems
    add("settings", "file", console.places.settings)
    for problem in problems {
      add("settings", "problem", problem, .warning, "`lifeos config` prints every setting")
    }
  }

  private static func size(_ bytes: Int) -> String { "\((bytes + 1023) / 1024) kB" }

  private static let earliest = Moment(seconds: 1_767_225_600)  // 2026, when lifeos was begun
  private static let latest = Moment(seconds: 4_102_444_800)  // 2100
}
