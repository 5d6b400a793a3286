#if Server
  package import GRDB
  package import Kernel

  /// The server's one SQLite file: WAL, `synchronous = FULL`, one writer connection that also
  /// checkpoints, readers beside it. Migrates at opening, after a copy of the file.
  package final class ServerDatabase: Sendable {
    package let path: String
    /// Random, made with the file; another file has another one.
    package let serverID: EntryID

    /// Opens or makes the database. Throws `ServerError`; `.inUse` where a lifeosd serves it, unless
    /// this is a tool that works `beside` it.
    package init(path: String, world: World, beside: Bool = false) throws {
      fatalError("CONTRACT")
    }

    /// `max(wall clock, floor)`; the floor is saved every minute: a board without a battery clock
    /// boots in 1970.
    package func now() -> Moment { fatalError("CONTRACT") }

    /// `ok`, or what is wrong with the database, one sentence.
    package func state() async -> String { fatalError("CONTRACT") }

    /// Folds the WAL back and lets go of the file. What comes after is answered by 503.
    package func close() { fatalError("CONTRACT") }

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
