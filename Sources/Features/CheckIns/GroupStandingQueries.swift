package import GRDB
package import Kernel
internal import SQL

extension CheckInQueries {
  /// How the person stands with each group that the server has told of, by the group's space.
  package static func standings(_ db: Database) throws -> [EntryID: GroupMember.State] {
    var standings: [EntryID: GroupMember.State] = [:]
    try db.each("SELECT space, state FROM membership_live") { columns in
      guard let space = EntryID(columns.text(0)) else { return }
      standings[space] = GroupMember.State(rawValue: columns.text(1)) ?? .left
    }
    return standings
  }
}
