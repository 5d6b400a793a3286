internal import Features
internal import Glibc
internal import Kernel
internal import Life
internal import Storage
internal import TestKit

/// What follows from ten years of a group of twenty, from the file to every figure.
enum AnalyticsBenchmark {
  static let weeks = 522
  static let members = 20

  static func run(_ folder: String, count: Int) throws {
    mkdir(folder, 0o700)
    let world = Stopwatch.world
    let store = try Store(path: folder + "/lifeos.sqlite", schema: .lifeos, world: world)
    let tale = try GroupTale(store)
    let (space, friends) = try tale.group(
      "Ten years", friends: (1..<members).map { "friend\($0)" })
    try fill(tale, space, friends)
    var times: [Double] = []
    var own: [Double] = []
    for _ in 0..<count {
      times.append(try Stopwatch.time { try group(store, space, tale.me, world) })
      own.append(try Stopwatch.time { try self.own(store, world) })
    }
    print("analytics_rows=\(weeks * members)")
    Stopwatch.print("analytics_us", times)
    Stopwatch.print("analytics_own_us", own)
    try store.close()
  }

  private static func fill(_ tale: GroupTale, _ space: EntryID, _ friends: [EntryID]) throws {
    let world = tale.store.world
    let first = Week(of: world.today).monday - 7 * (weeks - 1)
    var seed: UInt64 = 1
    func answer() -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % 10 + 1
    }
    for week in 0..<weeks {
      let key = Week(of: first + 7 * week).description
      func filled(_ checkIn: CheckIn) -> CheckIn {
        var checkIn = checkIn
        checkIn.scores = Scores(
          productive: answer(), satisfied: answer(), body: answer(), care: answer())
        checkIn.mood = "calm"
        checkIn.written = Zone.utc.moment(CivilTime(day: first + 7 * week + 5))
        return checkIn
      }
      let accounts = [tale.me] + friends
      try tale.tell(accounts.map { filled(CheckIn(of: $0, in: space, key: key)) }, in: space)
      try tale.tell([filled(CheckIn(own: key))], in: tale.personal)
    }
  }

  /// Everything that is told of a group.
  private static func group(
    _ store: Store, _ space: EntryID, _ me: EntryID, _ world: World
  ) throws {
    let found = try store.read { db in
      try CheckInQueries.group(db, space, me: me).map {
        ($0, try CheckInQueries.points(db, of: $0))
      }
    }
    guard let (group, points) = found else { return }
    let analysis = GroupAnalysis(
      members: group.members, points: points, rule: group.rule, frequency: group.frequency,
      zone: group.zone, today: group.day(at: world.now()))
    precondition(analysis.points.count == weeks * members, "all of it is there")
    _ = analysis.participation()
    _ = analysis.comparison(of: me)
    _ = analysis.milestones()
    _ = analysis.means(last: weeks)
    for member in group.members {
      if let account = member.account { _ = analysis.history(of: account, last: weeks) }
    }
  }

  /// Everything that is told of a person alone.
  private static func own(_ store: Store, _ world: World) throws {
    let checkIns = try store.read { try CheckInQueries.own($0) }
    let analysis = CheckInAnalysis(
      points: CheckInPoint.own(checkIns, zone: .utc), today: world.today)
    for part in CheckInPart.allCases { _ = analysis.trend(of: part) }
    _ = analysis.baseline()
    _ = (analysis.strengths(), analysis.slips(), analysis.streak(), analysis.participation())
    _ = (analysis.best(), analysis.hardest(), analysis.milestones())
  }
}
