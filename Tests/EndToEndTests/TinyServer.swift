import Glibc
import TestKit

/// Answers every connection to a port of 127.0.0.1 with the same bytes, whatever was asked.
final class TinyServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let answer: [UInt8]

  /// Port 0 takes a free one.
  init(port: UInt16 = 0, _ answer: [UInt8]) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | 0o2000000, 0)
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let stands = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard listener >= 0, stands else { throw TimedOut(description: "no port: \(errno)") }
    self.listener = listener
    self.answer = answer
    self.port = UInt16(bigEndian: address.sin_port)
    // It goes with its listener, not with this value.
    let errand = Unmanaged.passRetained(Errand(listener: listener, answer: answer))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Errand>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, errand.toOpaque())
    precondition(failure == 0, "the system has a thread for a test")
    pthread_detach(thread)
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// An answer with this head and body.
  static func http(_ head: String, _ body: [UInt8]) -> [UInt8] {
    Array("HTTP/1.1 \(head)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n".utf8)
      + body
  }

  private final class Errand {
    let listener: Int32
    let answer: [UInt8]

    init(listener: Int32, answer: [UInt8]) {
      self.listener = listener
      self.answer = answer
    }

    func run() {
      while true {
        let client = accept(listener, nil, nil)
        if client < 0 {
          if errno == EINTR || errno == ECONNABORTED { continue }
          close(listener)
          return
        }
        serve(client)
        close(client)
      }
    }

    private func serve(_ client: Int32) {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      // The first piece is the head: nobody here looks at it.
      _ = recv(client, &buffer, buffer.count, 0)
      var sent = 0
      while sent < answer.count {
        let count = answer[sent...].withUnsafeBytes {
          send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return }
        sent += count
      }
      shutdown(client, Int32(SHUT_WR))
      // Until the other side has read it all and closes: an early close would take the answer back.
      while recv(client, &buffer, buffer.count, 0) > 0 {}
    }
  }
}
