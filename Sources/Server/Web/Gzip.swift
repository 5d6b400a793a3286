#if Server
  internal import CZlib

  /// Packs and unpacks bodies.
  enum Gzip {
    /// At level 1: fast, and nearly as small. nil where there is no memory.
    static func pack(_ plain: [UInt8]) -> [UInt8]? {
      let room = cz_gzip_bound(plain.count)
      var status: Int32 = 0
      let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        var length = 0
        status = cz_gzip(plain, plain.count, 1, buffer.baseAddress, room, &length)
        count = length
      }
      return status == Int32(CZ_DONE) ? packed : nil
    }
  }

  /// Unpacks a body as it comes, up to a limit.
  struct Gunzip: ~Copyable {
    private let stream: OpaquePointer
    private(set) var bytes: [UInt8] = []
    private let most: Int
    private var isDone = false

    enum Fault: Error { case damaged, tooLarge, noMemory }

    /// At most `most` bytes unpacked.
    init(most: Int) throws(Fault) {
      guard let stream = cz_gunzip_begin() else { throw .noMemory }
      self.stream = stream
      self.most = most
    }

    deinit { cz_end(stream) }

    /// Takes the next piece.
    mutating func take(_ piece: UnsafeRawBufferPointer) throws(Fault) {
      guard !piece.isEmpty else { return }
      guard !isDone, let start = piece.bindMemory(to: UInt8.self).baseAddress else {
        throw .damaged
      }
      var offset = 0
      while true {
        var used = 0
        var status: Int32 = 0
        let part = [UInt8](unsafeUninitializedCapacity: Self.step) { buffer, count in
          var length = 0
          status = cz_step(
            stream, start + offset, piece.count - offset, &used, buffer.baseAddress, Self.step,
            &length, false)
          count = length
        }
        offset += used
        guard bytes.count + part.count <= most else { throw .tooLarge }
        bytes += part
        switch Int(status) {
        case CZ_NO_ROOM: continue
        case CZ_HUNGRY: return
        case CZ_DONE:
          // Nothing may follow: what would it be?
          guard offset == piece.count else { throw .damaged }
          isDone = true
          return
        default: throw .damaged
        }
      }
    }

    /// All that was unpacked. Throws where the stream has no end.
    consuming func finish() throws(Fault) -> [UInt8] {
      guard isDone else { throw .damaged }
      return bytes
    }

    private static let step = 64 << 10
  }
#endif
