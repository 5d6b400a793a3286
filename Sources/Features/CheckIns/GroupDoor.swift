package import Kernel

/// What only the server can decide about groups. Everything but `online` and `me` blocks: it is called
/// from jobs and commands, never from a key. What it changes is in the store when it returns. Failures
/// are errors that `Words` has a sentence for.
package protocol GroupDoor: Sendable {
  /// Makes a group and returns its space.
  func make(_ form: GroupForm) throws -> EntryID
  /// Joins by code and returns the group's space.
  func join(_ code: String) throws -> EntryID
  func leave(_ space: EntryID) throws
  func change(_ space: EntryID, to form: GroupForm) throws
  /// For all its members.
  func delete(_ space: EntryID) throws
  /// Another code; the one before is void.
  func renewCode(_ space: EntryID) throws -> String
  /// Invites by user name.
  func invite(_ user: String, to space: EntryID) throws
  /// `admin`, `moderator`, `member`
  func setRole(_ role: String, of account: EntryID, in space: EntryID) throws
  func remove(_ account: EntryID, from space: EntryID) throws
  /// Follows an invitation and returns the group's space.
  func accept(_ invitation: EntryID) throws -> EntryID
  func decline(_ invitation: EntryID) throws
  /// Who listens now, by group's space; empty while this device does not hear the server.
  var online: [EntryID: Set<EntryID>] { get }
}

/// What a group is made with.
package struct GroupForm: Hashable, Sendable {
  /// 3 to 100 characters.
  package var name: String
  package var about: String
  /// `weekly`, `biweekly`, `daily`
  package var frequency: String
  /// An IANA name.
  package var zone: String
  /// 2 to 50
  package var mostMembers: Int
  /// `hucares`, `sum`, `mean`
  package var rule: String

  package init(
    name: String, about: String = "", frequency: String = "weekly", zone: String,
    mostMembers: Int = 20, rule: String = "hucares"
  ) {
    self.name = name
    self.about = about
    self.frequency = frequency
    self.zone = zone
    self.mostMembers = mostMembers
    self.rule = rule
  }
}
