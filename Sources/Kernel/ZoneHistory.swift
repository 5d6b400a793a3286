/// The offsets of a zone through time: transitions as a TZif file lists them, then a rule.
struct ZoneHistory: Sendable, Equatable {
  /// A kind of local time.
  struct LocalTime: Sendable, Equatable {
    /// Seconds east of UTC.
    var offset: Int
    var isSummer: Bool
    var abbreviation: String
  }

  /// Seconds since 1970, ascending.
  private let transitions: [Int64]
  /// By transition: the kind of time from then on.
  private let following: [UInt8]
  private let kinds: [LocalTime]
  let rule: ZoneRule?

  init(rule: ZoneRule) {
    (transitions, following, kinds, self.rule) = ([], [], [rule.standard], rule)
  }

  func kind(at seconds: Int64) -> LocalTime {
    if let rule, seconds >= transitions.last ?? .min { return rule.kind(at: seconds) }
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? kinds[0] : kinds[Int(following[low - 1])]
  }
}

extension ZoneHistory {
  /// nil where the bytes are not a whole and consistent TZif file of version 1 to 4.
  init?(tzif bytes: [UInt8]) {
    var reader = TZifReader(bytes)
    guard var header = reader.header() else { return nil }
    var width = 4
    if header.version > 1 {
      guard reader.skip(header.length(width: 4)), let second = reader.header() else { return nil }
      (header, width) = (second, 8)
    }
    guard header.kindCount > 0, let block = reader.take(header.length(width: width)) else {
      return nil
    }
    guard let body = Self.body(block, header, width: width) else { return nil }
    (transitions, following, kinds) = body
    rule = width == 8 ? reader.footer() : nil
  }

  private static func body(
    _ block: ArraySlice<UInt8>, _ header: TZifReader.Header, width: Int
  ) -> (transitions: [Int64], following: [UInt8], kinds: [LocalTime])? {
    let base = block.startIndex
    let count = header.transitionCount
    let transitions = (0..<count).map { TZifReader.integer(block, base + $0 * width, width) }
    guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    let indexes = base + count * width
    let following = Array(block[indexes..<indexes + count])
    guard following.allSatisfy({ Int($0) < header.kindCount }) else { return nil }
    let kindStart = indexes + count
    let names = kindStart + header.kindCount * 6
    let nameEnd = names + header.nameLength
    var kinds: [LocalTime] = []
    for index in 0..<header.kindCount {
      let at = kindStart + index * 6
      let offset = TZifReader.integer(block, at, 4)
      let name = names + Int(block[at + 5])
      guard abs(offset) < 7 * 86_400, block[at + 4] < 2, name < nameEnd else { return nil }
      let letters = block[name..<nameEnd].prefix { $0 != 0 }
      guard letters.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
      kinds.append(
        LocalTime(
          offset: Int(offset), isSummer: block[at + 4] == 1,
          abbreviation: String(decoding: letters, as: UTF8.self)))
    }
    return (transitions, following, kinds)
  }
}

/// The blocks of a TZif file. Nothing is read beyond the end.
struct TZifReader {
  struct Header {
    var version: Int
    var utcCount, standardCount, leapCount, transitionCount, kindCount, nameLength: Int

    /// The bytes of the block behind the header, with times of `width` bytes.
    func length(width: Int) -> Int {
      transitionCount * (width + 1) + kindCount * 6 + nameLength + leapCount * (width + 4)
        + standardCount + utcCount
    }
  }

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func header() -> Header? {
    guard let block = take(44), block.starts(with: [0x54, 0x5A, 0x69, 0x66]) else { return nil }
    let base = block.startIndex
    let version =
      switch block[base + 4] {
      case 0: 1
      case 0x32...0x34: Int(block[base + 4] - 0x30)
      default: 0
      }
    let counts = (0..<6).map { Int(Self.integer(block, base + 20 + $0 * 4, 4)) }
    // Counts that no file of a zone has would only cost memory.
    guard version > 0, counts.allSatisfy({ (0...100_000).contains($0) }), counts[4] <= 256 else {
      return nil
    }
    return Header(
      version: version, utcCount: counts[0], standardCount: counts[1], leapCount: counts[2],
      transitionCount: counts[3], kindCount: counts[4], nameLength: counts[5])
  }

  /// The rule between the last two newlines; nil where there is none that can be read.
  mutating func footer() -> ZoneRule? {
    guard let start = take(1), start.first == 10 else { return nil }
    let text = bytes[place...].prefix { $0 != 10 }
    guard place + text.count < bytes.count, !text.isEmpty else { return nil }
    return ZoneRule(String(decoding: text, as: UTF8.self))
  }

  mutating func skip(_ count: Int) -> Bool { take(count) != nil }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= bytes.count - place else { return nil }
    defer { place += count }
    return bytes[place..<place + count]
  }

  /// A signed number of 4 or 8 bytes, big endian.
  static func integer(_ block: ArraySlice<UInt8>, _ at: Int, _ width: Int) -> Int64 {
    var value: UInt64 = block[at] & 0x80 != 0 ? .max : 0
    for byte in block[at..<at + width] { value = value << 8 | UInt64(byte) }
    return Int64(bitPattern: value)
  }
}
