internal import Features
internal import Dispatch
internal import Foundation
internal import Kernel
internal import Life
internal import Storage
internal import Synchronization
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// A person at the keyboard of the whole program, on a store in memory: keys in, the screen out.
///
/// Time stands still but for `pass`; commits come back as events, as they do in the real program.
final class Journey {
  let store: Store
  let folder: TemporaryFolder
  let world: World
  let display: ScriptedDisplay
  private(set) var loop: Loop<ScriptedDisplay>
  private let time: Clock
  private let mail: Mail
  private let worker: Worker
  private let editors: Editors

  /// - Parameters:
  ///   - config: the text of the config file.
  ///   - door: the way to a server; `groups` the one to what it decides of groups.
  ///   - write: what stands in the journal at the start.
  convenience init(
    size: Size = Size(width: 100, height: 30), config: String = "",
    door: (any AccountDoor)? = nil, groups: (any GroupDoor)? = nil, areas: [Area] = Area.all,
    _ write: (Store) throws -> Void = { _ in }
  ) throws {
    let folder = TemporaryFolder()
    if !config.isEmpty {
      try config.write(toFile: folder.file("config.toml"), atomically: true, encoding: .utf8)
    }
    let world = World.still()
    let store = try Store(path: nil, schema: .lifeos, world: world)
    try write(store)
    self.init(
      store: store, folder: folder, world: world, size: size, door: door, groups: groups,
      areas: areas)
  }

  /// The next session on what `before` left; `before` may have ended well, or not at all.
  convenience init(after before: Journey, size: Size = Size(width: 100, height: 30)) {
    before.mail.close()
    self.init(store: before.store, folder: before.folder, world: before.world, size: size)
  }

  private init(
    store: Store, folder: TemporaryFolder, world: World, size: Size,
    door: (any AccountDoor)? = nil, groups: (any GroupDoor)? = nil, areas: [Area] = Area.all
  ) {
    self.store = store
    self.folder = folder
    self.world = world
    let path = folder.file("config.toml")
    let settings = ShellSettings(
      file: SettingsFile(path: path), path: path, configFolder: folder.path,
      backups: folder.file("backups"), environment: [:])
    let (time, mail, editors) = (Clock(), Mail(), Editors())
    (self.time, self.mail, self.editors) = (time, mail, editors)
    worker = Worker { mail.post($0) }
    display = ScriptedDisplay(size: size)
    display.atEnd = []
    let shell = Shell(
      desk: Desk(
        store: store, world: world,
        preferences: Preferences(SettingsFile(path: path).settings), account: door,
        groups: groups),
      areas: areas, settings: settings)
    loop = Loop(
      display: display, shell: shell, worker: worker, editor: { try editors.edit($0.text) },
      clock: { time.now })
    store.onChange { _ in mail.post(.changed([])) }
    loop.begin()
    turn()
  }

  // MARK: Acting

  /// Presses keys as a keymap writes them: `n`, `g g`, `<esc>`, `C-x d`.
  func press(_ sequences: String...) {
    for sequence in sequences {
      guard let keys = KeySequence(sequence)?.keys else {
        Issue.record("\(sequence) is no key")
        return
      }
      for key in keys { send([.key(key)]) }
    }
  }

  /// Types text, newlines as Enter, all of it before the next frame.
  func type(_ text: String) {
    send(text.map { .key($0 == "\n" ? Key(.enter) : .character($0)) })
  }

  func paste(_ text: String) { send([.paste(text)]) }
  func resize(_ width: Int, _ height: Int) {
    send([.resized(Size(width: width, height: height))])
  }
  func click(_ x: Int, _ y: Int) { send([.mouse(Mouse(.press, at: Point(x: x, y: y)))]) }
  func wheel(_ action: Mouse.Action) { send([.mouse(Mouse(action, at: Point(x: 3, y: 6)))]) }
  func signal(_ signal: Signal) { send([.signal(signal)]) }

  /// Hands events over and shows what came of them.
  func send(_ events: [Event]) {
    time.pass(5)
    display.script = [events]
    loop.turn()
    deliver()
  }

