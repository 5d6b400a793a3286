/// Unpacks DEFLATE data (RFC 1951), never into more than a given number of bytes.
struct Inflate {
  enum Problem: Error, Equatable { case damaged, tooLong }

  /// The unpacked bytes.
  static func bytes(_ packed: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
    var inflate = Inflate(packed: packed, limit: limit)
    return try inflate.run()
  }

  private let packed: [UInt8]
  private let limit: Int
  private var at = 0
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var out: [UInt8] = []

  private init(packed: [UInt8], limit: Int) {
    self.packed = packed
    self.limit = limit
    out.reserveCapacity(min(limit, packed.count * 4))
  }

  private mutating func run() throws(Problem) -> [UInt8] {
    while true {
      let isLast = try take(1) == 1
      switch try take(2) {
      case 0: try stored()
      case 1: try codes(Self.fixedLiterals, Self.fixedDistances)
      case 2:
        let (literals, distances) = try tables()
        try codes(literals, distances)
      default: throw .damaged
      }
      if isLast { return out }
    }
  }

  private mutating func need(_ count: Int) throws(Problem) {
    while bitCount < count {
      guard at < packed.count else { throw .damaged }
      bits |= UInt32(packed[at]) << UInt32(bitCount)
      at += 1
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) throws(Problem) -> Int {
    if count == 0 { return 0 }
    try need(count)
    let value = bits & (1 << UInt32(count) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func stored() throws(Problem) {
    bits = 0
    bitCount = 0
    guard at + 4 <= packed.count else { throw .damaged }
    let length = Int(packed[at]) | Int(packed[at + 1]) << 8
    let check = Int(packed[at + 2]) | Int(packed[at + 3]) << 8
    at += 4
    guard length == ~check & 0xFFFF, at + length <= packed.count else { throw .damaged }
    guard out.count + length <= limit else { throw .tooLong }
    out.append(contentsOf: packed[at..<(at + length)])
    at += length
  }

  /// One symbol of a code; codes are looked up whole, 15 bits at a time.
  private mutating func symbol(_ code: Code) throws(Problem) -> Int {
    while bitCount < 15, at < packed.count {
      bits |= UInt32(packed[at]) << UInt32(bitCount)
      at += 1
      bitCount += 8
    }
    let found = code.table[Int(bits & 0x7FFF)]
    let length = Int(found & 15)
    guard length > 0, length <= bitCount else { throw .damaged }
    bits >>= UInt32(length)
    bitCount -= length
    return Int(found >> 4)
  }

  private mutating func codes(_ literals: Code, _ distances: Code) throws(Problem) {
    while true {
      let symbol = try symbol(literals)
      if symbol < 256 {
        guard out.count < limit else { throw .tooLong }
        out.append(UInt8(symbol))
      } else if symbol == 256 {
        return
      } else {
        try copy(symbol - 257, distances)
      }
    }
  }

  private mutating func copy(_ kind: Int, _ distances: Code) throws(Problem) {
    guard kind < Self.lengths.count else { throw .damaged }
    let length = Self.lengths[kind] + (try take(Self.lengthBits[kind]))
    let far = try symbol(distances)
    guard far < Self.distances.count else { throw .damaged }
    let distance = Self.distances[far] + (try take(Self.distanceBits[far]))
    guard distance <= out.count else { throw .damaged }
    guard out.count + length <= limit else { throw .tooLong }
    for _ in 0..<length { out.append(out[out.count - distance]) }
  }

  /// The codes of a block that brings its own.
  private mutating func tables() throws(Problem) -> (Code, Code) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let lengthCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw .damaged }
    var lengths = [UInt8](repeating: 0, count: 19)
    for place in Self.lengthOrder.prefix(lengthCount) { lengths[place] = UInt8(try take(3)) }
    guard let code = Code(lengths) else { throw .damaged }
    var all: [UInt8] = []
    while all.count < literalCount + distanceCount {
      let symbol = try symbol(code)
      switch symbol {
      case 0..<16: all.append(UInt8(symbol))
      case 16:
        guard let last = all.last else { throw .damaged }
        all.append(contentsOf: repeatElement(last, count: 3 + (try take(2))))
      case 17: all.append(contentsOf: repeatElement(0, count: 3 + (try take(3))))
      default: all.append(contentsOf: repeatElement(0, count: 11 + (try take(7))))
      }
    }
    guard all.count == literalCount + distanceCount, all[256] > 0,
      let literals = Code(Array(all[..<literalCount])),
      let distances = Code(Array(all[literalCount...]))
    else { throw .damaged }
    return (literals, distances)
  }

  /// A canonical prefix code as a table of all 15-bit beginnings: symbol << 4 | length, 0 for none.
  private struct Code {
    let table: [UInt16]

    /// nil where more codes are asked for than there are.
    init?(_ lengths: [UInt8]) {
      var counts = [Int](repeating: 0, count: 16)
      for length in lengths where length > 0 { counts[Int(length)] += 1 }
      var left = 1
      var next = [Int](repeating: 0, count: 16)
      var code = 0
      for length in 1...15 {
        left = left << 1 - counts[length]
        guard left >= 0 else { return nil }
        next[length] = code
        code = (code + counts[length]) << 1
      }
      var table = [UInt16](repeating: 0, count: 1 << 15)
      for (symbol, length) in lengths.enumerated() where length > 0 {
        let length = Int(length)
        let reversed = Self.reversed(next[length], length)
        next[length] += 1
        for place in stride(from: reversed, to: 1 << 15, by: 1 << length) {
          table[place] = UInt16(symbol << 4 | length)
        }
      }
      self.table = table
    }

    private static func reversed(_ code: Int, _ length: Int) -> Int {
      var (code, reversed) = (code, 0)
      for _ in 0..<length {
        reversed = reversed << 1 | code & 1
        code >>= 1
      }
      return reversed
    }
  }

  private static let fixedLiterals = fixed(
    (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = fixed([UInt8](repeating: 5, count: 30))

  private static func fixed(_ lengths: [UInt8]) -> Code {
    guard let code = Code(lengths) else { preconditionFailure("RFC 1951's fixed codes are whole") }
    return code
  }

  private static let lengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
}
