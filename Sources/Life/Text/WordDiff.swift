/// The words that two versions of one line share.
enum WordDiff {
  /// Both lines as runs; nil where they share too little for that to be readable.
  static func runs(
    _ old: Substring, _ new: Substring
  ) -> (old: [TextDiff.Run], new: [TextDiff.Run])? {
    guard old.utf8.count < 20_000, new.utf8.count < 20_000 else { return nil }
    let left = words(old)
    let right = words(new)
    var names: [[UInt8]: Int32] = [:]
    func key(_ word: Substring) -> Int32 {
      let bytes = Array(word.utf8)
      if let known = names[bytes] { return known }
      let next = Int32(names.count)
      names[bytes] = next
      return next
    }
    let steps = EditScript.steps(from: left.map(key), to: right.map(key))
    var shared = 0
    var olds: [TextDiff.Run] = []
    var news: [TextDiff.Run] = []
    func put(_ text: Substring, _ change: TextDiff.Change, _ runs: inout [TextDiff.Run]) {
      if let last = runs.last, last.change == change {
        runs[runs.count - 1] = TextDiff.Run(change: change, text: last.text + text)
      } else {
        runs.append(TextDiff.Run(change: change, text: String(text)))
      }
    }
    for step in steps {
      switch step {
      case .keep(let old, _):
        shared += left[old].utf8.count
        put(left[old], .same, &olds)
        put(left[old], .same, &news)
      case .remove(let old): put(left[old], .removed, &olds)
      case .add(let new): put(right[new], .added, &news)
      }
    }
    // below a third in common, marks would be confetti
    guard 3 * shared >= min(old.utf8.count, new.utf8.count), shared > 0 else { return nil }
    return (olds, news)
  }

  /// Words, stretches of white space, and every other character alone.
  static func words(_ line: Substring) -> [Substring] {
    var words: [Substring] = []
    var start = line.startIndex
    while start < line.endIndex {
      let first = line[start]
      var end = line.index(after: start)
      if first.isLetterOrNumber {
        while end < line.endIndex, line[end].isLetterOrNumber { end = line.index(after: end) }
      } else if first.isWhitespace {
        while end < line.endIndex, line[end].isWhitespace { end = line.index(after: end) }
      }
      words.append(line[start..<end])
      start = end
    }
    return words
  }
}
