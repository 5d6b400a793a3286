internal import Crypto
internal import Kernel

/// What renews a session: 256 bits that the server knows only as their SHA-256.
struct RefreshToken: Equatable {
  /// 64 hexadecimal digits.
  let text: String

  /// A new session's first one: random.
  init() { text = Hexadecimal.text(Secrets.random(32)) }

  /// The one that follows when generation `gen` begins: the same for the same `idem`, so that a lost
  /// response can be repeated without keeping any token.
  init(of session: EntryID, gen: Int64, idem: [UInt8], secret: SymmetricKey) {
    var bytes = Array("lifeos refresh".utf8) + session.bytes
    withUnsafeBytes(of: gen.bigEndian) { bytes += $0 }
    bytes += idem
    text = Hexadecimal.text(HMAC<SHA256>.authenticationCode(for: bytes, using: secret))
  }

  var hash: [UInt8] { Self.hash(text) }

  static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
