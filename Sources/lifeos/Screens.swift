internal import Features
internal import Kernel
internal import Shell
internal import Storage
internal import Sync
internal import TUI
internal import Terminal

/// The interactive program: store, settings, terminal and loop, wired together.
enum Screens {
  /// Runs until the person leaves, or a signal ends it. Throws where it cannot begin.
  static func open(_ console: Console) throws {
    let places = console.places
    let file = SettingsFile(path: places.settings)
    let store = try store(console)
    let settings = ShellSettings(
      file: file, path: places.settings, configFolder: places.config, backups: places.backups,
      environment: console.environment)
    let mailbox = try Mailbox()
    let display = try NcursesDisplay(
      environment: console.environment, mailbox: mailbox,
      escapeDelay: file.settings.escapeDelay)
    defer { display.close() }
    // The frame keeps what changed; this only wakes the loop.
    store.onChange { _ in mailbox.post(.changed([])) }
    if let path = store.watchPath {
      display.watch(path) {
        // A look that fails is repeated at the next write; a broken store tells at the next read.
        _ = try? store.noticeOtherProcesses()
        return nil
      }
    }
    let access = Access(ground: ServerWay.Ground(console), store: store)
    let engine = access.engine(
      presence: { _ in mailbox.post(.changed([Kind("presence")])) },
      report: { mailbox.post(.sync($0)) })
    store.onChange { _ in engine.nudge() }
    let desk = Desk(
      store: store, world: console.world, preferences: Preferences(file.settings),
      account: NetworkDoor(access, engine), groups: NetworkGroups(access, engine))
    let shell = Shell(desk: desk, areas: Area.all, settings: settings)
    let worker = Worker { mailbox.post($0) }
    var loop = Loop(
      display: display, shell: shell, worker: worker,
      editor: { try OutsideEditor.edit($0.text, console: console) },
      afterFirstFrame: {
        engine.start()
        DailyBackup.startIfDue(console)
      })
    loop.run()
    display.close()
    engine.stop()
    // What was written in the last moment goes on its way without this process.
    BackgroundSync.startIfDue(console)
    // Folding the WAL into the file makes the next start quicker; without it nothing is lost.
    try? store.close()
  }

  /// The store; a damaged one can be put aside for its newest backup, if the person says so.
  private static func store(_ console: Console) throws -> Store {
    do {
      return try console.store()
    } catch StoreError.damaged(let path) {
      let backups = Store.backups(in: console.places.backups)
      guard let newest = backups.first else { throw StoreError.damaged(path: path) }
      console.remark("The database \(path) is damaged.")
      let question =
        "Go on with the backup of \(newest.day)? The damaged file is kept beside it."
      guard console.confirm(question) else { throw StoreError.damaged(path: path) }
      let aside = try Store.restore(newest.path, to: path, world: console.world)
      if let aside { console.remark("The damaged file is now \(aside)") }
      return try console.store()
    }
  }
}