  private func deliver() {
    var rounds = 0
    while !loop.shell.isDone {
      let events = mail.take()
      guard !events.isEmpty else { break }
      rounds += 1
      guard rounds < 100 else {
        Issue.record("the program never comes to rest")
        return
      }
      display.script = [events]
      loop.turn()
    }
    turn()
  }

  private func turn() {
    guard !loop.shell.isDone else { return }
    display.script = [[]]
    loop.turn()
    if loop.shell.needsFrame { loop.turn() }
  }

  /// Lets time go by; what is due then happens when it is due.
  func pass(_ milliseconds: Int) {
    let end = time.now + milliseconds
    for _ in 0..<1000 {
      guard !loop.shell.isDone, let patience = loop.shell.patience(at: time.now),
        time.now + patience <= end
      else {
        time.pass(end - time.now)
        return
      }
      time.pass(patience)
      display.script = [[.rested]]
      loop.turn()
      deliver()
    }
    Issue.record("the program never comes to rest")
  }

  /// Waits for all jobs and takes in their replies.
  func finishJobs(sourceLocation: SourceLocation = #_sourceLocation) {
    while !loop.shell.jobs.isEmpty {
      guard mail.await() else {
        Issue.record("a job has no reply", sourceLocation: sourceLocation)
        return
      }
      deliver()
    }
  }

  /// Leaves the program as `q` does.
  func end() { loop.end() }

  /// What the person's own editor makes of a text; an error is an editor that fails.
  func edits(_ body: @escaping @Sendable (String) throws -> String) { editors.set(body) }

  // MARK: Looking

  var lines: [String] { display.lines }
  var picture: String { lines.joined(separator: "\n") }
  var isDone: Bool { loop.shell.isDone }
  var theme: String { display.frames.last?.theme.name ?? "" }

  func see(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    for text in texts {
      #expect(
        lines.contains { $0.contains(text) }, "no '\(text)' in\n\(picture)",
        sourceLocation: sourceLocation)
    }
  }

  func seeNot(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    for text in texts {
      #expect(
        !lines.contains { $0.contains(text) }, "a '\(text)' in\n\(picture)",
        sourceLocation: sourceLocation)
    }
  }

  /// The row with the cursor.
  var cursorLine: String {
    guard let cursor = display.frames.last?.surface.cursor, lines.indices.contains(cursor.y) else {
      return ""
    }
    return lines[cursor.y]
  }

  // MARK: The store

  /// All entries, the newest first.
  var entries: [JournalEntry] {
    get throws {
      try store.read { db in
        try JournalQueries.rows(db, JournalFilter(), limit: 10_000).compactMap {
          try JournalQueries.entry(db, id: $0.id)
        }
      }
    }
  }

  var bodies: [String] { get throws { try entries.map { $0.sections["body"] ?? "" } } }

  /// Who hears of commits and replies; silent once its program is gone.
  private final class Mail: Sendable {
    private let events = Mutex<[Event]?>([])
    private let arrivals = DispatchSemaphore(value: 0)
    func post(_ event: Event) {
      events.withLock { $0?.append(event) }
      arrivals.signal()
    }
    /// False where nothing comes for twenty seconds.
    func await() -> Bool { arrivals.wait(timeout: .now() + 20) == .success }
    func take() -> [Event] {
      events.withLock { waiting in
        defer { if waiting != nil { waiting = [] } }
        return waiting ?? []
      }
    }
    func close() { events.withLock { $0 = nil } }
  }

  private final class Clock: Sendable {
    // As far on as a machine's that runs for weeks.
    private let milliseconds = Mutex(2_000_000_000)
    var now: Int { milliseconds.withLock { $0 } }
    func pass(_ count: Int) { milliseconds.withLock { $0 += count } }
  }

  private final class Editors: Sendable {
    private let body = Mutex<@Sendable (String) throws -> String>({ $0 })
    func set(_ new: @escaping @Sendable (String) throws -> String) { body.withLock { $0 = new } }
    func edit(_ text: String) throws -> String { try body.withLock { $0 }(text) }
  }
}

extension Store {
  /// A note as another program would add it.
  func addNote(
    _ text: String, title: String = "", on day: String = "2026-11-20", tags: [String] = []
  ) throws {
    try JournalWriting.add(
      .init(
        type: .note, day: try #require(Day(day)), title: title, sections: ["body": text],
        tags: tags), in: self)
  }
}
