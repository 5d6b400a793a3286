internal import Glibc
internal import Kernel
internal import TUI
internal import Terminal

/// Shows a list and tells what it hears: the terminal floor on a real terminal, for tests.
///
/// Keys: `q` ends, `j` moves, `z` stops, `e` runs a program, `y` copies, `b` rings, `m` takes the
/// mouse, `c` crashes, `a` aborts, `x` exits without giving the terminal back.
@main struct Probe {
  static func main() {
    var environment: [String: String] = [:]
    for name in ["TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "TMUX"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    do {
      let mailbox = try Mailbox()
      let display = try NcursesDisplay(environment: environment, mailbox: mailbox)
      if let path = getenv("PROBE_WATCH") {
        display.watch(String(cString: path)) { .changed([]) }
      }
      let code = run(display)
      display.close()
      exit(code)
    } catch {
      print("refused: \(error)")
      exit(1)
    }
  }

  private static func run(_ display: NcursesDisplay) -> Int32 {
    var state = State()
    while true {
      display.show(state.frame(display.size))
      for event in display.wait(milliseconds: nil) {
        if let code = state.handle(event, display) { return code }
      }
    }
  }
}

/// What the probe shows.
private struct State {
  var selected = 0
  var heard = "nothing"
  var mouse = false
  var count = 0

  mutating func handle(_ event: Event, _ display: NcursesDisplay) -> Int32? {
    count += 1
    switch event {
    case .key(let key): return press(key, display)
    case .mouse(let mouse): heard = "mouse \(mouse.action) \(mouse.point.x),\(mouse.point.y)"
    case .paste(let text):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
      heard = "paste \(text.utf8.count) bytes \(lines) lines"
    case .resized(let size): heard = "resized \(size.width)x\(size.height)"
    case .focused(let isFocused): heard = "focused \(isFocused)"
    case .background(let isDark): heard = "background \(isDark ? "dark" : "light")"
    case .signal(let signal):
      heard = "signal \(signal)"
      if signal == .stop { display.stop() }
      if signal == .terminate || signal == .hangUp { return 7 }
    case .changed: heard = "changed"
    default: heard = "other"
    }
    return nil
  }

  private mutating func press(_ key: Key, _ display: NcursesDisplay) -> Int32? {
    heard = "key \(Self.name(key))"
    if key.control || key.alt { return nil }
    switch key.code {
    case .character("q"): return 0
    case .character("j"): selected += 1
    case .character("z"): display.stop()
    case .character("e"):
      let status = display.suspended {
        system("stty -a | tr ' ' '\\n' | grep -x -e -*echo; grep SigIgn /proc/self/status")
      }
      heard = "ran \(status)"
    case .character("y"): heard = "copied \(display.copy("copied text"))"
    case .character("b"): display.bell()
    case .character("m"): mouse.toggle()
    case .character("c"): _ = [Int]()[selected]
    case .character("a"): abort()
    case .character("x"): exit(3)
    default: break
    }
    return nil
  }

  static func name(_ key: Key) -> String {
    let code =
      switch key.code {
      case .character(let character): "'\(character)'"
      default: "\(key.code)"
      }
    return (key.control ? "C-" : "") + (key.alt ? "M-" : "") + (key.shift ? "S-" : "") + code
  }

  func frame(_ size: Size) -> Frame {
    var surface = Surface(size: size)
    let all = surface.bounds
    surface.put(
      SafeText("READY \(size.width)x\(size.height)"), .title, at: Point(x: 0, y: 0), in: all)
    surface.put(SafeText("heard: \(heard)."), .accent, at: Point(x: 0, y: 1), in: all)
    surface.put("wide 日本 é ✓ │ ─", .warn, at: Point(x: 0, y: 2), in: all)
    for row in 4..<max(4, size.height) {
      let index = row - 4
      if index == selected { surface.ground(.selection, in: all.row(row)) }
      surface.put(SafeText("row \(index) of the list"), .text, at: Point(x: 2, y: row), in: all)
    }
    surface.cursor = Point(x: 0, y: min(4 + selected, size.height - 1))
    surface.showsCursor = selected == 1
    return Frame(surface: surface, title: "probe \(selected)", theme: Self.theme, mouse: mouse)
  }

  private static let theme = Theme(
    name: "probe", isDark: true,
    styles: Role.allCases.map { role in
      switch role {
      case .title: Style(bold: true)
      case .accent: Style(.rgb(0xff, 0x88, 0x00))
      case .warn: Style(.indexed(179))
      default: Style()
      }
    },
    plainStyles: Role.allCases.map { $0 == .accent ? Style(.sixteen(6)) : Style() },
    grounds: [Backdrop(), Backdrop(.rgb(0x30, 0x30, 0x30)), Backdrop()],
    plainGrounds: [Backdrop(), Backdrop(reverse: true), Backdrop()])
}
