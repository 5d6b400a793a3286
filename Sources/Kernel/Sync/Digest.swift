internal import Crypto

/// The hashes by which devices and server compare what they hold: sync.md, sections 3 and 5.
package enum Digest {
  /// h64(space, coll, id, field, t, op): a space's digest is the sum of these over its registers,
  /// modulo 2^64.
  package static func register(
    _ space: EntryID, _ kind: Kind, _ id: EntryID, _ field: String, _ author: Authorship
  ) -> UInt64 {
    var hashed = Hashed()
    hashed.add(space)
    hashed.add(kind.name)
    hashed.add(id)
    hashed.add(field)
    hashed.add(author.stamp.bits)
    hashed.add(author.op)
    return hashed.h64
  }

  /// h64(coll, id, f, b, x) over canonical JSON: what an operation says, whatever its stamp. Empty
  /// `bases` count as an empty text.
  package static func payload(
    _ kind: Kind, _ row: EntryID, fields: String, bases: String, group: EntryID
  ) -> UInt64 {
    var hashed = Hashed()
    hashed.add(kind.name)
    hashed.add(row)
    hashed.add(fields)
    hashed.add(bases)
    hashed.add(group)
    return hashed.h64
  }

  /// chain(seq) = h64(chain(seq - 1), op, t, h); before the first operation it is 0.
  package static func chain(
    after last: UInt64, _ op: EntryID, _ stamp: Stamp, payload: UInt64
  ) -> UInt64 {
    var hashed = Hashed()
    hashed.add(last)
    hashed.add(op)
    hashed.add(stamp.bits)
    hashed.add(payload)
    return hashed.h64
  }

  /// The id of the log row that stands for one field of an operation which a device gives back:
  /// UUIDv8(SHA-256(op, field)).
  package static func repairID(_ op: EntryID, _ field: String) -> EntryID {
    var hashed = Hashed()
    hashed.add(op)
    hashed.add(field)
    guard let id = EntryID(digest: SHA256.hash(data: hashed.bytes)) else {
      preconditionFailure("SHA-256 has 32 bytes")
    }
    return id
  }

  /// The id of a row with a natural key: `kind|part|part`, under a seed that all personal spaces
  /// share, so that devices agree before they have met.
  package static func derivedID(_ kind: Kind, _ parts: [String]) -> EntryID {
    let text = ([kind.name] + parts).joined(separator: "|")
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: personalSeed)
    guard let id = EntryID(digest: code) else { preconditionFailure("SHA-256 has 32 bytes") }
    return id
  }

  /// The same within a group's space: `parts` are the member and the row's own key, joined so that
  /// nobody can make another member's row (see `OwnedRow`).
  package static func derivedID(
    _ kind: Kind, member: EntryID, key: String, in space: EntryID
  ) -> EntryID {
    let text = "\(kind.name)|\(member)|\(key)"
    let code = HMAC<SHA256>.authenticationCode(
      for: Array(text.utf8), using: SymmetricKey(data: space.bytes))
    guard let id = EntryID(digest: code) else { preconditionFailure("SHA-256 has 32 bytes") }
    return id
  }

  private static let personalSeed = SymmetricKey(data: Array("lifeos personal space 1".utf8))
}

/// Arguments on their way into a hash: four bytes of length before each, so that no two lists of
/// arguments run together.
private struct Hashed {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(160) }

  /// The first 8 bytes of SHA-256, big endian.
  var h64: UInt64 {
    SHA256.hash(data: bytes).withUnsafeBytes {
      UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self))
    }
  }

  mutating func add(_ text: String) {
    length(text.utf8.count)
    bytes += text.utf8
  }

  mutating func add(_ id: EntryID) {
    length(16)
    word(id.high)
    word(id.low)
  }

  mutating func add(_ number: UInt64) {
    length(8)
    word(number)
  }

  private mutating func length(_ count: Int) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: count).bigEndian) { bytes += $0 }
  }

  private mutating func word(_ word: UInt64) {
    withUnsafeBytes(of: word.bigEndian) { bytes += $0 }
  }
}
