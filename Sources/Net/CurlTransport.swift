internal import CCurl
internal import Synchronization

/// Makes calls over libcurl, one at a time, on the thread that asks; connections stay open between
/// them. libcurl is loaded by the first call. While it waits, nothing runs.
final class CurlTransport: Sendable {
  /// Held by the call that is under way.
  private let line = Mutex<Void>(())
  /// The address of libcurl's handle, which holds the open connections, from the first call on.
  private let handle = Atomic<UInt>(0)
  private let interruptions = Atomic<Int>(0)

  deinit {
    if let handle = known { cc_multi_cleanup(handle) }
  }

  /// Ends the calls that are under way or wait, from any thread; later ones are not touched.
  func interrupt() {
    interruptions.wrappingAdd(1, ordering: .sequentiallyConsistent)
    if let handle = known { cc_multi_wakeup(handle) }
  }

  /// The whole answer.
  func send(_ call: HTTPCall) throws(TransportProblem) -> HTTPAnswer {
    let transfer = try run(call) { _ in true }
    return HTTPAnswer(head: transfer.head ?? HTTPHead(status: 0, headers: []), body: transfer.body)
  }

  /// The certificate that the other side shows; nil where it shows none.
  func handshake(_ call: HTTPCall) throws(TransportProblem) -> String? {
    try run(call) { _ in true }.certificate
  }

  /// Calls `look` with whatever has arrived, as often as something has, until it returns false or
  /// the answer ends.
  func stream(
    _ call: HTTPCall, _ look: (HTTPHead?, [UInt8]) -> Bool
  ) throws(TransportProblem) {
    _ = try run(call) { look($0.head, $0.takeBody()) }
  }

  private func run(
    _ call: HTTPCall, _ look: (CurlTransfer) -> Bool
  ) throws(TransportProblem) -> Finished {
    let turn = interruptions.load(ordering: .sequentiallyConsistent)
    return try line.withLock { _ throws(TransportProblem) -> Finished in
      let handle = try open()
      guard let transfer = CurlTransfer(call) else { throw .noLibrary("no memory") }
      try transfer.prepare()
      cc_multi_add(handle, transfer.easy)
      defer { cc_multi_remove(handle, transfer.easy) }
      try drive(transfer, call, handle, turn, look)
      return Finished(
        head: transfer.head, body: transfer.takeBody(), certificate: transfer.certificate)
    }
  }

  /// What is left when a call has ended.
  private struct Finished: Sendable {
    let head: HTTPHead?
    let body: [UInt8]
    let certificate: String?
  }

  private var known: UnsafeMutableRawPointer? {
    UnsafeMutableRawPointer(bitPattern: handle.load(ordering: .sequentiallyConsistent))
  }

  private func open() throws(TransportProblem) -> UnsafeMutableRawPointer {
    if let handle = known { return handle }
    guard cc_load() else { throw .noLibrary(String(cString: cc_load_problem())) }
    guard let opened = cc_multi_init() else { throw .noLibrary("no memory") }
    cc_multi_set_long(opened, CURLMOPT_MAXCONNECTS, 4)
    handle.store(UInt(bitPattern: opened), ordering: .sequentiallyConsistent)
    return opened
  }

  private func drive(
    _ transfer: CurlTransfer, _ call: HTTPCall, _ handle: UnsafeMutableRawPointer, _ turn: Int,
    _ look: (CurlTransfer) -> Bool
  ) throws(TransportProblem) {
    let clock = ContinuousClock()
    var lastArrival = clock.now
    var arrivals = 0
    while true {
      guard interruptions.load(ordering: .sequentiallyConsistent) == turn else {
        throw .interrupted
      }
      var running: CInt = 0
      cc_multi_perform(handle, &running)
      var code = CURLE_OK
      let isDone = cc_multi_done(handle, transfer.easy, &code)
      if transfer.arrivals > arrivals {
        arrivals = transfer.arrivals
        lastArrival = clock.now
        if !look(transfer) { return }
      }
      if isDone {
        if let problem = transfer.problem(code) { throw problem }
        return
      }
      var wait = 60_000
      if call.timeout == nil {
        let silence = lastArrival.duration(to: clock.now) / .milliseconds(1)
        wait = call.silence - Int(silence)
        if wait <= 0 { throw .silent }
      }
      cc_multi_wait(handle, CInt(wait))
    }
  }
}
