internal import Glibc

/// Sockets and the little of HTTP that a proxy has to know.
extension FaultyProxy {
  /// SOCK_CLOEXEC: a program that a test starts must not hold a proxy's connection open.
  static let closeOnExec: Int32 = 0o2000000

  static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Reads one whole request; nil at the end. `rest` keeps what came behind it.
  static func message(from socket: Int32, _ rest: inout [UInt8]) -> [UInt8]? {
    let blank = Array("\r\n\r\n".utf8)
    while true {
      if let end = rest.firstRange(of: blank)?.upperBound {
        let length = contentLength(rest[..<end])
        while rest.count < end + length {
          guard let bytes = receive(socket) else { return nil }
          rest += bytes
        }
        let message = Array(rest[..<(end + length)])
        rest.removeFirst(message.count)
        return message
      }
      guard let bytes = receive(socket) else { return nil }
      rest += bytes
    }
  }

  private static func contentLength(_ head: ArraySlice<UInt8>) -> Int {
    for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "content-length" {
        return Int(parts[1].filter { !$0.isWhitespace }) ?? 0
      }
    }
    return 0
  }

  /// The request with the wish that the server close the connection behind its reply.
  static func closing(_ request: [UInt8]) -> [UInt8] {
    guard let end = request.firstRange(of: Array("\r\n".utf8)) else { return request }
    return request[..<end.upperBound] + Array("Connection: close\r\n".utf8)
      + request[end.upperBound...]
  }

  /// What has come; nil at the end of the connection.
  static func receive(_ socket: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count > 0 { return Array(buffer[..<count]) }
      if count == 0 || errno != EINTR { return nil }
    }
  }

  @discardableResult
  static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
