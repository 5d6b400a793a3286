internal import Testing

@testable internal import Life

struct TextDiffTests {
  private func sides(_ diff: TextDiff) -> (old: String, new: String) {
    (
      diff.lines.filter { $0.change != .added }.map(\.text).joined(separator: "\n"),
      diff.lines.filter { $0.change != .removed }.map(\.text).joined(separator: "\n")
    )
  }

  private func show(_ diff: TextDiff) -> [String] {
    diff.lines.map { line in
      let sign = line.change == .same ? " " : line.change == .added ? "+" : "-"
      return sign + line.runs.map { $0.change == .same ? $0.text : "[\($0.text)]" }.joined()
    }
  }

  @Test func `a changed word is shown within its line`() {
    let diff = TextDiff(from: "one\nthe red house\nend", to: "one\nthe blue house\nend")
    #expect(show(diff) == [" one", "-the [red] house", "+the [blue] house", " end"])
    #expect(diff.counts == (1, 1))
  }

  @Test func `lines that share too little are shown whole`() {
    let diff = TextDiff(from: "apples", to: "pears are sweet")
    #expect(show(diff) == ["-[apples]", "+[pears are sweet]"])
  }

  @Test func `added and removed lines stand where they belong`() {
    #expect(show(TextDiff(from: "a\nb\nc", to: "a\nc\nd")) == [" a", "-[b]", " c", "+[d]"])
  }

  @Test func `an excerpt leaves out what lies far from a change`() {
    let old = (0..<20).map { "line \($0)" }
    var new = old
    new[10] = "another"
    let excerpt = TextDiff(from: old.joined(separator: "\n"), to: new.joined(separator: "\n"))
      .excerpt(context: 1)
    #expect(excerpt.map { $0?.text } == [nil, "line 9", "line 10", "another", "line 11", nil])
  }

  @Test func `both sides can be read back from any diff, byte for byte`() {
    var random = SystemRandomNumberGenerator()
    let pieces = ["a", "b", "the ", "\n", "\n", "\r\n", "é", "e\u{301}", "  ", "👨‍👩‍👧", ".", "word"]
    for _ in 0..<1000 {
      func text() -> String {
        (0..<Int.random(in: 0...30, using: &random)).map { _ in
          pieces.randomElement(using: &random)!
        }.joined()
      }
      let (old, new) = (text(), text())
      let (left, right) = sides(TextDiff(from: old, to: new))
      #expect(Array(left.utf8) == Array(old.utf8))
      #expect(Array(right.utf8) == Array(new.utf8))
    }
  }

  @Test func `a diff of lines is as short as one can be`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      func text() -> [Int32] {
        (0..<Int.random(in: 0...12, using: &random)).map { _ in
          Int32.random(in: 0...3, using: &random)
        }
      }
      let (old, new) = (text(), text())
      var common = [[Int]](
        repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
      for i in old.indices.reversed() {
        for j in new.indices.reversed() {
          common[i][j] =
            old[i] == new[j] ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
        }
      }
      let kept = EditScript.steps(from: old, to: new).filter {
        if case .keep = $0 { true } else { false }
      }
      #expect(kept.count == common[0][0])
    }
  }

  @Test func `huge texts that share nothing are replaced as a whole`() {
    let old = (0..<20_000).map { "old \($0)" }.joined(separator: "\n")
    let new = (0..<20_000).map { "new \($0)" }.joined(separator: "\n")
    let diff = TextDiff(from: old, to: new)
    #expect(diff.counts == (20_000, 20_000))
    let (left, right) = sides(diff)
    #expect(left == old && right == new)
  }
}
