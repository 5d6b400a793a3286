import Features
import Foundation
import GRDB
import Kernel
import Life
import ProgramKit
import Storage
import Testing

/// What a machine's file knows of a group, read as the screens read it.
struct GroupKnowledge {
  let group: GroupFacts
  let analysis: GroupAnalysis
  /// Every check-in with all that hangs on it, a line each, in an order of its own.
  let lines: [String]

  init(_ machine: GroupHouse.Machine, _ name: String, in house: GroupHouse) throws {
    let world = World.live(house.clock.environment)
    let store = try Store(path: machine.program.database, schema: .lifeos, world: world)
    let me = try store.account()?.id
    (group, analysis, lines) = try store.read { db in
      let groups = try CheckInQueries.groups(db, me: me)
      let group = try #require(groups.first { $0.info.name == name }, "\(groups.map(\.info.name))")
      let checkIns = try CheckInQueries.checkIns(db, of: group.space)
      let echoes = try CheckInQueries.echoes(db, in: group.space)
      let points = CheckInPoint.group(
        checkIns, rule: group.rule, frequency: group.frequency, zone: group.zone)
      let analysis = GroupAnalysis(
        members: group.members, points: points, rule: group.rule, frequency: group.frequency,
        zone: group.zone, today: group.day(at: world.now()))
      let lines = checkIns.map { checkIn in
        let signs = (echoes.reactions[checkIn.id] ?? []).map {
          "\(group.name(of: $0.member)) \($0.sign)"
        }
        let comments = (echoes.comments[checkIn.id] ?? []).map {
          "\(group.name(of: $0.member)): \($0.text)"
        }
        let answers = checkIn.scores.map { "\($0.all)" } ?? "-"
        return """
          \(checkIn.key) \(group.name(of: checkIn.member)) \(answers) \
          \(checkIn.score(by: group.rule) ?? 99) \(checkIn.mood) \(checkIn.note) \
          \(checkIn.edited == nil ? "" : "edited") \(signs.sorted()) \(comments)
          """
      }
      return (group, analysis, lines.sorted())
    }
    try store.close()
  }

  /// Who has shown what in a week: names and scores, in the order in which they joined.
  func round(_ key: String) throws -> GroupRound {
    analysis.round(of: try #require(Period(group.frequency, key: key)))
  }

  /// A machine's own check-ins.
  static func own(
    _ machine: GroupHouse.Machine, in house: GroupHouse
  ) throws -> CheckInAnalysis {
    let world = World.live(house.clock.environment)
    let store = try Store(path: machine.program.database, schema: .lifeos, world: world)
    let checkIns = try store.read { try CheckInQueries.own($0) }
    try store.close()
    return CheckInAnalysis(
      points: CheckInPoint.own(checkIns, zone: .utc, dayStartHour: 3), today: world.today)
  }

  /// The digest of each space that a machine holds, by the space.
  static func digests(of machine: GroupHouse.Machine) throws -> [String: Int64] {
    var reading = Configuration()
    reading.readonly = true
    let database = try DatabaseQueue(path: machine.program.database, configuration: reading)
    return try database.read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT lower(hex(space)) AS space, digest FROM sync_space WHERE state <> 'left'")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["space"], $0["digest"]) })
    }
  }

  /// The digest of each space of the server.
  static func digests(of house: GroupHouse) throws -> [String: Int64] {
    var reading = Configuration()
    reading.readonly = true
    let database = try DatabaseQueue(
      path: house.server.data + "/lifeosd.sqlite", configuration: reading)
    return try database.read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT lower(hex(id)) AS space, digest FROM space")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["space"], $0["digest"]) })
    }
  }
}
