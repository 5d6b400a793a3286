internal import Glibc
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Synchronization
internal import Wire

/// What a server bears: idle streams, and quick answers while many sync.
enum CrowdBenchmarks {
  /// Opens `count` streams of one account each ten, and tells what the server's memory grew by.
  static func streams(_ url: String, server: String, count: Int, folder: String) throws {
    mkdir(folder, 0o700)
    let address = try ServerAddress(url)
    var tokens: [String] = []
    for user in 0..<max(1, count / 5) {
      tokens.append(try token(url, folder: folder, user: "crowd\(user)x\(getpid())"))
    }
    let before = Stopwatch.memory("VmRSS", of: server)
    var sockets: [Int32] = []
    for number in 0..<count {
      let socket = try connect(address)
      send(
        "GET \(Routes.events) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(tokens[number % tokens.count])\r\n"
          + "Accept: text/event-stream\r\n\r\n", to: socket)
      sockets.append(socket)
    }
    var standing = 0
    for socket in sockets where answer(socket).hasPrefix("HTTP/1.1 200") { standing += 1 }
    Stopwatch.pause(2000)  // until the server's memory has settled
    print("streams=\(standing)")
    print("streams_kb=\(Stopwatch.memory("VmRSS", of: server) - before)")
    print("server_kb=\(Stopwatch.memory("VmRSS", of: server))")
    for socket in sockets { close(socket) }
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
    let token = try token(url, folder: folder, user: "me\(getpid())")
    let address = try ServerAddress(url)
    for device in devices {
      thread {
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
      let socket = try connect(address)
      thread {
        let gap = 1e6 * Double(lines) / Double(rate)
        var due = Stopwatch.now + gap * Double(line) / Double(lines)
        var own: [Double] = []
        for _ in 0..<(rate * 10 / lines) {
          let wait = due - Stopwatch.now
          if wait > 0 { Stopwatch.pause(Int(wait / 1000)) }
          send(
            "GET /api/v1/auth/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n",
            to: socket)
          guard answer(socket).hasPrefix("HTTP/1.1 200") else { break }
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

  // MARK: Plumbing

  private static func token(_ url: String, folder: String, user: String) throws -> String {
    let client = APIClient(
      address: try ServerAddress(url), trust: .system, tokens: .none, app: "lifeos/0.2.0",
      world: Stopwatch.world)
    let device = DeviceInfo(id: Stopwatch.world.newID(), name: "crowd", app: "lifeos/0.2.0")
    return try client.call(
      Routes.register,
      RegisterQuery(user: user, email: nil, password: "Correct-Horse-7", device: device)
    ).tokens.access
  }

  private struct NoConnection: Error { let code: Int32 }

  private static func connect(_ server: ServerAddress) throws -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(server.port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw NoConnection(code: errno) }
    return socket
  }

  private static func send(_ text: String, to socket: Int32) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  /// What one reply begins with: they are short, and come in one piece.
  private static func answer(_ socket: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 8_192)
    let count = recv(socket, &buffer, buffer.count, 0)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
  }

  private static func thread(_ body: @escaping @Sendable () -> Void) {
    let errand = Unmanaged.passRetained(Errand(body))
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Errand>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, errand.toOpaque())
    pthread_detach(thread)
  }

  private final class Errand {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
