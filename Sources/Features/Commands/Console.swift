internal import Glibc
package import Kernel
package import Storage
internal import Synchronization

/// What a command works with: where files lie, the world, the settings and the standard streams.
package final class Console {
  package let environment: [String: String]
  package let places: Places
  package let world: World
  package let settings: ConsoleSettings
  package let output: Output
  package let errors: Output
  private var opened: Store?
  private let writes = WriteNotice()

  package init(
    environment: [String: String], places: Places, world: World, settings: ConsoleSettings
  ) {
    self.environment = environment
    self.places = places
    self.world = world
    self.settings = settings
    output = Output(descriptor: 1, environment: environment)
    errors = Output(descriptor: 2, environment: environment)
  }

  /// The store, opened by the first command that needs it.
  package func store() throws -> Store {
    if let opened { return opened }
    guard !(environment["HOME"] ?? "").isEmpty || hasOwnFolders else {
      throw Failure(
        .failed, "nobody knows where your journal lies: set HOME, or LIFEOS_HOME to a folder")
    }
    try places.make()
    let store = try Store(path: places.database, schema: .lifeos, world: world)
    store.onChange { [writes] _ in writes.hear() }
    opened = store
    return store
  }

  /// True where something was written to the store since a command has opened it.
  package var hasWritten: Bool { writes.wereMade }

  /// The store, if a command has opened it.
  package var openedStore: Store? { opened }

  private var hasOwnFolders: Bool {
    !(environment["LIFEOS_HOME"] ?? "").isEmpty
      || environment["XDG_DATA_HOME"]?.hasPrefix("/") == true
  }

  package func desk() throws -> Desk {
    Desk(store: try store(), world: world, preferences: settings.preferences)
  }

  /// True where a person sits at the keyboard and sees the answers.
  package var isInteractive: Bool { isatty(0) == 1 && isatty(2) == 1 }

  /// True where text waits on standard input: a pipe or a file, not a keyboard.
  package var hasInput: Bool { isatty(0) == 0 }

  /// All of standard input; what is no UTF-8 becomes U+FFFD.
  package func readInput() throws(Failure) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes.append(contentsOf: buffer[..<count])
        guard bytes.count <= Self.mostInput else {
          throw Failure(.failed, "the text is longer than 64 MB; split it and try again")
        }
      } else if count == 0 {
        return String(decoding: bytes, as: UTF8.self)
      } else if errno == EBADF {
        throw Failure(
          .wrongUsage, "standard input is closed; give the text as an argument or by a pipe")
      } else if errno != EINTR {
        throw Failure(
          .failed, "standard input could not be read: \(String(cString: strerror(errno)))")
      }
    }
  }

  /// Asks on the terminal; only an answer that begins with y is a yes.
  package func confirm(_ question: String) -> Bool {
    output.flush()
    errors.line(.plain(question + " [y/N]"))
    errors.flush()
    guard let answer = readLine() else { return false }
    return answer.lowercased().hasPrefix("y")
  }

  /// A remark beside the data, on standard error.
  package func remark(_ text: String) {
    output.flush()
    errors.line(.plain(text))
    errors.flush()
  }

  private static let mostInput = 64 << 20
}

/// Whether a commit was heard of.
private final class WriteNotice: Sendable {
  private let made = Mutex(false)
  var wereMade: Bool { made.withLock { $0 } }
  func hear() { made.withLock { $0 = true } }
}

/// The settings that commands look at; the program reads them from the config file.
package struct ConsoleSettings: Sendable {
  package var preferences = Preferences()
  /// One backup on the first start or write of each day.
  package var backsUpDaily = true
  /// What is wrong with the config file, a line each.
  package var problems: [String] = []
  /// The editor that the config file names, as words; empty for `$VISUAL` or `$EDITOR`.
  package var editor: [String] = []
  package init() {}
}
