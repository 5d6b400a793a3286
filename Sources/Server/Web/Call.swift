#if Server
  internal import HTTPTypes
  internal import Hummingbird
  internal import Kernel
  internal import NIOCore
  internal import Wire

  /// One request on its way through the server.
  struct Call: Sendable {
    /// Given by who asks, or made; stands in the answer and in the log.
    let requestID: String
    let method: String
    /// Without the query.
    let path: String
    let query: String
    let headers: HTTPFields
    /// For limits and the audit; empty where it can't be told.
    let address: NetworkAddress?
    /// Of the path: `{id}`.
    var parameters: [(name: String, value: String)] = []
    /// The access token, and who has it, once it was checked.
    var token: String?
    var caller: Caller?
    var body: [UInt8] = []
    /// Calls back when the connection has gone; at once where it has.
    let whenGone: @Sendable (@escaping @Sendable () -> Void) -> Void

    init(_ request: Request, _ context: WebContext, address: NetworkAddress?, world: World) {
      let given = request.headers[.requestID].flatMap { Self.isFit($0) ? $0 : nil }
      requestID = given ?? world.newID().description
      method = request.method.rawValue
      path = request.uri.path
      query = request.uri.query ?? ""
      headers = request.headers
      self.address = address
      let gone = context.channel.closeFuture
      whenGone = { body in gone.whenComplete { _ in body() } }
    }

    /// Who stands behind the address.
    var customer: String { address?.customer ?? "" }

    /// Letters, digits, `-`, `_` and `.`, at most 64 of them: safe in a header and in a log.
    private static func isFit(_ id: String) -> Bool {
      (1...64).contains(id.utf8.count)
        && id.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
          default: false
          }
        }
    }

    /// What stands behind `Bearer` in the header; nil without one.
    static func bearer(_ headers: HTTPFields) -> String? {
      guard let text = headers[.authorization] else { return nil }
      let parts = text.split(separator: " ", omittingEmptySubsequences: true)
      guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
      return String(parts[1])
    }
  }
#endif
