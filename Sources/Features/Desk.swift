package import Kernel
package import Storage

/// What every area works with: the store, the world and the person's preferences.
package struct Desk: Sendable {
  package let store: Store
  package let world: World
  package var preferences: Preferences
  /// The way to the server; nil where there is none, as in tests.
  package var account: (any AccountDoor)?

  package init(
    store: Store, world: World, preferences: Preferences = Preferences(),
    account: (any AccountDoor)? = nil
  ) {
    self.store = store
    self.world = world
    self.preferences = preferences
    self.account = account
  }

  /// Runs `body` on a connection of its own: what a job reads must not keep the screens waiting.
  package func aside<T>(_ body: (Desk) throws -> T) throws -> T {
    guard let path = store.path else { return try body(self) }
    let other = try Store(path: path, schema: store.schema, world: world)
    let result = Result { try body(Desk(store: other, world: world, preferences: preferences)) }
    try other.close()
    return try result.get()
  }
}

/// The settings that areas look at; Shell reads them from the config file.
package struct Preferences: Equatable, Sendable {
  /// Grace days of a streak in any 30.
  package var graceDays = 2
  /// 0 for Sunday … 6; only views look at it.
  package var weekStart = 1
  /// Only ASCII glyphs.
  package var isASCII = false
  package init() {}
}
