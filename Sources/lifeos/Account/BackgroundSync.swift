internal import Features
internal import Kernel
internal import Storage

/// The sync that a command's write brings along.
enum BackgroundSync {
  /// Starts `lifeos sync --quiet` beside this process where a command has written something that
  /// waits to be sent: nobody waits for it. A failure of it harms nothing; the next one tries again.
  static func startIfDue(_ console: Console) {
    guard console.hasWritten, !isOff(console), let store = console.openedStore,
      isDue(store), let program = Surroundings.executable()
    else { return }
    _ = Child.detach([program, "sync", "--quiet"], environment: console.environment)
  }

  private static func isDue(_ store: Store) -> Bool {
    do {
      guard try store.account() != nil else { return false }
      return try store.waitingOperations() > 0
    } catch {
      // A store that is closed or broken has told so itself.
      return false
    }
  }

  /// Tests that watch single requests switch it off; released programs have no such switch.
  private static func isOff(_ console: Console) -> Bool {
    #if DEBUG
      return console.environment["LIFEOS_TEST_SYNC"] == "off"
    #else
      return false
    #endif
  }
}
