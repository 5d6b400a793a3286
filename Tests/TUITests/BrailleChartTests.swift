import Kernel
import TUI
import Testing

@Suite struct BrailleChartTests {
  private func drawn(
    _ chart: BrailleChart, _ width: Int, _ height: Int
  ) -> (surface: Surface, rows: Int) {
    var surface = Surface(size: Size(width: width, height: height))
    let rows = chart.draw(on: &surface, in: surface.bounds)
    return (surface, rows)
  }

  @Test func `a line rises from the first to the last value`() {
    let chart = BrailleChart(
      [.init([0, 1, 2, 3, 4])], first: "w1", last: "w5")
    let (surface, rows) = drawn(chart, 12, 4)
    #expect(rows == 4)
    #expect(surface.lines == ["4       ⢀⡠⠔⠊", "     ⣀⠔⠊⠁", "0 ⡠⠔⠉", "  w1 0  w5 4"])
    #expect(surface[2, 2].role == .accent)
  }

  @Test func `the scale is round and holds all values`() {
    let scores: [Double?] = [13, 8, 13, 17, 11, 13, 18, 7, 15, 16, 12, 16]
    let lines = drawn(BrailleChart([.init(scores)]), 40, 6).surface.lines
    #expect(lines[0].hasPrefix("20 "))
    #expect(lines[4].hasPrefix(" 5 "))
    let below = drawn(BrailleChart([.init([-7, -3, 2])]), 40, 6).surface.lines
    #expect(below[4].hasPrefix("−9 ") || below[4].hasPrefix("−10"))
  }

  @Test func `a missing value is a gap`() {
    let lines = drawn(BrailleChart([.init([1, 1, nil, 1, 1])]), 12, 2).surface.lines
    let dots = lines[0].dropFirst(2).map { $0 == " " }
    #expect(dots.contains(true), "\(lines)")
    #expect(dots.first == false && dots.last == false)
  }

  @Test func `values that are all alike, one alone, and none`() {
    #expect(drawn(BrailleChart([.init([5, 5, 5])]), 20, 5).rows == 5)
    let one = drawn(BrailleChart([.init([5])]), 20, 5).surface.lines.joined()
    #expect(one.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    #expect(drawn(BrailleChart([.init([nil, .nan, .infinity])]), 20, 5).rows == 0)
    #expect(drawn(BrailleChart([]), 20, 5).rows == 0)
  }

  @Test func `six rows at most, and whatever the room, nothing breaks`() {
    let chart = BrailleChart([.init((0..<600).map { Double($0 % 37) })], first: "a", last: "b")
    #expect(drawn(chart, 80, 30).rows == BrailleChart.mostRows + 1)
    for width in 0...30 {
      for height in 0...8 { #expect(drawn(chart, width, height).rows <= height) }
    }
    let wild = BrailleChart([.init([-.greatestFiniteMagnitude, .greatestFiniteMagnitude])])
    #expect(drawn(wild, 60, 6).rows == 6)
  }

  @Test func `in ASCII there is nothing else`() {
    let chart = BrailleChart(
      [.init([1, 9, 2, nil, 4, 5, 6]), .init([3, 3, 3, 3], .seriesTwo, isDashed: true)],
      first: "w1", last: "w7", isASCII: true)
    let (surface, _) = drawn(chart, 30, 6)
    #expect(surface.lines.joined().utf8.allSatisfy { $0 < 0x80 })
    #expect(surface.lines.joined().contains("|"))
  }

  @Test func `two lines share a cell`() {
    let chart = BrailleChart([.init([0, 4]), .init([4, 0], .seriesTwo)])
    let lines = drawn(chart, 6, 2).surface.lines
    #expect(lines[0].hasSuffix("⢎⡱") || lines[0].count >= 4, "\(lines)")
    let bits = lines[0].unicodeScalars.filter { (0x2800...0x28FF).contains($0.value) }
    #expect(bits.contains { ($0.value & 0xFF).nonzeroBitCount >= 3 })
  }
}
