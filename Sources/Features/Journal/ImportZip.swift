internal import Glibc

/// A ZIP archive, of which single members are unpacked into memory: nothing is written anywhere, so
/// names in it can lead nowhere.
///
/// PKWARE's APPNOTE 6.3.10: stored and deflated members, with ZIP64.
struct ImportZip: Sendable {
  struct Member: Equatable, Sendable {
    let name: String
    let isDeflated: Bool
    let isEncrypted: Bool
    let packedSize: Int
    let size: Int
    let checksum: UInt32
    fileprivate let offset: Int
  }

  let path: String
  let members: [Member]

  private static let mostMembers = 1_000_000
  private static let mostDirectory = 256 << 20

  init(path: String) throws(ImportError) {
    self.path = path
    let file = try Reading(path)
    defer { file.close() }
    let tailSize = min(file.size, 65_557)
    let tail = try file.bytes(at: file.size - tailSize, tailSize)
    guard let end = tail.lastPlace(of: [0x50, 0x4B, 5, 6]), tail.count - end >= 22 else {
      throw .badArchive(path: path, reason: "it has no directory; the file may be cut off")
    }
    var count = tail.number(end + 10, 2)
    var size = tail.number(end + 12, 4)
    var start = tail.number(end + 16, 4)
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF, end >= 20,
      tail.number(end - 20, 4) == 0x0706_4B50
    {
      let place = tail.number(end - 12, 8)
      let wide = try file.bytes(at: place, 56)
      guard wide.number(0, 4) == 0x0606_4B50 else {
        throw .badArchive(path: path, reason: "its directory is damaged")
      }
      (count, size, start) = (wide.number(32, 8), wide.number(40, 8), wide.number(48, 8))
    }
    guard count <= Self.mostMembers, size <= Self.mostDirectory else {
      throw .badArchive(path: path, reason: "its directory is too large")
    }
    members = try Self.members(in: try file.bytes(at: start, size), count, path)
  }

  private static func members(
    in directory: [UInt8], _ count: Int, _ path: String
  ) throws(ImportError) -> [Member] {
    var members: [Member] = []
    var at = 0
    for _ in 0..<count {
      guard at + 46 <= directory.count, directory.number(at, 4) == 0x0201_4B50 else {
        throw .badArchive(path: path, reason: "its directory is damaged")
      }
      let nameEnd = at + 46 + directory.number(at + 28, 2)
      let extraEnd = nameEnd + directory.number(at + 30, 2)
      guard extraEnd <= directory.count else {
        throw .badArchive(path: path, reason: "its directory is damaged")
      }
      var sizes = [
        directory.number(at + 24, 4), directory.number(at + 20, 4), directory.number(at + 42, 4),
      ]
      widen(&sizes, from: directory[nameEnd..<extraEnd])
      let method = directory.number(at + 10, 2)
      if method == 0 || method == 8 {
        members.append(
          Member(
            name: String(decoding: directory[(at + 46)..<nameEnd], as: UTF8.self),
            isDeflated: method == 8, isEncrypted: directory.number(at + 8, 2) & 1 == 1,
            packedSize: sizes[1], size: sizes[0],
            checksum: UInt32(directory.number(at + 16, 4)), offset: sizes[2]))
      }
      at = extraEnd + directory.number(at + 32, 2)
    }
    return members
  }

  /// The ZIP64 part of a member's extra field replaces those of its numbers that are all ones.
  private static func widen(_ sizes: inout [Int], from extra: ArraySlice<UInt8>) {
    let extra = Array(extra)
    var at = 0
    while at + 4 <= extra.count {
      let end = at + 4 + extra.number(at + 2, 2)
      if extra.number(at, 2) == 1 {
        var place = at + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
          guard place + 8 <= min(end, extra.count) else { return }
          sizes[index] = extra.number(place, 8)
          place += 8
        }
      }
      at = end
    }
  }

  /// The unpacked bytes of a member, checked against its checksum; at most `limit`.
  func bytes(of member: Member, limit: Int = ImportLines.mostBytes) throws(ImportError) -> [UInt8] {
    func bad(_ reason: String) -> ImportError { .badArchive(path: path, reason: reason) }
    guard !member.isEncrypted else { throw bad("\(member.name) in it is encrypted") }
    guard member.size <= limit, member.packedSize <= limit else {
      throw .tooLarge(path: path + "/" + member.name, limit: limit)
    }
    let file = try Reading(path)
    defer { file.close() }
    let head = try file.bytes(at: member.offset, 30)
    guard head.number(0, 4) == 0x0403_4B50 else { throw bad("\(member.name) in it is damaged") }
    let start = member.offset + 30 + head.number(26, 2) + head.number(28, 2)
    let packed = try file.bytes(at: start, member.packedSize)
    let bytes: [UInt8]
    if member.isDeflated {
      // no more than it says of itself: an archive that lies about its size is stopped at once
      do { bytes = try Inflate.bytes(packed, limit: member.size) } catch {
        throw bad("\(member.name) in it is damaged")
      }
    } else {
      bytes = packed
    }
    guard bytes.count == member.size, Self.checksum(bytes) == member.checksum else {
      throw bad("\(member.name) in it is damaged")
    }
    return bytes
  }

  /// CRC-32 of ISO 3309, as ZIP and PNG use it.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
    return ~sum
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }
}

/// An open file that is read at places.
private struct Reading {
  let path: String
  let descriptor: Int32
  let size: Int

  init(_ path: String) throws(ImportError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ImportFile.failure(path) }
    size = Int(lseek(descriptor, 0, SEEK_END))
  }

  func close() { _ = Glibc.close(descriptor) }

  func bytes(at start: Int, _ count: Int) throws(ImportError) -> [UInt8] {
    guard start >= 0, count >= 0, start <= size, count <= size - start else {
      throw .badArchive(path: path, reason: "it points beyond its end; the file may be cut off")
    }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let read = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + done }, count - done, start + done)
      }
      guard read > 0 else { throw ImportFile.failure(path) }
      done += read
    }
    return bytes
  }
}

extension [UInt8] {
  /// A little-endian number of `count` bytes; numbers beyond `Int` become its greatest.
  fileprivate func number(_ at: Int, _ count: Int) -> Int {
    guard at >= 0, at + count <= self.count else { return 0 }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(self[at + index]) << UInt64(8 * index) }
    return Int(clamping: value)
  }

  fileprivate func lastPlace(of bytes: [UInt8]) -> Int? {
    guard count >= bytes.count else { return nil }
    return (0...(count - bytes.count)).last { self[$0..<($0 + bytes.count)].elementsEqual(bytes) }
  }
}
