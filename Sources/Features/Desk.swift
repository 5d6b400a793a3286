package import Kernel
package import Storage

/// What every area works with: the store, the world and the person's preferences.
package struct Desk: Sendable {
  package let store: Store
  package let world: World
  package var preferences: Preferences
  /// The way to the server; nil where there is none, as in tests.
  package var account: (any AccountDoor)?
  /// The way to what only the server decides of groups; nil where there is none.
  package var groups: (any GroupDoor)?

  package init(
    store: Store, world: World, preferences: Preferences = Preferences(),
    account: (any AccountDoor)? = nil, groups: (any GroupDoor)? = nil
  ) {
    self.store = store
    self.world = world
    self.preferences = preferences
    self.account = account
    self.groups = groups
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
  /// When a check-in is asked for: 1 for Monday … 7 for Sunday, and the hour.
  package var reminderDay = 7
  package var reminderHour = 18
  /// Hours (0...23) between which nothing rings; the same twice for none.
  package var quietFrom = 22
  package var quietUntil = 7
  /// Whether news ring the terminal's bell, and whether they are shown by the desktop (OSC 9).
  package var ringsBell = false
  package var showsOnDesktop = false
  package init() {}
}
