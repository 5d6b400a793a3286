internal import Features
internal import Kernel
internal import Storage
internal import Synchronization
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// The loop's own order of things.
struct LoopTests {
  private func loop(_ display: ScriptedDisplay, after: @escaping () -> Void) throws
    -> Loop<ScriptedDisplay>
  {
    let folder = TemporaryFolder()
    let path = folder.file("config.toml")
    let store = try Store(path: nil, schema: .lifeos, world: .still())
    let settings = ShellSettings(
      file: SettingsFile(path: path), path: path, configFolder: folder.path,
      backups: folder.file("backups"), environment: [:])
    return Loop(
      display: display,
      shell: Shell(
        desk: Desk(store: store, world: .still()), areas: Area.all, settings: settings),
      worker: Worker { _ in }, editor: { _ in nil }, clock: { 0 }, afterFirstFrame: after)
  }

  @Test func `what must not hold up the first paint begins right after it, once`() throws {
    let display = ScriptedDisplay(keys: [.character("2"), .character("1")])
    let painted = Mutex<[Int]>([])
    var loop = try loop(display) { painted.withLock { $0.append(display.frames.count) } }
    loop.run()
    #expect(painted.withLock { $0 } == [1])
  }

  @Test func `the status line says how the device stands with its server`() throws {
    let last = Moment(seconds: 1_795_172_400)
    let states: [(SyncStatus, String)] = [
      (SyncStatus(state: .alone), "saved on this machine"),
      (SyncStatus(state: .online, lastSuccess: last), "synced"),
      (SyncStatus(state: .online, waiting: 3, lastSuccess: last), "3 waiting"),
      (
        SyncStatus(state: .offline(reason: "cut"), waiting: 2, lastSuccess: last),
        "2 waiting · offline since 11:00"
      ),
      (SyncStatus(state: .needsSignIn), "sign in again"),
      (SyncStatus(state: .online, conflicts: 1), "1 overwritten text"),
      (
        SyncStatus(state: .online, server: "http://home:8480"), "! not encrypted"
      ),
    ]
    for (status, words) in states {
      let display = ScriptedDisplay([[.sync(status)], []])
      var loop = try loop(display) {}
      loop.run()
      #expect(display.lines[28].contains(words), "\(display.lines[28])")
    }
  }

  @Test func `a small frame marks only what a person must know`() throws {
    func header(_ status: SyncStatus) throws -> String {
      let display = ScriptedDisplay(size: Size(width: 40, height: 12), [[.sync(status)], []])
      var loop = try loop(display) {}
      loop.run()
      return display.lines[0]
    }
    #expect(try !header(SyncStatus(state: .online)).contains("!"))
    #expect(try header(SyncStatus(state: .needsSignIn)).contains("!"))
    #expect(try header(SyncStatus(state: .offline(reason: "cut"), waiting: 7)).contains("↑7"))
  }
}
