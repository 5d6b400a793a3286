internal import Glibc
internal import Kernel
internal import Net
internal import Wire

/// Somebody of a crowd: an account with a session.
struct CrowdUser {
  let account: EntryID
  let device: EntryID
  let token: String
  let client: APIClient

  /// Makes the account.
  init(_ user: String, at url: String) throws {
    let address = try ServerAddress(url)
    func client(_ tokens: TokenSource) -> APIClient {
      APIClient(
        address: address, trust: .system, tokens: tokens, app: "lifeos/\(LifeosVersion.current)",
        world: Stopwatch.world)
    }
    device = Stopwatch.world.newID()
    let reply = try client(.none).call(
      Routes.register,
      RegisterQuery(
        user: user, email: nil, password: "Correct-Horse-7",
        device: DeviceInfo(
          id: device, name: "crowd", app: "lifeos/\(LifeosVersion.current)")))
    account = reply.me.id
    token = reply.tokens.access
    self.client = client(.fixed(token))
  }
}

/// A stream that stands, and whose it is: an index into the crowd.
struct CrowdStream {
  let socket: Int32
  let user: Int
}

/// Plain HTTP on plain sockets.
enum CrowdLine {
  private struct NoConnection: Error { let code: Int32 }

  static func connect(_ server: ServerAddress) throws -> Int32 {
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

  static func send(_ text: String, to socket: Int32) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  /// What one reply begins with: they are short, and come in one piece.
  static func answer(_ socket: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 8_192)
    let count = recv(socket, &buffer, buffer.count, 0)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
  }

  static func thread(_ body: @escaping @Sendable () -> Void) {
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
