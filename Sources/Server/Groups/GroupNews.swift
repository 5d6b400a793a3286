package import Kernel

/// What has to be said to who listens, once a change of groups is on disk.
package struct GroupNews: Hashable, Sendable {
  /// Somebody comes into a group's space, or goes out of it.
  package struct Move: Hashable, Sendable {
    package let account: EntryID
    package let space: EntryID
    package let isIn: Bool
  }

  /// In their order.
  package private(set) var moves: [Move] = []
  /// Spaces with something new in them.
  package private(set) var heads: [EntryID: Int64] = [:]

  mutating func enters(_ account: EntryID, _ space: EntryID) {
    moves.append(Move(account: account, space: space, isIn: true))
  }

  mutating func leaves(_ account: EntryID, _ space: EntryID) {
    moves.append(Move(account: account, space: space, isIn: false))
  }

  mutating func head(of space: EntryID, _ seq: Int64?) {
    if let seq { heads[space] = seq }
  }

  mutating func forget(_ space: EntryID) { heads[space] = nil }
}
