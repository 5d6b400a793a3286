internal import Glibc

/// Offsets of UTF-8 in a native string, and the graphemes around them. All take constant time but
/// for the length of the grapheme.
extension String {
  func index(at offset: Int) -> Index { utf8.index(startIndex, offsetBy: offset) }

  func offset(of index: Index) -> Int { utf8.distance(from: startIndex, to: index) }

  /// The end of the grapheme at `offset`, which is before the end.
  func graphemeEnd(at offset: Int) -> Int { self.offset(of: index(after: index(at: offset))) }

  /// The start of the grapheme that ends at `offset`, which is after the start.
  func graphemeStart(before offset: Int) -> Int {
    self.offset(of: index(before: index(at: offset)))
  }

  /// `offset`, or the end of the grapheme that it would cut.
  func boundary(from offset: Int) -> Int {
    if offset <= 0 { return 0 }
    if offset >= utf8.count { return utf8.count }
    let end = graphemeEnd(at: offset)
    return graphemeStart(before: end) == offset ? offset : end
  }

  func text(_ range: Range<Int>) -> Substring {
    self[index(at: range.lowerBound)..<index(at: range.upperBound)]
  }

  func holds(byte: UInt8) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false
    } ?? utf8.contains(byte)
  }

  /// The pieces between the newlines, at least one.
  var linesOfText: [String] {
    let pieces = utf8.withContiguousStorageIfAvailable { bytes in
      guard let base = bytes.baseAddress else { return [""] }
      var pieces: [String] = []
      var start = 0
      while let found = memchr(base + start, 10, bytes.count - start) {
        let end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
        start = end + 1
      }
      pieces.append(String(decoding: bytes[start...], as: UTF8.self))
      return pieces
    }
    return pieces ?? split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
