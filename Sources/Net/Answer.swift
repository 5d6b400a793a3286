internal import Kernel
internal import Wire

/// What an HTTP answer says: a reply, or why there is none. Others than a lifeos server may have
/// answered: a login page of a hotel, a proxy, a router.
enum Answer {
  static func reply<Reply: WireMessage>(
    _ answer: HTTPAnswer, _ address: ServerAddress
  ) throws(APIError) -> Reply {
    let status = answer.head.status
    guard (200..<300).contains(status) else { throw error(answer, address) }
    let isEmpty = answer.body.isEmpty && Reply.self == Nothing.self
    guard isEmpty || answer.head.type == API.contentType else {
      throw foreign(answer.head, address)
    }
    do throws(WireError) {
      return try Reply(bytes: isEmpty ? Array("{}".utf8) : answer.body)
    } catch {
      throw TransportProblem.foreign(
        "\(address.host) answers what this lifeos does not understand"
          + " (\(error.path): \(error.reason))", status: status)
    }
  }

  /// The error that a refusal tells.
  static func error(_ answer: HTTPAnswer, _ address: ServerAddress) -> APIError {
    let head = answer.head
    if head.type == API.contentType {
      do throws(WireError) {
        var error = try APIError(status: head.status, bytes: answer.body)
        if error.retryAfter == nil { error.retryAfter = retryAfter(head) }
        if error.requestID == nil { error.requestID = head[API.requestIDHeader.lowercased()] }
        return error
      } catch {
        // JSON, but not ours.
      }
    }
    switch head.status {
    case 413: return known(head, .tooLarge, "\(address.host) does not take a message of that size")
    case 429: return known(head, .rateLimited, "\(address.host) is asked too often")
    case 500, 502, 503, 504:
      return known(head, .unavailable, "\(address.host) is out of order (status \(head.status))")
    default: return foreign(head, address)
    }
  }

  private static func known(_ head: HTTPHead, _ code: APIError.Code, _ text: String) -> APIError {
    APIError(status: head.status, code: code, message: text, retryAfter: retryAfter(head))
  }

  private static func foreign(_ head: HTTPHead, _ address: ServerAddress) -> APIError {
    if (300..<400).contains(head.status) {
      var error = TransportProblem.foreign(
        "\(address) sends on to another address", status: head.status)
      error.details["location"] = head["location"]
      return error
    }
    let what = head.type == "text/html" ? "a web page" : "something else"
    return TransportProblem.foreign(
      "\(address) is not a lifeos server: it answers with \(what) (status \(head.status))",
      status: head.status)
  }

  private static func retryAfter(_ head: HTTPHead) -> Int? {
    head[API.retryAfterHeader.lowercased()].flatMap { Int($0) }.map { min(max(0, $0), 86_400) }
  }
}
