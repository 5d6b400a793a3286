import Kernel
import TUI
import Testing

@Suite struct WidgetTests {
  private func day(_ month: Int, _ day: Int) -> Day { Day(2026, month, day)! }

  private func map(cursor: Day, isASCII: Bool = false, weekStart: Int = 1) -> Heatmap {
    Heatmap(
      year: 2026, levels: [day(1, 1): 1, day(1, 2): 4, day(1, 7): 2, day(1, 8): 3],
      skipped: [day(1, 4), day(1, 1)], cursor: cursor, today: day(1, 10), weekStart: weekStart,
      isASCII: isASCII)
  }

  private func drawn(_ map: Heatmap, _ width: Int, _ height: Int = 8) -> Surface {
    var surface = Surface(size: Size(width: width, height: height))
    map.draw(on: &surface, in: surface.bounds)
    return surface
  }

  @Test func `a year is drawn by weeks and days`() {
    let surface = drawn(map(cursor: day(1, 8)), 110)
    #expect(
      surface.lines.map { String($0.prefix(12)) } == [
        "    Jan     ", "Mon   ·", "      ·", "Wed   ▃", "    ▁ ▅", "Fri ▇ ·", "    · ·",
        "Sun –",
      ])
    #expect(surface.lines[0].contains("Dec"))
    #expect(surface.cursor == Point(x: 6, y: 4))
    #expect(surface[6, 4].ground == .selection)
    #expect(surface[6, 4].role == .accent)
    #expect(surface[6, 6].role == .strong)
  }

  @Test func `a year in ASCII, its weeks from Sunday`() {
    let surface = drawn(map(cursor: day(1, 8), isASCII: true, weekStart: 0), 110)
    #expect(
      surface.lines.map { String($0.prefix(8)) } == [
        "    Jan ", "Sun   -", "      .", "Tue   .", "      +", "Thu : *", "    # .", "Sat . .",
      ])
  }

  @Test func `where it does not fit, the weeks around the cursor are shown`() {
    for width in 0...120 {
      for cursor in [day(1, 1), day(6, 15), day(12, 31)] {
        let surface = drawn(map(cursor: cursor), width)
        if width >= 7 {
          #expect(surface.cursor != nil, "\(cursor) at \(width)")
        }
      }
    }
  }

  @Test func `a click finds the day that is drawn there`() throws {
    for width in [40, 60, 120] {
      for number in day(1, 1).number...day(12, 31).number {
        let map = map(cursor: Day(number: number))
        let surface = drawn(map, width)
        let point = try #require(surface.cursor)
        #expect(map.day(at: point, in: surface.bounds) == Day(number: number))
      }
    }
    #expect(
      map(cursor: day(1, 1)).day(at: Point(x: 0, y: 0), in: Rect(x: 0, y: 0, width: 60, height: 8))
        == nil)
  }

  @Test func `every year has its days, however it begins`() {
    for year in [1, 2000, 2012, 2024, 2028, 9999] {
      for start in 0..<7 {
        let last = Day(year, 12, 31)!
        let map = Heatmap(
          year: year, levels: [last: 4], cursor: last, today: last, weekStart: start)
        #expect(drawn(map, 58).cursor != nil)
      }
    }
  }

  @Test func `a sparkline spans its own range`() {
    #expect(Sparkline.text([1, 2, 3, 4, 5, 6, 7, 8]) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([10, nil, 20]) == "▁·█")
    #expect(Sparkline.text([5, 5, 5]) == "▄▄▄")
    #expect(Sparkline.text([1, 2, 3], width: 2) == "▁█")
    #expect(Sparkline.text([nil, .nan, .infinity]) == "···")
    #expect(Sparkline.text([-.greatestFiniteMagnitude, 0, .greatestFiniteMagnitude]) == "▁▅█")
    #expect(Sparkline.text([1, nil, 2], isASCII: true) == "_ @")
    #expect(Sparkline.text([]) == "")
  }

  @Test func `a bar and its track fill the width`() {
    #expect(BarTrack.parts(0.5, width: 4) == ("██", "··"))
    #expect(BarTrack.parts(0.6, width: 4) == ("██▍", "·"))
    #expect(BarTrack.parts(7, width: 3) == ("███", ""))
    #expect(BarTrack.parts(-1, width: 3) == ("", "···"))
    #expect(BarTrack.parts(.nan, width: 2) == ("", "··"))
    #expect(BarTrack.parts(0.5, width: 4, isASCII: true) == ("##", ".."))
    for step in 0...200 {
      let (bar, track) = BarTrack.parts(Double(step) / 200, width: 13)
      #expect(Width.of(bar) + Width.of(track) == 13)
    }
  }

  @Test func `a thumb touches an end only where the list does`() throws {
    #expect(Scrollbar(total: 10, first: 0).thumb(height: 10) == nil)
    for height in 3...30 {
      for total in height + 1...100 {
        for first in 0...(total - height) {
          let thumb = try #require(Scrollbar(total: total, first: first).thumb(height: height))
          #expect(thumb.lowerBound >= 0 && thumb.upperBound <= height && !thumb.isEmpty)
          if height - thumb.count > 1 {
            #expect((thumb.lowerBound == 0) == (first == 0))
            #expect((thumb.upperBound == height) == (first == total - height))
          }
        }
      }
    }
    #expect(Scrollbar(total: 100, first: 0).first(atRow: 9, height: 10) == 90)
  }

  @Test func `a scrollbar stands in the last column`() {
    var surface = Surface(size: Size(width: 3, height: 4))
    Scrollbar(total: 8, first: 4).draw(on: &surface, in: surface.bounds)
    #expect(surface.lines == ["  │", "  │", "  ┃", "  ┃"])
  }

  @Test func `roles stay with their words when wrapped`() {
    var text = StyledText("the fog over ")
    text.append("the water", .match)
    text.append(SafeText(lines: " lay\nstill"))
    let rows = text.rows(width: 14)
    #expect(rows.map(\.text.string) == ["the fog over", "the water lay", "still"])
    #expect(rows[1].runs == [.init("the water", .match), .init(" lay")])
    var surface = Surface(size: Size(width: 14, height: 1))
    rows[1].draw(on: &surface, at: Point(x: 0, y: 0), in: surface.bounds)
    #expect(surface.lines == ["the water lay"])
    #expect(surface[0, 0].role == .match)
    #expect(surface[10, 0].role == .text)
  }
}
