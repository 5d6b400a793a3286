internal import Glibc
internal import Kernel
internal import Life
internal import Storage
internal import Synchronization

/// Writes a synthetic life into a database of its own.
struct JournalDemoWriter {
  let demo: JournalDemo
  let folder: String
  let console: Console

  /// A clock that a test of time can set, and the dice that fall the same way every time.
  private final class Fate: Sendable {
    struct State {
      var now: Moment
      var random: SeededRandom
    }
    let state: Mutex<State>
    init(_ demo: JournalDemo) {
      let start = Moment(seconds: CivilTime(day: demo.from).seconds)
      state = Mutex(State(now: start, random: SeededRandom(seed: demo.seed ^ 0x5EED)))
    }
    var world: World {
      World(
        now: { self.state.withLock { $0.now } }, zone: { .utc },
        random: { self.state.withLock { $0.random.next() } },
        dayStartHour: 3)
    }
    func turn(to moment: Moment) { state.withLock { $0.now = moment } }
  }

  /// The number of entries written. Throws where the folder already holds a journal.
  func write() throws -> Int {
    let places = Places(environment: ["LIFEOS_HOME": absolute])
    guard access(places.database, F_OK) != 0 else {
      throw Failure(.failed, "\(places.database) is there already; choose an empty folder")
    }
    try places.make()
    let fate = Fate(demo)
    let store = try Store(path: places.database, schema: .lifeos, world: fate.world)
    let batch = fate.world.newID()
    var count = 0
    try demo.forEachWeek { week, pieces in
      for slice in stride(from: 0, to: pieces.count, by: 50) {
        let part = pieces[slice..<min(slice + 50, pieces.count)]
        try store.write("Make up a life", batch: batch) { edit in
          for piece in part { try save(piece, fate, store, edit) }
        }
        count += part.count
      }
    }
    return count
  }

  private func save(
    _ piece: JournalDemo.Piece, _ fate: Fate, _ store: Store, _ edit: borrowing Edit
  ) throws {
    let at = Moment(
      seconds: CivilTime(day: piece.day, secondOfDay: piece.secondOfDay).seconds)
    fate.turn(to: at)
    let id =
      piece.type.key(for: piece.day).map {
        store.derivedID(JournalEntry.kind, piece.type.rawValue, $0)
      } ?? fate.world.newID()
    let entry = JournalEntry(
      id: id, type: piece.type, day: piece.day, at: at, zone: "UTC", title: piece.title,
      isStarred: piece.isStarred, mood: piece.mood, sections: piece.sections)

    try JournalWriting.put(entry, explicit: piece.tags, edit, store)
  }

  private var absolute: String {
    guard !folder.hasPrefix("/") else { return folder }
    guard let here = getcwd(nil, 0) else { return folder }
    defer { free(here) }
    return String(cString: here) + "/" + folder
  }
}
