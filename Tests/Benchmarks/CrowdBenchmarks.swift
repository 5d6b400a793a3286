internal import Glibc
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Synchronization
internal import Wire

/// What a server bears: idle streams, and quick answers while many sync.
enum CrowdBenchmarks {
  /// Opens `count` streams, five of each account, and tells what the server's memory grew by; then how
  /// soon they hear of posts in groups.
  static func streams(_ url: String, server: String, count: Int, folder: String) throws {
    mkdir(folder, 0o700)
    let address = try ServerAddress(url)
    var users: [CrowdUser] = []
    for user in 0..<max(1, count / 5) {
      users.append(try CrowdUser("crowd\(user)x\(getpid())", at: url))
    }
    let before = Stopwatch.memory("VmRSS", of: server)
    var streams: [CrowdStream] = []
    for number in 0..<count {
      let socket = try CrowdLine.connect(address)
      let user = number % users.count
      CrowdLine.send(
        "GET \(Routes.events) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(users[user].token)\r\n"
          + "Accept: text/event-stream\r\n\r\n", to: socket)
      streams.append(CrowdStream(socket: socket, user: user))
    }
    var standing = 0
    for stream in streams where CrowdLine.answer(stream.socket).hasPrefix("HTTP/1.1 200") {
      standing += 1
    }
    Stopwatch.pause(2000)  // until the server's memory has settled
    print("streams=\(standing)")
    print("streams_kb=\(Stopwatch.memory("VmRSS", of: server) - before)")
    print("server_kb=\(Stopwatch.memory("VmRSS", of: server))")
    try DeliveryBenchmark.run(url, users: users, streams: streams)
    for stream in streams { close(stream.socket) }
  }

  /// `rate` requests of `auth/me` a second for ten seconds, while `users` push an operation each second.
  static func load(_ url: String, folder: String, users: Int, rate: Int) throws {
    mkdir(folder, 0o700)
    let over = Atomic(false)
    let pushed = Atomic(0)
    var devices: [BenchDevice] = []
    for user in 0..<users {
      devices.append(
        try BenchDevice(
          folder: "\(folder)/u\(user)", url: url, user: "load\(user)x\(getpid())", isNew: true))
    }
    let token = try CrowdUser("me\(getpid())", at: url).token
    let address = try ServerAddress(url)
    for device in devices {
      CrowdLine.thread {
        let engine = device.engine()
        var number = 0
        while !over.load(ordering: .relaxed) {
          number += 1
          // A failed write or round shows in the count of what was pushed.
          _ = try? device.store.write("Entry") {
            try $0.save(BenchDevice.entry(number, device.world))
          }
          if engine.round(patience: 0).trouble == nil { pushed.add(1, ordering: .relaxed) }
          Stopwatch.pause(Int.random(in: 800...1_200))
        }
      }
    }
    let lines = 16
    let times = Mutex<[Double]>([])
    let left = Atomic(lines)
    for line in 0..<lines {
      let socket = try CrowdLine.connect(address)
      CrowdLine.thread {
        let gap = 1e6 * Double(lines) / Double(rate)
        var due = Stopwatch.now + gap * Double(line) / Double(lines)
        var own: [Double] = []
        for _ in 0..<(rate * 10 / lines) {
          let wait = due - Stopwatch.now
          if wait > 0 { Stopwatch.pause(Int(wait / 1000)) }
          CrowdLine.send(
            "GET /api/v1/auth/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n",
            to: socket)
          guard CrowdLine.answer(socket).hasPrefix("HTTP/1.1 200") else { break }
          // From when it was due: a server that is late is not forgiven.
          own.append(Stopwatch.now - due)
          due += gap
        }
        close(socket)
        times.withLock { $0 += own }
        left.subtract(1, ordering: .relaxed)
      }
    }
    while left.load(ordering: .relaxed) > 0 { Stopwatch.pause(50) }
    over.store(true, ordering: .relaxed)
    let all = times.withLock { $0 }
    print("me_answers=\(all.count)")
    Stopwatch.print("me_us", all)
    print("me_pushes=\(pushed.load(ordering: .relaxed))")
  }
}
