import TUI
import Testing

@Suite struct KeyMapTests {
  private let bindings = [
    KeyMap.Binding(context: "app", command: "app.palette", title: "Commands", keys: ["C-p", ":"]),
    KeyMap.Binding(context: "app", command: "app.undo", title: "Undo", keys: ["u"]),
    KeyMap.Binding(context: "app", command: "app.go.journal", title: "Journal", keys: ["g j"]),
    KeyMap.Binding(context: "app", command: "app.save", title: "Save all", keys: ["C-s"]),
    KeyMap.Binding(context: "list", command: "list.top", title: "Top", keys: ["g g", "<home>"]),
    KeyMap.Binding(context: "list", command: "list.up", title: "Unfold", keys: ["u"]),
    KeyMap.Binding(context: "list", command: "list.new", title: "New", keys: ["n"]),
    KeyMap.Binding(context: "edit", command: "edit.done", title: "Done", keys: ["C-w", "<esc>"]),
  ]

  private func keys(_ text: String) throws -> [Key] { try #require(KeySequence(text)).keys }

  @Test func `a screen's key runs its command, and the frame's below it`() throws {
    let map = KeyMap(bindings)
    #expect(map.problems.isEmpty)
    #expect(map.resolve(try keys("n"), in: "list") == .run("list.new"))
    #expect(map.resolve(try keys("u"), in: "list") == .run("list.up"))
    #expect(map.resolve(try keys("u"), in: "other") == .run("app.undo"))
    #expect(map.resolve(try keys(":"), in: "list") == .run("app.palette"))
    #expect(map.resolve(try keys("z"), in: "list") == .none)
    #expect(map.resolve([], in: "list") == .none)
  }

  @Test func `a prefix waits and tells what may follow, from both contexts`() throws {
    let map = KeyMap(bindings)
    guard case .pending(let hints) = map.resolve(try keys("g"), in: "list") else {
      Issue.record("no prefix")
      return
    }
    #expect(hints.map(\.title) == ["Top", "Journal"])
    #expect(hints.map(\.key) == [.character("g"), .character("j")])
    #expect(map.resolve(try keys("g j"), in: "list") == .run("app.go.journal"))
    #expect(map.resolve(try keys("g g"), in: "list") == .run("list.top"))
    #expect(map.resolve(try keys("g z"), in: "list") == .none)
  }

  @Test func `while typing, text keys are text`() throws {
    let map = KeyMap(bindings)
    #expect(map.resolve(try keys("u"), in: "edit", typing: true) == .none)
    #expect(map.resolve(try keys(":"), in: "edit", typing: true) == .none)
    #expect(map.resolve(try keys("g"), in: "edit", typing: true) == .none)
    #expect(map.resolve(try keys("C-p"), in: "edit", typing: true) == .none)
    #expect(map.resolve(try keys("C-s"), in: "edit", typing: true) == .run("app.save"))
    #expect(map.resolve(try keys("C-w"), in: "edit", typing: true) == .run("edit.done"))
    #expect(map.resolve(try keys("<esc>"), in: "edit", typing: true) == .run("edit.done"))
  }

  @Test func `overrides replace the default keys, also with none`() throws {
    let map = KeyMap(bindings, overrides: ["list.new": ["a", "C-x n"], "app.undo": []])
    #expect(map.problems.isEmpty)
    #expect(map.resolve(try keys("n"), in: "list") == .none)
    #expect(map.resolve(try keys("a"), in: "list") == .run("list.new"))
    #expect(map.resolve(try keys("C-x n"), in: "list") == .run("list.new"))
    #expect(map.resolve(try keys("u"), in: "other") == .none)
    #expect(map.keys(for: "list.new", in: "list").map(\.description) == ["a", "C-x n"])
    #expect(map.keys(for: "app.palette", in: "list").map(\.description) == ["C-p", ":"])
    #expect(map.keys(for: "app.undo", in: "list").isEmpty)
  }

  @Test func `collisions are told with both commands, and the override wins`() throws {
    let map = KeyMap(bindings, overrides: ["list.new": ["g g"], "list.up": ["<home>"]])
    #expect(map.resolve(try keys("g g"), in: "list") == .run("list.new"))
    #expect(map.keys(for: "list.top", in: "list").isEmpty)
    #expect(map.problems.count == 2)
    for problem in map.problems {
      guard case .clash(let context, _, _, let lost, _) = problem else {
        Issue.record("not a clash")
        continue
      }
      #expect(context == "list")
      #expect(lost == "list.top")
    }
  }

  @Test func `a sequence that begins another is a collision`() {
    let map = KeyMap([
      KeyMap.Binding(context: "x", command: "one", title: "", keys: ["a b c"]),
      KeyMap.Binding(context: "x", command: "two", title: "", keys: ["a b"]),
      KeyMap.Binding(context: "x", command: "three", title: "", keys: ["a b c d"]),
    ])
    let abc = KeySequence([.character("a"), .character("b"), .character("c")])
    #expect(
      map.problems == [
        .clash(
          context: "x", kept: "one", keptKeys: abc, lost: "two",
          lostKeys: KeySequence([.character("a"), .character("b")])),
        .clash(
          context: "x", kept: "one", keptKeys: abc, lost: "three",
          lostKeys: KeySequence(abc.keys + [.character("d")])),
      ])
  }

  @Test func `what cannot be bound is told`() {
    let map = KeyMap(
      bindings, overrides: ["nope": ["a"], "list.new": ["<bogus>"], "edit.done": ["x", "C-x"]],
      textContexts: ["edit"])
    #expect(map.problems.contains(.unknownCommand("nope")))
    #expect(map.problems.contains(.unreadable(command: "list.new", text: "<bogus>")))
    #expect(
      map.problems.contains(
        .isText(command: "edit.done", keys: KeySequence([.character("x")]))))
    #expect(map.keys(for: "edit.done", in: "edit").map(\.description) == ["C-x"])
  }

  @Test func `every key that the help of text fields lists is a text key`() throws {
    for line in TextKeys.help {
      for key in try keys(line.keys) { #expect(TextKeys.command(for: key) != nil, "\(key)") }
    }
  }
}
