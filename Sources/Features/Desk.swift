package import Kernel
package import Storage

/// What every area works with: the store, the world and the person's preferences.
package struct Desk: Sendable {
  package let store: Store
  package let world: World
  package var preferences: Preferences

  package init(store: Store, world: World, preferences: Preferences = Preferences()) {
    self.store = store
    self.world = world
    self.preferences = preferences
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
