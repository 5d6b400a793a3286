internal import Kernel
internal import TUI
internal import Terminal
internal import TestKit
internal import Testing

/// What the painter's bytes look like on an emulator. ncurses serves one at a time.
@Suite(.serialized) struct PainterTests {
  static let theme = Theme(
    name: "test", isDark: true,
    styles: Role.allCases.map { role in
      switch role {
      case .strong, .title: Style(bold: true)
      case .muted: Style(.rgb(0x9e, 0x9e, 0x9e))
      case .accent, .key: Style(.rgb(0x88, 0xb0, 0xd8))
      case .good: Style(.indexed(108))
      case .warn: Style(.sixteen(3))
      case .bad: Style(.rgb(0, 0, 5), underline: true)
      case .marked: Style(.standard, reverse: true)
      case .label: Style(.rgb(0xd7, 0xaf, 0x5f), italic: true)
      default: Style()
      }
    },
    plainStyles: Role.allCases.map { role in
      switch role {
      case .strong, .title: Style(bold: true)
      case .accent: Style(.sixteen(6))
      case .faint: Style(.sixteen(8))
      case .bad: Style(.sixteen(1), bold: true)
      default: Style()
      }
    },
    grounds: [Backdrop(), Backdrop(.rgb(0x30, 0x30, 0x30)), Backdrop(.rgb(0x26, 0x26, 0x26))],
    plainGrounds: [Backdrop(), Backdrop(reverse: true), Backdrop()])

  private func painter(
    _ environment: [String: String] = [:], _ width: Int = 80, _ height: Int = 24
  ) throws -> Painter {
    let all = ["TERM": "xterm-256color", "LANG": "C.UTF-8"].merging(environment) { $1 }
    return try Painter(
      Capabilities(environment: all), size: Size(width: width, height: height))
  }

  private static let direct = ["COLORTERM": "truecolor"]

  private func line(
    _ text: String, _ role: Role = .text, width: Int = 80, height: Int = 24
  ) -> Surface {
    var surface = Surface(size: Size(width: width, height: height))
    surface.put(SafeText(text), role, at: Point(x: 0, y: 0), in: surface.bounds)
    return surface
  }

  private func shown(_ surface: Surface, _ environment: [String: String]) throws -> Grid {
    let painter = try painter(environment, surface.size.width, surface.size.height)
    let screen = VirtualScreen(rows: surface.size.height, columns: surface.size.width)
    _ = screen.write(painter.paint(surface, Self.theme))
    return screen.grid
  }

  // MARK: Colours

  @Test func `24 bits are used where they are offered`() throws {
    let cell = try shown(line("x", .accent), Self.direct).rows[0][0]
    #expect(cell.foreground == 0x1000000 | 0x88b0d8)
    // A colour that the palette holds needs no 24 bits.
    #expect(try shown(line("x", .muted), Self.direct).rows[0][0].foreground == 247)
    #expect(try shown(line("x", .good), Self.direct).rows[0][0].foreground == 108)
    #expect(try shown(line("x", .warn), Self.direct).rows[0][0].foreground == 3)
    let dark = try shown(line("x", .bad), Self.direct).rows[0][0]
    #expect(dark.foreground == 0x1000000 | 0x000105)
    #expect(dark.underline)
  }

  @Test func `256 colours come as near as they can`() throws {
    #expect(try shown(line("x", .accent), [:]).rows[0][0].foreground == 110)
    #expect(try shown(line("x", .muted), [:]).rows[0][0].foreground == 247)
    #expect(try shown(line("x", .good), [:]).rows[0][0].foreground == 108)
  }

  @Test func `16 colours take the plain styles`() throws {
    let environment = ["TERM": "xterm"]
    #expect(try shown(line("x", .accent), environment).rows[0][0].foreground == 6)
    #expect(try shown(line("x", .faint), environment).rows[0][0].foreground == 8)
    #expect(try shown(line("x", .good), environment).rows[0][0].foreground == -1)
  }

