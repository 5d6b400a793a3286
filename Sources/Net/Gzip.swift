internal import CZlib

/// The gzip format (RFC 1952), by zlib.
package enum Gzip {
  /// Why bytes were not unpacked.
  package enum Problem: Error, Hashable, Sendable { case damaged, tooLong }

  /// The packed bytes, at the fastest level; nil where there is no memory for it.
  package static func pack(_ plain: [UInt8]) -> [UInt8]? {
    let room = cz_gzip_bound(plain.count)
    var isDone = false
    let packed = [UInt8](unsafeUninitializedCapacity: room) { out, count in
      var length = 0
      isDone = cz_gzip(plain, plain.count, 1, out.baseAddress, room, &length) == Int32(CZ_DONE)
      count = length
    }
    return isDone ? packed : nil
  }

  /// The unpacked bytes of exactly one gzip stream, never more than `limit` of them: memory grows
  /// only with what is there.
  package static func unpack(_ packed: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
    guard let stream = cz_gunzip_begin() else { throw .damaged }
    defer { cz_end(stream) }
    var plain: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 32 << 10)
    var taken = 0
    while true {
      var used = 0
      var length = 0
      let result = packed.withUnsafeBufferPointer { packed in
        cz_step(
          stream, packed.baseAddress.map { $0 + taken }, packed.count - taken, &used, &piece,
          piece.count, &length, false)
      }
      taken += used
      guard plain.count + length <= limit else { throw .tooLong }
      plain += piece[..<length]
      switch result {
      case Int32(CZ_DONE):
        guard taken == packed.count else { throw .damaged }
        return plain
      case Int32(CZ_NO_ROOM): continue
      default: throw .damaged
      }
    }
  }
}
