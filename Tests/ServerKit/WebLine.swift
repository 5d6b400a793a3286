internal import Dispatch
internal import Glibc
package import Wire

/// A TCP connection to a server on this machine, byte by byte. What blocks runs on a thread of its
/// own, never on Swift's pool, which the server in the same process needs.
package final class WebLine: @unchecked Sendable {
  /// Why a line failed.
  package struct Broken: Error, CustomStringConvertible { package let description: String }

  private let file: Int32
  private let queue = DispatchQueue(label: "line")
  private var waiting: [UInt8] = []

  package init(port: Int) throws {
    file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard file >= 0 else { throw Broken(description: "no socket") }
    var patience = timeval(tv_sec: 120, tv_usec: 0)
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      let reason = String(cString: strerror(errno))
      close(file)
      throw Broken(description: "can't connect: \(reason)")
    }
  }

  deinit { close(file) }

  /// Sends all of it; false where the other end has gone.
  @discardableResult
  package func send(_ bytes: [UInt8]) async throws -> Bool {
    try await onQueue { [self] in write(bytes) }
  }

  @discardableResult
  package func send(_ text: String) async throws -> Bool { try await send(Array(text.utf8)) }

  /// Says that nothing more will come, as a client does that has gone.
  package func hangUp() { shutdown(file, Int32(SHUT_RDWR)) }

  /// Reads until `text` has come, and returns all up to its end. Throws where the line ends before.
  package func read(until text: String) async throws -> String {
    let mark = Array(text.utf8)
    return try await onQueue { [self] in
      while true {
        if let end = Self.end(of: mark, in: waiting) {
          return String(decoding: take(end), as: UTF8.self)
        }
        guard try fill() else {
          throw Broken(
            description: "ended before \(text): \(String(decoding: waiting, as: UTF8.self))")
        }
      }
    }
  }

  /// Reads until the other end closes, and returns all that came.
  package func readToEnd() async throws -> String {
    try await onQueue { [self] in
      while try fill() {}
      return String(decoding: take(waiting.count), as: UTF8.self)
    }
  }

  /// Reads one HTTP/1.1 answer.
  package func reply() async throws -> WebReply {
    try await onQueue { [self] in
      while true {
        if let (reply, count) = WebReply.parse(waiting) {
          _ = take(count)
          return reply
        }
        guard try fill() else {
          throw Broken(description: "half an answer: \(String(decoding: waiting, as: UTF8.self))")
        }
      }
    }
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes {
        Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 || errno == EINTR else { return false }
      offset += max(0, count)
    }
    return true
  }

  /// False at the end of the line.
  private func fill() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = recv(file, &buffer, buffer.count, 0)
      if count > 0 {
        waiting += buffer[..<count]
        return true
      }
      if count == 0 || errno == ECONNRESET { return false }
      if errno == EINTR { continue }
      throw Broken(description: String(cString: strerror(errno)))
    }
  }

  private func take(_ count: Int) -> [UInt8] {
    let taken = Array(waiting.prefix(count))
    waiting.removeFirst(count)
    return taken
  }

  private static func end(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    for start in 0...(bytes.count - mark.count)
    where bytes[start] == mark[0] && bytes[start..<start + mark.count].elementsEqual(mark) {
      return start + mark.count
    }
    return nil
  }

  private func onQueue<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }
}

/// An HTTP answer.
package struct WebReply: Sendable, CustomStringConvertible {
  package let status: Int
  package let headers: [String: String]
  package let body: [UInt8]

  package var text: String { String(decoding: body, as: UTF8.self) }
  package var description: String { "\(status) \(headers)\n\(text)" }

  package func json() throws -> JSON { try JSON(bytes: body) }
  /// The error's code; nil where it is none.
  package var code: String? {
    // A body that is no JSON has no code, which the caller's expectation shows.
    (try? json())?["error"]?["code"]?.text
  }

  /// The first answer in `bytes` and its length; nil where it is not whole yet.
  static func parse(_ bytes: [UInt8]) -> (reply: WebReply, count: Int)? {
    guard let split = headEnd(bytes) else { return nil }
    let lines = String(decoding: bytes[..<split], as: UTF8.self).split(separator: "\r\n")
    guard let first = lines.first?.split(separator: " "), first.count >= 2,
      let status = Int(first[1])
    else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    guard bytes.count >= split + length else { return nil }
    let body = Array(bytes[split..<split + length])
    return (WebReply(status: status, headers: headers, body: body), split + length)
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for end in 4...bytes.count where bytes[end - 4..<end].elementsEqual([13, 10, 13, 10]) {
      return end
    }
    return nil
  }
}