  @Test func `a console of eight colours shows the brighter ones bold`() throws {
    let cell = try shown(line("x", .faint), ["TERM": "linux"]).rows[0][0]
    #expect(cell.foreground == 0)
    #expect(cell.bold)
    #expect(try shown(line("x", .accent), ["TERM": "linux"]).rows[0][0].foreground == 6)
  }

  @Test(arguments: [["TERM": "vt100"], ["NO_COLOR": "1"], ["NO_COLOR": "1", "COLORTERM": "24bit"]])
  func `without colours there is bold, underline and reverse`(
    _ environment: [String: String]
  ) throws {
    var surface = line("strong", .strong)
    surface.put("bad", .bad, at: Point(x: 10, y: 0), in: surface.bounds)
    surface.put("chosen", at: Point(x: 0, y: 1), in: surface.bounds)
    surface.ground(.selection, in: surface.bounds.row(1))
    let grid = try shown(surface, environment)
    #expect(grid.rows[0][0].bold)
    #expect(grid.rows[0][10].foreground == -1)
    #expect(grid.rows[1][0].reverse)
    #expect(grid.rows[1][79].reverse)
    #expect(grid.rows.joined().allSatisfy { $0.foreground == -1 && $0.background == -1 })
  }

  @Test func `an empty NO_COLOR forbids nothing`() throws {
    #expect(try shown(line("x", .accent), ["NO_COLOR": ""]).rows[0][0].foreground == 110)
  }

  @Test func `a theme can change while the screen stands`() throws {
    let painter = try painter(Self.direct)
    let screen = VirtualScreen()
    let surface = line("x", .accent)
    _ = screen.write(painter.paint(surface, Self.theme))
    var other = Self.theme
    other.styles[Int(Role.accent.rawValue)] = Style(.rgb(1, 2, 3), bold: true)
    _ = screen.write(painter.paint(surface, other))
    let cell = screen.grid.rows[0][0]
    #expect(cell.foreground == 0x1000000 | 0x010203)
    #expect(cell.bold)
    #expect(painter.paint(surface, other).isEmpty)
  }

  @Test func `unknown and dumb terminals are refused`() {
    #expect(throws: TerminalError.unset) { try painter(["TERM": ""]) }
    #expect(throws: TerminalError.dumb) { try painter(["TERM": "dumb"]) }
    #expect(throws: TerminalError.dumb) { try painter(["TERM": "unknown"]) }
    #expect(throws: TerminalError.unknown("nonesuch")) { try painter(["TERM": "nonesuch"]) }
  }

  @Test(arguments: ["xterm-kitty", "alacritty", "foot", "tmux-direct", "xterm-ghostty"])
  func `terminals that this system has no entry for work`(_ name: String) throws {
    let grid = try shown(line("x", .accent), ["TERM": name])
    #expect(grid.rows[0][0].text == "x")
    #expect(grid.rows[0][0].foreground > 0)
  }

  // MARK: Text

  @Test func `letters, wide ones and combining marks stand in their columns`() throws {
    let grid = try shown(line("a日e\u{301}本|", .text), [:])
    #expect(grid.rows[0].prefix(7).map(\.text) == ["a", "日", "", "e\u{301}", "本", "", "|"])
  }

  @Test(arguments: ["👨‍👩‍👧", "🇩🇪", "❤️", "👍🏽", "1️⃣", "🫨", "🧑‍🚀"])
  func `what follows a cluster stands in its column`(_ cluster: String) throws {
    for environment in [[:], ["TMUX": "/tmp/x", "TERM": "tmux-256color"], ["LANG": "C"]] {
      let painter = try painter(environment)
      let screen = VirtualScreen()
      let surface = line("ab\(cluster)cd")
      let column = 2 + Width.of(Character(cluster))
      _ = screen.write(painter.paint(surface, Self.theme))
      #expect(screen.grid.rows[0][column].text == "c", "\(environment)")
      #expect(screen.grid.rows[0][column + 1].text == "d")
      var moved = line("a\(cluster)cdef")
      _ = screen.write(painter.paint(moved, Self.theme))
      #expect(screen.grid.line(0).hasSuffix("cdef"))
      moved.ground(.selection, in: moved.bounds.row(0))
      _ = screen.write(painter.paint(moved, Self.theme))
      #expect(screen.grid.rows[0][column - 1].text == "c")
      _ = screen.write(painter.paint(line("plain"), Self.theme))
      #expect(screen.grid.line(0) == "plain")
    }
  }

