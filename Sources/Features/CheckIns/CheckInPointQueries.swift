package import GRDB
internal import Kernel
package import Life
internal import SQL

extension CheckInQueries {
  /// The figures of a group's check-ins from a period on, oldest first: without mood, energy and note,
  /// which nothing is reckoned from. Of ten years of twenty members this spares most of the reading.
  package static func points(
    _ db: Database, of group: GroupFacts, from key: String = ""
  ) throws -> [CheckInPoint] {
    var reader = CheckInPointReader(group.frequency, rule: group.rule, zone: group.zone)
    var members: [String: EntryID] = [:]
    var points: [CheckInPoint] = []
    try db.each(
      """
      SELECT id, member, key, productive, satisfied, body, care, score, written FROM check_in_live
      WHERE _space = ? AND key >= ? AND member IS NOT NULL ORDER BY key, member
      """, [.id(group.space), .text(key)]
    ) { columns in
      func number(_ column: CInt) -> Int? {
        columns.value(column, .number).number.map { Int($0) }
      }
      let text = columns.text(1)
      guard let id = columns.id(0), let member = members[text] ?? EntryID(text) else { return }
      members[text] = member
      var scores: Scores?
      if let productive = number(3), let satisfied = number(4), let body = number(5),
        let care = number(6)
      {
        scores = Scores(productive: productive, satisfied: satisfied, body: body, care: care)
      }
      let written = columns.value(8, .number).number.map(Moment.init(milliseconds:))
      let point = reader.point(
        id, member: member, key: columns.text(2), scores: scores, score: number(7),
        written: written)
      if let point { points.append(point) }
    }
    return points
  }
}
