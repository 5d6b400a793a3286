package import Kernel
internal import Storage

/// Which spaces a round exchanges. Those that have something waiting are always among them.
package struct SyncScope: Hashable, Sendable {
  /// Every space of the device.
  package let isWhole: Bool
  /// Spaces that have news. One that the device does not know means the personal space, which tells of
  /// new ones.
  package let spaces: Set<EntryID>

  private init(isWhole: Bool, spaces: Set<EntryID>) {
    self.isWhole = isWhole
    self.spaces = spaces
  }

  /// Every space.
  package static let all = SyncScope(isWhole: true, spaces: [])
  /// These, and what waits.
  package static func some(_ spaces: Set<EntryID>) -> SyncScope {
    SyncScope(isWhole: false, spaces: spaces)
  }

  /// Of `listed`, those that are meant.
  func chosen(of listed: [ListedSpace]) -> [ListedSpace] {
    guard !isWhole else { return listed }
    let known = Set(listed.map(\.id))
    let hasStrangers = !spaces.isSubset(of: known)
    return listed.filter {
      $0.isBusy || spaces.contains($0.id) || hasStrangers && $0.isPersonal
    }
  }
}