  @Test func `clusters are sent whole where the terminal joins them itself`() throws {
    func bytes(_ environment: [String: String]) throws -> String {
      String(decoding: try painter(environment).paint(line("👨‍👩‍👧"), Self.theme), as: UTF8.self)
    }
    #expect(try bytes([:]).contains("👨‍👩‍👧\u{1b}[2G\u{1b}[C"))
    #expect(try !bytes(["TMUX": "x"]).contains("\u{200d}"))
    let flag = try shown(line("🇩🇪|"), ["TMUX": "x"])
    #expect(flag.line(0) == "DE|")
  }

  @Test func `a cluster at the edge never wraps into the next row`() throws {
    let surface = line("12345678👨‍👩‍👧", width: 10, height: 2)
    #expect(surface.text(x: 8, y: 0) == "👨‍👩‍👧")
    let grid = try shown(surface, [:])
    #expect(grid.line(0).hasPrefix("12345678"))
    #expect(grid.line(1).isEmpty)
  }

  @Test func `without UTF-8 everything is ASCII`() throws {
    let painter = try painter(["LANG": "en_US.ISO-8859-1"])
    let bytes = painter.paint(line("▌✓ é — “…” 日 ⠿ ★ 👍🏽"), Self.theme)
    #expect(bytes.allSatisfy { $0 < 0x80 })
    let screen = VirtualScreen()
    _ = screen.write(bytes)
    #expect(screen.grid.line(0) == ">x e - \".\" ?  : * ?")
  }

  // MARK: Differences

