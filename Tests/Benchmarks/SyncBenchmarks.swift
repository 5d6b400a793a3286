internal import Features
internal import Glibc
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Synchronization
internal import Wire

/// What syncing costs, with a real server: `sync URL FOLDER` (writing, pushing, idling, bootstrapping,
/// seeing elsewhere).
enum SyncBenchmarks {
  /// Commits of one entry each: microseconds.
  static func write(_ folder: String, count: Int) throws {
    mkdir(folder, 0o700)
    let world = Stopwatch.world
    let store = try Store(path: folder + "/write.sqlite", schema: .lifeos, world: world)
    var times: [Double] = []
    for number in 0..<count {
      let entry = BenchDevice.entry(number, world)
      times.append(try Stopwatch.time { try store.write("Entry") { _ = try $0.save(entry) } })
    }
    Stopwatch.print("write_us", times)
  }

  /// `ops` operations wait and are sent; then nothing waits; then a second device takes all in.
  static func run(_ url: String, _ folder: String, ops: Int) throws {
    mkdir(folder, 0o700)
    let user = "bench\(UInt32.random(in: 0 ... .max))"
    let one = try BenchDevice(folder: folder + "/one", url: url, user: user, isNew: true)
    let engine = one.engine()
    try check(engine.round(patience: 0))
    try one.write(ops)
    if let space = try one.store.syncSpaces().first {
      let request = try one.store.beginExchange(space, app: "lifeos/0.2.0", want: 1)
      let packed = Gzip.pack(request.bytes)?.count ?? 0
      print("op_bytes=\(packed / max(1, request.ops.count))")
      print("op_bytes_plain=\(request.bytes.count / max(1, request.ops.count))")
    }
    var calls = one.remote.calls
    let push = try Stopwatch.time { try check(engine.round(patience: 0)) }
    print("push_us=\(Int(push))")
    print("push_ops_per_s=\(Int(Double(ops) * 1e6 / push))")
    print("push_requests=\(one.remote.calls - calls)")

    calls = one.remote.calls
    let idle = try Stopwatch.time { try check(engine.round(patience: 0)) }
    print("idle_us=\(Int(idle))")
    print("idle_requests=\(one.remote.calls - calls)")
    let bytes = one.remote.lastBytes
    print("idle_bytes=\(bytes.up + bytes.down)")
    try bootstrap(url, folder, user)
    try seen(url, folder, user, one)
  }

  private static func bootstrap(_ url: String, _ folder: String, _ user: String) throws {
    let two = try BenchDevice(folder: folder + "/two", url: url, user: user, isNew: false)
    let before = Stopwatch.memory("VmRSS")
    let calls = two.remote.calls
    let time = try Stopwatch.time {
      try check(two.engine().round(patience: 0, want: ExchangeRequest.mostWanted))
    }
    print("bootstrap_us=\(Int(time))")
    print("bootstrap_requests=\(two.remote.calls - calls)")
    print("bootstrap_kb=\(max(0, Stopwatch.memory("VmHWM") - before))")
    try two.store.close()
  }

  /// From the commit on one device to the commit on the other, by hints.
  private static func seen(_ url: String, _ folder: String, _ user: String, _ one: BenchDevice)
    throws
  {
    let two = try BenchDevice(folder: folder + "/three", url: url, user: user, isNew: false)
    try check(two.engine().round(patience: 0, want: ExchangeRequest.mostWanted))
    let (sender, receiver) = (one.engine(), two.engine())
    let arrived = Mutex(0.0)
    two.store.onChange { _ in arrived.withLock { $0 = Stopwatch.now } }
    one.store.onChange { _ in sender.nudge() }
    sender.start()
    receiver.start()
    Stopwatch.pause(1500)  // both streams stand
    var times: [Double] = []
    for number in 0..<40 {
      arrived.withLock { $0 = 0 }
      let begin = Stopwatch.now
      try one.store.write("Entry") { try $0.save(BenchDevice.entry(number, one.world)) }
      while arrived.withLock({ $0 }) == 0, Stopwatch.now - begin < 20e6 { Stopwatch.pause(1) }
      times.append((arrived.withLock { $0 } == 0 ? Stopwatch.now : arrived.withLock { $0 }) - begin)
      Stopwatch.pause(Int.random(in: 50...400))
    }
    Stopwatch.print("seen_us", times)
    sender.stop()
    receiver.stop()
  }

  private static func check(_ report: SyncReport) throws {
    if let trouble = report.trouble { throw trouble }
  }
}
