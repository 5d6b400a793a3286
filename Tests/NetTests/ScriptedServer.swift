internal import Foundation
internal import Glibc
internal import Synchronization

/// A real server on a loopback port that answers by a script: every byte of it, or not at all. It
/// stands until `stop` or the end of the tests.
final class ScriptedServer: Sendable {
  /// What it does next on a connection.
  enum Move: Sendable {
    case send([UInt8])
    /// Sends nothing until the client goes.
    case wait
    /// Waits until `open` was called so many times.
    case gate(Int)
    case close
  }

  /// A request as it came.
  struct Heard: Sendable {
    let line: String
    /// Names in lower case.
    let headers: [String: String]
    let body: [UInt8]
    /// Of the connection, from 0.
    let connection: Int
    /// Of the request, from 0.
    let number: Int
  }

  private struct State {
    var heard: [Heard] = []
    var connections = 0
    var sockets: [CInt] = []
    var isClosed = false
    var opened = 0
  }

  let port: Int
  private let listener: CInt
  private let state = Mutex(State())
  private let changed = NSCondition()
  private let script: @Sendable (Heard) -> [Move]

  /// `script` is asked for each request, on the connection's own thread.
  init(_ script: @escaping @Sendable (Heard) -> [Move]) {
    self.script = script
    listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let file = listener
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        precondition(bind(file, $0, size) == 0 && getsockname(file, $0, &size) == 0)
      }
    }
    precondition(listen(listener, 64) == 0)
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in
      while true {
        let socket = accept(listener, nil, nil)
        guard socket >= 0 else { return }
        take(socket)
      }
    }
  }

  /// Answers every request with the same bytes.
  convenience init(always bytes: [UInt8]) { self.init { _ in [.send(bytes)] } }

  var url: String { "http://127.0.0.1:\(port)" }
  var heard: [Heard] { state.withLock { $0.heard } }
  var connections: Int { state.withLock { $0.connections } }

  /// Cuts all connections and takes no more.
  func stop() {
    let sockets = state.withLock { state in
      defer { state.sockets = [] }
      if !state.isClosed {
        state.isClosed = true
        state.sockets.append(listener)
      }
      return state.sockets
    }
    for socket in sockets { shutdown(socket, CInt(SHUT_RDWR)) }
    if sockets.contains(listener) { Glibc.close(listener) }
    notify()
  }

  func open() {
    state.withLock { $0.opened += 1 }
    notify()
  }

  /// Waits, for at most half a minute, until `condition` holds for what was heard.
  func wait(until condition: ([Heard]) -> Bool) -> Bool { wait { condition($0.heard) } }

  private func wait(_ condition: (borrowing State) -> Bool) -> Bool {
    let end = Date(timeIntervalSinceNow: 30)
    changed.lock()
    defer { changed.unlock() }
    while !state.withLock({ condition($0) }) {
      guard changed.wait(until: end) else { return false }
    }
    return true
  }

  private func notify() {
    changed.lock()
    changed.broadcast()
    changed.unlock()
  }

  private func take(_ socket: CInt) {
    let number: Int? = state.withLock { state in
      guard !state.isClosed else { return nil }
      state.sockets.append(socket)
      state.connections += 1
      return state.connections - 1
    }
    guard let number else {
      Glibc.close(socket)
      return
    }
    Thread.detachNewThread { [self] in
      serve(socket, number)
      state.withLock { $0.sockets.removeAll { $0 == socket } }
      Glibc.close(socket)
    }
  }

  private func serve(_ socket: CInt, _ connection: Int) {
    var buffer: [UInt8] = []
    while let heard = read(socket, &buffer, connection) {
      for move in script(heard) {
        switch move {
        case .send(let bytes): guard put(bytes, socket) else { return }
        case .close: return
        case .gate(let count): guard wait({ $0.opened >= count || $0.isClosed }) else { return }
        case .wait:
          var byte: UInt8 = 0
          while recv(socket, &byte, 1, 0) > 0 {}
          return
        }
      }
    }
  }

  private func read(_ socket: CInt, _ buffer: inout [UInt8], _ connection: Int) -> Heard? {
    while true {
      if let request = cut(&buffer, connection) {
        state.withLock { $0.heard.append(request) }
        notify()
        return request
      }
      var piece = [UInt8](repeating: 0, count: 16 << 10)
      let count = recv(socket, &piece, piece.count, 0)
      guard count > 0 else { return nil }
      buffer += piece[..<count]
    }
  }

  /// The first whole request of `buffer`.
  private func cut(_ buffer: inout [UInt8], _ connection: Int) -> Heard? {
    let text = String(decoding: buffer, as: Unicode.ASCII.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    let start = text.unicodeScalars.distance(
      from: text.startIndex, to: end.upperBound)
    let length = Int(headers["content-length"] ?? "0") ?? 0
    guard buffer.count >= start + length else { return nil }
    let body = Array(buffer[start..<start + length])
    buffer.removeFirst(start + length)
    let number = state.withLock { $0.heard.count }
    return Heard(
      line: lines[0], headers: headers, body: body, connection: connection, number: number)
  }

  private func put(_ bytes: [UInt8], _ socket: CInt) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        send(socket, $0.baseAddress! + done, $0.count - done, CInt(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}

/// An HTTP answer as bytes.
func http(
  _ status: Int = 200, _ headers: [String] = [], type: String? = "application/json",
  body: [UInt8]
) -> [UInt8] {
  let lines =
    ["HTTP/1.1 \(status) Words", "Content-Length: \(body.count)"]
    + (type.map { ["Content-Type: \($0)"] } ?? []) + headers
  return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
}

func http(
  _ status: Int = 200, _ headers: [String] = [], type: String? = "application/json", body: String
) -> [UInt8] {
  http(status, headers, type: type, body: Array(body.utf8))
}
