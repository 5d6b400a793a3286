internal import Crypto
package import Kernel

/// The hashes that devices compare: sync.md, sections 3 and 5.
enum Digest {
  /// h64(space, coll, id, field, t, op): a space's digest is the sum of these over its registers.
  static func register(
    _ space: EntryID, _ kind: Kind, _ id: EntryID, _ field: String, _ author: Authorship
  ) -> UInt64 {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(128)
    append(space, to: &bytes)
    append(kind.name.utf8, to: &bytes)
    append(id, to: &bytes)
    append(field.utf8, to: &bytes)
    append(length: 8, to: &bytes)
    append(author.stamp.bits, to: &bytes)
    append(author.op, to: &bytes)
    return h64(bytes)
  }

  /// The id of a row with a natural key: `kind|part|part`, under a seed that all personal spaces
  /// share, so that devices agree before they have met.
  static func derivedID(_ kind: Kind, _ parts: [String]) -> EntryID {
    let text = ([kind.name] + parts).joined(separator: "|")
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: personalSeed)
    guard let id = EntryID(digest: code) else { preconditionFailure("SHA-256 has 32 bytes") }
    return id
  }

  private static let personalSeed = SymmetricKey(data: Array("lifeos personal space 1".utf8))

  /// The first 8 bytes of SHA-256, big endian.
  private static func h64(_ bytes: [UInt8]) -> UInt64 {
    SHA256.hash(data: bytes).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func append(_ text: String.UTF8View, to bytes: inout [UInt8]) {
    append(length: text.count, to: &bytes)
    bytes += text
  }

  private static func append(_ id: EntryID, to bytes: inout [UInt8]) {
    append(length: 16, to: &bytes)
    append(id.high, to: &bytes)
    append(id.low, to: &bytes)
  }

  /// Four bytes before each argument, so that no two lists of arguments run together.
  private static func append(length: Int, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian) { bytes += $0 }
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: word.bigEndian) { bytes += $0 }
  }
}

extension Store {
  /// The id of a row with a natural key: UUIDv8(HMAC-SHA-256(space seed, key)); the key begins with
  /// the kind's name, its parts joined by `|`.
  package func derivedID(_ kind: Kind, _ key: String...) -> EntryID {
    Digest.derivedID(kind, key)
  }
}
