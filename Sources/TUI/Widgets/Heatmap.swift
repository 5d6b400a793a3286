package import Kernel
package struct Heatmap { package init(year: Int, levels: [Day: Int], skipped: Set<Day>, cursor: Day, today: Day, weekStart: Int, isASCII: Bool) {}
 package func draw(on s: inout Surface, in r: Rect) -> Int { 0 } }