  @Test(arguments: UInt64(1)...40)
  func `whatever changes the emulator shows the surface`(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let environments = [Self.direct, [:], ["TERM": "linux"], ["TERM": "vt100"], ["TERM": "screen"]]
    let environment = environments[Int(seed) % environments.count]
    let size = Size(
      width: Int.random(in: 1...60, using: &random), height: Int.random(in: 1...20, using: &random))
    let painter = try painter(environment, size.width, size.height)
    let screen = VirtualScreen(rows: size.height, columns: size.width)
    var surface = Surface(size: size)
    for step in 0..<60 {
      if step % 20 == 19 {
        _ = screen.write(painter.leave())
        painter.repeatAll()
      }
      change(&surface, &random)
      // The emulator loses a combining mark in the last column.
      for y in 0..<size.height where surface[size.width - 1, y].hasCluster {
        surface.fill(Rect(x: size.width - 1, y: y, width: 1, height: 1))
      }
      let cursor = Point(x: size.width / 2, y: size.height / 2)
      surface.cursor = cursor
      surface.showsCursor = Bool.random(using: &random)
      let bytes = painter.paint(surface, Self.theme)
      _ = screen.write(bytes)
      let grid = screen.grid
      let sent = String(decoding: bytes, as: UTF8.self).debugDescription
      #expect(grid.lines == surface.lines, "seed \(seed), step \(step), \(size): \(sent)")
      #expect(grid.cursor == (cursor.y, cursor.x))
      if environment["TERM"] != "vt100" { #expect(grid.cursorVisible == surface.showsCursor) }
      #expect(Self.mistakes(grid, surface, painter.depth).isEmpty, "seed \(seed), step \(step)")
      if !grid.lines.elementsEqual(surface.lines) { return }
    }
  }

  /// The cells whose colours or attributes are not what the theme says.
  private static func mistakes(
    _ grid: Grid, _ surface: Surface, _ depth: ColorDepth
  ) -> [Point] {
    var mistakes: [Point] = []
    for y in 0..<surface.size.height {
      for x in 0..<surface.size.width where surface[x, y].width > 0 {
        let cell = surface[x, y]
        let shown = grid.rows[y][x]
        let isChosen = cell.ground == .selection
        let back: Int32 = depth >= .indexed ? 236 : -1
        let front: Int32 =
          depth == .direct ? 0x188b0d8 : depth == .indexed ? 110 : depth == .mono ? -1 : 6
        let raised: Int32 = depth >= .indexed ? 235 : -1
        let wantedBack = isChosen ? back : cell.ground == .raised ? raised : -1
        let isReversed = isChosen && depth < .indexed
        // Plain text has a colour of its own on a painted ground.
        let ink: Int32 =
          cell.role == .accent ? front : depth >= .indexed && wantedBack >= 0 ? 255 : -1
        let isRight =
          shown.background == wantedBack && shown.reverse == isReversed
          && (shown.text == " "
            || shown.bold == (cell.role == .strong)
              && shown.foreground == ink)
        if !isRight { mistakes.append(Point(x: x, y: y)) }
      }
    }
    return mistakes
  }

  /// Rows scroll, text appears anywhere, wide letters overwrite halves of others, rows are selected.
  private func change(_ surface: inout Surface, _ random: inout Seeded) {
    let all = surface.bounds
    let texts = ["日本語", "plain words", "x", "é√✓", "   ", "한국어 a", "e\u{301}e\u{301}"]
    switch Int.random(in: 0...5, using: &random) {
    case 0:
      var scrolled = Surface(size: surface.size)
      for y in 1..<max(1, all.height) {
        for x in 0..<all.width where surface[x, y].width > 0 {
          scrolled.put(
            SafeText(surface.text(x: x, y: y)), surface[x, y].role, at: Point(x: x, y: y - 1),
            in: all,
            ground: surface[x, y].ground)
        }
      }
      surface = scrolled
    case 1: surface.fill(all.row(Int.random(in: 0..<all.height, using: &random)))
    case 2:
      let ground = Ground.allCases.randomElement(using: &random) ?? .screen
      surface.ground(ground, in: all.row(Int.random(in: 0..<all.height, using: &random)))
    default:
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let point = Point(
          x: Int.random(in: -2..<all.width, using: &random),
          y: Int.random(in: 0..<all.height, using: &random))
        let text = texts.randomElement(using: &random) ?? ""
        let role = [Role.text, .strong, .accent].randomElement(using: &random) ?? .text
        surface.put(SafeText(text), role, at: point, in: all)
      }
    }
  }

  @Test func `the painter follows a size and repeats on demand`() throws {
    let painter = try painter()
    let screen = VirtualScreen()
    _ = screen.write(painter.paint(line("before"), Self.theme))
    for (width, height) in [(1, 1), (200, 400), (40, 12)] {
      let size = Size(width: width, height: height)
      painter.resize(to: size)
      screen.resize(rows: height, columns: width)
      var surface = Surface(size: size)
      for y in 0..<height {
        surface.put(SafeText("row \(y)"), at: Point(x: 0, y: y), in: surface.bounds)
      }
      _ = screen.write(painter.paint(surface, Self.theme))
      #expect(screen.grid.lines == surface.lines)
      _ = screen.write(Array("\u{1b}[2J\u{1b}[3;3Hgarbage".utf8))
      #expect(painter.paint(surface, Self.theme).isEmpty)
      painter.repeatAll()
      _ = screen.write(painter.paint(surface, Self.theme))
      #expect(screen.grid.lines == surface.lines)
    }
  }

  @Test func `a surface of another size is cut or padded`() throws {
    let painter = try painter([:], 10, 2)
    let screen = VirtualScreen(rows: 2, columns: 10)
    _ = screen.write(painter.paint(line("more than ten columns", width: 80), Self.theme))
    #expect(screen.grid.lines == ["more than", ""])
    _ = screen.write(painter.paint(Surface(size: Size(width: 0, height: 0)), Self.theme))
    #expect(screen.grid.lines == ["", ""])
  }
}
