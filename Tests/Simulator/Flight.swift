internal import Kernel

/// Something on its way between a device and the server.
enum Flight {
  /// A request with the machine that waits for its reply.
  struct Sent {
    let machine: Int
    let request: ExchangeRequest
    let sentAt: Int64
    /// It is the one retry after a stale number.
    var isRetry = false
  }

  case request(Sent)
  case reply(Sent, Host.Answer)

  var isRequest: Bool {
    if case .request = self { true } else { false }
  }

  func isReply(to machine: Int) -> Bool {
    if case .reply(let sent, _) = self { sent.machine == machine } else { false }
  }
}
