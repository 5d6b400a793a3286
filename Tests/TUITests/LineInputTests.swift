import Kernel
import TUI
import Testing

@Suite struct LineInputTests {
  private func drawn(_ input: LineInput, _ width: Int) -> Surface {
    var surface = Surface(size: Size(width: width, height: 1))
    input.draw(on: &surface, in: surface.bounds)
    return surface
  }

  @Test func `keys are typed, Enter and Escape are not`() {
    var input = LineInput()
    let typed: [Key] = "héllo".map { .character($0) }
    let others = [Key(.enter), Key(.escape), Key(.tab), Key(.up)]
    let taken = (typed + others).map { input.handle($0) }
    #expect(taken == [true, true, true, true, true, false, false, false, false])
    #expect(input.text == "héllo")
    input.handle(.control("u"))
    #expect(input.text == "")
  }

  @Test func `pasted lines become one`() {
    var input = LineInput("a")
    input.insert("b\nc\r\nd")
    #expect(input.text == "ab c d")
  }

  @Test func `a long line scrolls with its caret`() {
    var input = LineInput("abcdefghijklmnopqrstuvwxyz")
    var surface = drawn(input, 10)
    #expect(surface.lines == ["uvwxyz"])
    #expect(surface.cursor == Point(x: 6, y: 0))
    input.handle(Key(.home))
    surface = drawn(input, 10)
    #expect(surface.lines == ["abcdefghij"])
    #expect(surface.cursor == Point(x: 0, y: 0))
    for width in 0...5 { _ = drawn(input, width) }
  }

  @Test func `the history is walked and comes back to what was begun`() {
    var input = LineInput(history: ["one", "two"])
    input.insert("new")
    input.handle(Key(.up))
    #expect(input.text == "two")
    input.handle(Key(.up))
    input.handle(Key(.up))
    #expect(input.text == "one")
    input.handle(Key(.down))
    input.handle(Key(.down))
    #expect(input.text == "new")
    let entered = input.enter()
    #expect(entered == "new")
    #expect(input.history == ["one", "two", "new"])
    #expect(input.isEmpty)
  }

  @Test func `a click puts the caret under it`() {
    var input = LineInput("日本語")
    input.click(column: 3, width: 20)
    input.insert("x")
    #expect(input.text == "日x本語")
  }
}
