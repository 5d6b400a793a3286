#if Server
  package import GRDB
  package import Kernel

  /// The server's one SQLite file: WAL, `synchronous = FULL`, one writer connection that also
  /// checkpoints, readers beside it. Migrates at opening, after a copy of the file.
  package final class ServerDatabase: Sendable {
    package let path: String
    /// Random, made with the file; another file has another one.
    package let serverID: EntryID

    package init(path: String, world: World) throws { fatalError("CONTRACT") }

    /// `max(wall clock, floor)`; the floor is saved every minute: a board without a battery clock
    /// boots in 1970.
    package func now() -> Moment { fatalError("CONTRACT") }

    /// One `BEGIN IMMEDIATE` transaction on the writer, off the event loop.
    package func write<T: Sendable>(
      _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T { fatalError("CONTRACT") }

    /// One read transaction, off the event loop.
    package func read<T: Sendable>(
      _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T { fatalError("CONTRACT") }
  }
#endif
