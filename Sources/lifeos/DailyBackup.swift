internal import Features
internal import Kernel
internal import Storage

/// The backup that a day's first change brings along.
enum DailyBackup {
  /// Starts `lifeos backup --automatic` beside this process where a command has opened the store and
  /// today has no backup: nobody waits for it. A failure of it harms nothing; the next start tries
  /// again.
  static func startIfDue(_ console: Console) {
    guard console.settings.backsUpDaily, let store = console.openedStore, !isOff(console),
      store.needsBackup(in: console.places.backups), let program = Surroundings.executable()
    else { return }
    _ = Child.detach([program, "backup", "--automatic"], environment: console.environment)
  }

  /// Tests that count files switch it off; released programs have no such switch.
  private static func isOff(_ console: Console) -> Bool {
    #if DEBUG
      return console.environment["LIFEOS_TEST_BACKUP"] == "off"
    #else
      return false
    #endif
  }
}
