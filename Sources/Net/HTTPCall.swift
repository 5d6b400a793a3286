/// One HTTP request, and what of an answer is taken.
struct HTTPCall: Sendable {
  /// How far a call goes.
  enum Purpose: Sendable {
    /// A request, to a server that has proven who it is.
    case exchange
    /// A TLS handshake with proof, and nothing behind it.
    case handshake
    /// A TLS handshake to see who is there. Nothing is ever sent behind it, so that nobody needs to
    /// have proven anything.
    case look
  }

  var purpose = Purpose.exchange
  var method = "GET"
  let address: ServerAddress
  /// With a leading slash.
  var path = "/"
  var headers: [(name: String, value: String)] = []
  var body: [UInt8]?
  /// Milliseconds for the whole call; nil for a stream, which ends by `silence`.
  var timeout: Int? = 30_000
  /// Milliseconds without a byte after which a stream counts as broken.
  var silence = 60_000
  /// The most bytes of the answer's body, unpacked.
  var mostBytes = 1 << 20
  var trust = ServerTrust.system

  init(_ address: ServerAddress) { self.address = address }
}

/// The first part of an answer.
struct HTTPHead: Sendable {
  let status: Int
  /// Names in lower case.
  let headers: [(name: String, value: String)]

  /// The last header of that name.
  subscript(name: String) -> String? { headers.last { $0.name == name }?.value }

  /// The media type without parameters, in lower case.
  var type: String {
    let type = (self["content-type"] ?? "").prefix { $0 != ";" }
    return type.filter { !$0.isWhitespace }.lowercased()
  }
}

/// A whole answer.
struct HTTPAnswer: Sendable {
  let head: HTTPHead
  let body: [UInt8]
}
