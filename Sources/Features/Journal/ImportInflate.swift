internal import CZlib

/// Unpacks DEFLATE data (RFC 1951) by zlib, never into more than a given number of bytes.
enum Inflate {
  enum Problem: Error, Equatable { case damaged, tooLong }

  /// The unpacked bytes.
  static func bytes(_ packed: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
    // One byte more than allowed shows that there is more; memory grows only with what is there.
    var room = min(limit + 1, max(4096, packed.count * 4))
    while true {
      var length = 0
      var result = Int32(CZ_DAMAGED)
      let out = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        result = cz_inflate(packed, packed.count, buffer.baseAddress, room, &length)
        count = length
      }
      switch result {
      case Int32(CZ_DONE):
        if out.count > limit { throw .tooLong }
        return out
      case Int32(CZ_NO_ROOM):
        if room > limit { throw .tooLong }
        room = min(limit + 1, room * 4)
      default: throw .damaged
      }
    }
  }
}
