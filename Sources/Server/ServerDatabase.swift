#if Server
  internal import Dispatch
  package import GRDB
  package import Kernel
  internal import SQL
  internal import Synchronization
  internal import Wire

  /// The server's one SQLite file: WAL, `synchronous = FULL`, one writer connection that also
  /// checkpoints, readers beside it. Migrates at opening, after a copy of the file.
  package final class ServerDatabase: Sendable {
    package let path: String
    /// Random, made with the file; another file has another one.
    package let serverID: EntryID

    let world: World
    let writer: DatabaseQueue
    let readers: ServerReaders
    /// For the one read of every request, which is too short to be sent to another thread.
    private let glance: DatabaseQueue
    private let lock: ServerLock?
    /// The clock's floor on disk, in milliseconds.
    private let floor: Mutex<Int64>
    /// Why the last write failed; nil after one that did not.
    private let trouble = Mutex<String?>(nil)
    /// nil beside another process. (Dispatch's sources may be used from any thread.)
    nonisolated(unsafe) private let tick: (any DispatchSourceTimer)?

    /// Opens or makes the database. Throws `ServerError`; `.inUse` where a lifeosd serves it, unless
    /// this is a tool that works `beside` it. What has to be done now and then is done `every` so
    /// many seconds.
    package init(
      path: String, world: World, beside: Bool = false, every seconds: Int = 60
    ) throws {
      let opening = ServerOpening(path: path, world: world)
      do {
        try DataFiles.makePrivateFolder(DataFiles.folder(of: path))
        // One that is just ending may take a moment to let go.
        lock = try ServerLock(database: path, patience: beside ? 0 : 2_000)
        guard lock != nil || beside else { throw ServerError.inUse(path: path) }
        writer = try opening.writer(isAlone: lock != nil)
        readers = ServerReaders(try (0..<3).map { _ in try opening.reader() })
        glance = try opening.reader()
        let facts = try writer.inDatabase { database in
          (
            try database.first("SELECT v FROM server_meta WHERE k = 'server_id'") { $0.id(0) },
            try database.integer("SELECT v FROM server_meta WHERE k = 'hlc_floor'")
          )
        }
        guard case (let id??, let floor) = facts else { throw ServerError.damaged(path: path) }
        serverID = id
        self.floor = Mutex(floor)
      } catch {
        throw ServerError(error, path: path)
      }
      self.path = path
      self.world = world
      guard lock != nil else {
        tick = nil
        return
      }
      let tick = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "lifeosd.tick"))
      self.tick = tick
      tick.schedule(
        deadline: .now() + .seconds(seconds), repeating: .seconds(seconds), leeway: .seconds(5))
      tick.setEventHandler { [weak self] in
        self?.writer.asyncWriteWithoutTransaction(Self.keep(self))
      }
      tick.activate()
    }

    deinit { tick?.cancel() }

    /// `max(wall clock, floor)`; the floor is saved every minute: a board without a battery clock
    /// boots in 1970.
    package func now() -> Moment {
      max(world.now(), Moment(milliseconds: floor.withLock { $0 }))
    }

    /// `ok`, or what is wrong with the database, one sentence.
    package func state() async -> String {
      if let trouble = trouble.withLock({ $0 }) { return trouble }
      do {
        let id = try await read { database in
          try database.first("SELECT v FROM server_meta WHERE k = 'server_id'") { $0.id(0) }
        }
        return id == serverID ? "ok" : "The database has lost its server id."
      } catch {
        return "The database cannot be read."
      }
    }

    /// Folds the WAL back and lets go of the file. What comes after is answered by 503.
    package func close() {
      tick?.cancel()
      if lock != nil { writer.inDatabase { Self.keep(self)($0) } }
      do {
        try readers.close()
        try glance.close()
        try writer.close()
        lock?.release()
      } catch {
        // A connection in the way keeps its WAL, which the next opening reads.
        trouble.withLock { $0 = "The database could not be closed." }
      }
    }

    /// One `BEGIN IMMEDIATE` transaction on the writer, off the event loop. SQLite's errors become
    /// `APIError`s; others pass as they are.
    ///
    /// Without `durably` a loss of power may undo it, in order with what came after: for what may be
    /// forgotten, such as the number of a request that changed nothing. `then` is called behind the
    /// commit and before the next transaction begins: for what has to be told in the same order.
    package func write<T: Sendable>(
      durably: Bool = true, then: @escaping @Sendable (T) -> Void = { _ in },
      _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
      try await withCheckedThrowingContinuation { continuation in
        writer.asyncWriteWithoutTransaction { database in
          continuation.resume(
            with: Result {
              try self.minding {
                // Said before each: what a write that failed has left behind never weakens the next.
                try database.run("PRAGMA synchronous = \(durably ? "FULL" : "NORMAL")")
                defer {
                  // Where this fails, the next write says it.
                  if !durably { try? database.run("PRAGMA synchronous = FULL") }
                }
                var value: T?
                try database.inTransaction(.immediate) {
                  value = try body(database)
                  return .commit
                }
                guard let value else { preconditionFailure("a transaction that ends has run") }
                then(value)
                return value
              }
            })
        }
      }
    }

    /// Folds the WAL back, so that what was deleted is in no file: nothing happens where a reader is in
    /// the way, or where another process serves the file.
    func fold() async {
      guard lock != nil else { return }
      do {
        try await settled { _ = try $0.checkpoint(.truncate) }
      } catch {
        // The next checkpoint does it.
      }
    }

    /// On the writer, without a transaction.
    func settled<T: Sendable>(
      _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
      try await withCheckedThrowingContinuation { continuation in
        writer.asyncWriteWithoutTransaction { database in
          continuation.resume(with: Result { try body(database) })
        }
      }
    }

    /// One read transaction, off the event loop.
    package func read<T: Sendable>(
      _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
      do {
        return try await look(body)
      } catch let error as DatabaseError {
        throw APIError(inside: error)
      }
    }

    /// As `read`, with SQLite's own errors.
    func look<T: Sendable>(
      _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
      try await withCheckedThrowingContinuation { continuation in
        readers.run { database in
          continuation.resume(
            with: Result {
              var value: T?
              try database.inTransaction(.deferred) {
                value = try body(database)
                return .commit
              }
              guard let value else { preconditionFailure("a transaction that ends has run") }
              return value
            })
        }
      }
    }

    /// One statement that finds its row by its key, on the calling thread: some ten microseconds.
    func peek<T>(_ body: (Database) throws -> T) throws(APIError) -> T {
      do {
        return try glance.unsafeRead(body)
      } catch {
        throw APIError(inside: error)
      }
    }

    /// Runs what writes, and remembers whether the disk took it.
    private func minding<T>(_ body: () throws -> T) throws -> T {
      do {
        let value = try body()
        trouble.withLock { $0 = nil }
        return value
      } catch let error as DatabaseError {
        let told = APIError(inside: error)
        if told.status == 503 {
          trouble.withLock { $0 = "The database cannot be written: \(error.resultCode)." }
        }
        throw told
      }
    }

    /// What is done every minute and at the end: the floor of the clock, and a WAL that a long reader
    /// let grow.
    static func keep(_ database: ServerDatabase?) -> @Sendable (Database) -> Void {
      { [weak database] connection in
        guard let self = database else { return }
        do {
          try self.minding {
            let now = self.world.now().milliseconds
            if now > self.floor.withLock({ $0 }) {
              try connection.run(
                "UPDATE server_meta SET v = ?1 WHERE k = 'hlc_floor' AND v < ?1", [.integer(now)])
              self.floor.withLock { $0 = max($0, now) }
            }
            if (DataFiles.size(self.path + "-wal") ?? 0) > ServerOpening.mostWal {
              try connection.checkpoint(.truncate)
            }
          }
        } catch {
          // It is told by `state`, and tried again in a minute.
        }
      }
    }
  }
#endif
