internal import Features
internal import Glibc
internal import Kernel
internal import Life
internal import Storage
internal import Sync
internal import Wire

/// What check-ins in groups cost on a person's own machine.
enum GroupBenchmarks {
  /// One check-in each, posted to ten groups while offline: the write alone.
  static func post(_ url: String, _ folder: String, count: Int) throws {
    mkdir(folder, 0o700)
    let device = try BenchDevice(
      folder: folder, url: url, user: "poster\(UInt32.random(in: 0 ... .max))", isNew: true)
    for number in 0..<10 {
      _ = try device.remote.call(Routes.makeGroup, GroupSettings(name: "Group \(number)"))
    }
    let trouble = device.engine().round(patience: 0).trouble
    if let trouble { throw trouble }
    let me = try device.store.account()?.id
    let groups = try device.store.read { try CheckInQueries.groups($0, me: me) }
    print("post_groups=\(groups.count)")
    guard let scores = Scores(productive: 8, satisfied: 7, body: 6, care: 3) else { return }
    var times: [Double] = []
    for number in 0..<count {
      // Each in a week of its own.
      var world = Stopwatch.world
      let now = world.now
      world.now = { now() + Int64(number) * 7 * 86_400_000 }
      let desk = Desk(store: device.store, world: world)
      let draft = CheckInDraft(scores: scores, mood: "calm", energy: 4, note: "A week of rain.")
      times.append(
        try Stopwatch.time {
          _ = try CheckInWriting.post(draft, to: groups, of: me, desk: desk)
        })
    }
    Stopwatch.print("post_us", times)
    try device.store.close()
  }
}
