package import Kernel
internal import Life
internal import Storage
package import TUI

/// Search as one types: words, "phrases", tag:, type:, from:, to:, starred; hits with their surroundings.
package struct JournalSearchScreen: Screen {
  let desk: Desk
  private var input: LineInput
  private var hits: [SearchHit] = []
  private var selected = 0
  private var top = 0
  private var size = Size(width: 0, height: 0)
  private var detail = JournalDetail()
  /// As many hits as are looked for; more than anyone reads.
  private static let most = 200

  package init(desk: Desk, text: String = "") {
    self.desk = desk
    input = LineInput(text)
  }

  package static let context = "search"
  package var title: String { "Search" }
  package var reads: Set<Kind> { [JournalEntry.kind, Tagging.kind] }
  package var takesText: Bool { true }
  package var restDelay: Int? { isWide && current?.id != detail.id ? 80 : nil }
  package var headline: (text: SafeText, figure: SafeText) {
    if input.text.isEmpty { return ("Search everything you wrote.", "") }
    let count = hits.count
    let figure = count >= Self.most ? "the newest \(Self.most)" : counted(count, "hit", "hits")
    return ("Search", SafeText(figure))
  }

  private var isWide: Bool { size.width >= 97 }
  private var current: SearchHit? { hits.indices.contains(selected) ? hits[selected] : nil }
  private var listWidth: Int { isWide ? size.width * 45 / 100 : size.width }

  package mutating func load(_ size: Size) throws {
    self.size = size
    try find()
    try loadDetail()
  }

  private mutating func find() throws {
    let id = current?.id
    let query = SearchQuery(JournalSearch(input.text, today: desk.world.today))
    hits =
      input.text.allSatisfy(\.isWhitespace) ? [] : try desk.store.search(query, limit: Self.most)
    selected = hits.firstIndex { $0.id == id } ?? 0
    keepVisible()
  }

  package mutating func rest() throws -> Step {
    try loadDetail()
    return .stay
  }

  private mutating func loadDetail() throws {
    guard isWide else { return }
    let width = size.width - listWidth - 3
    try detail.load(current?.id, desk: desk, size: Size(width: width, height: size.height - 2))
  }

  package mutating func paste(_ text: String) -> Bool {
    input.insert(text)
    return refresh()
  }

  package mutating func press(_ key: Key) -> Bool {
    let before = input.text
    guard input.handle(key) else { return false }
    return input.text == before ? true : refresh()
  }

  private mutating func refresh() -> Bool {
    // Typing never fails: hits stay as they were where the store cannot answer.
    do { try find() } catch { hits = [] }
    selected = 0
    top = 0
    return true
  }

  /// Two lines a hit.
  private var page: Int { max(1, (size.height - 2) / 2) }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, hits.count - 1))
    keepVisible()
  }

  private mutating func keepVisible() {
    top = min(top, selected)
    if selected >= top + page { top = selected - page + 1 }
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    let row = rect.row(0).inset(left: 1)
    let x = surface.put("› ", .accent, at: Point(x: row.x, y: row.y), in: row)
    let (left, right) = Rect(x: rect.x, y: rect.y + 2, width: rect.width, height: rect.height - 2)
      .split(left: listWidth, gap: 3)
    if input.text.isEmpty { drawHelp(on: &surface, in: rect.inset(left: 1, top: 2)) }
    for (index, hit) in hits.enumerated().dropFirst(top).prefix(page) {
      draw(
        hit, isSelected: index == selected, on: &surface,
        in: Rect(x: left.x, y: left.y + (index - top) * 2, width: left.width, height: 2))
    }
    if hits.isEmpty, !input.text.isEmpty {
      surface.fit("Nothing found.", .muted, at: Point(x: left.x + 1, y: left.y), in: left)
    }
    if isWide, current != nil { detail.draw(on: &surface, in: right) }
    input.draw(on: &surface, in: Rect(x: x, y: row.y, width: rect.maxX - x, height: 1))
  }

  private func drawHelp(on surface: inout Surface, in rect: Rect) {
    let lines: [(String, String)] = [
      ("fog water", "both words, the last one from its beginning"),
      ("\"fog over\"", "these words in a row"),
      ("tag:roof  #roof", "only with this tag"),
      ("type:morning", "note, morning, reflection, review"),
      ("from:2024-05 to:fri", "only from these days"),
      ("starred", "only with a star"),
    ]
    for (index, line) in lines.enumerated() {
      let place = rect.row(index)
      surface.put(SafeText(line.0), .key, at: Point(x: place.x, y: place.y), in: place)
      surface.fit(SafeText(line.1), .muted, at: Point(x: place.x + 22, y: place.y), in: place)
    }
  }

  private func draw(_ hit: SearchHit, isSelected: Bool, on surface: inout Surface, in place: Rect) {
    let first = place.row(0)
    if isSelected {
      surface.ground(.selection, in: place)
      surface.put("▌", .accent, at: Point(x: first.x, y: first.y), in: first)
    }
    let day = SafeText(Dates.medium(hit.day))
    let x = surface.put(day, .muted, at: Point(x: first.x + 1, y: first.y), in: first)
    let start = max(x + 2, first.x + 14)
    surface.fit(
      hit.title.isEmpty ? "" : SafeText(hit.title), .text, at: Point(x: start, y: first.y),
      in: first)
    let second = place.row(1)
    var at = second.x + 1
    for run in SnippetRuns(hit.snippet).runs {
      guard at < second.maxX else { break }
      let text = Width.cut(SafeText(run.text), to: second.maxX - at)
      at = surface.put(
        text, run.isHit ? .match : .muted, at: Point(x: at, y: second.y), in: second)
    }
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let index = top + (point.y - rect.y - 2) / 2
    guard point.y >= rect.y + 2, hits.indices.contains(index), point.x < rect.x + listWidth else {
      return .stay
    }
    selected = index
    return count > 1 ? open() : .stay
  }

  package mutating func scroll(_ lines: Int) throws { move(lines.signum()) }

  private func open() -> Step {
    guard let hit = current else { return .stay }
    return .push(JournalEntryScreen(id: hit.id, desk: desk))
  }

  package static let commands: [Command<JournalSearchScreen>] = [
    Command(
      "search.move.down", "Next hit", keys: ["<down>", "C-n", "<tab>"], help: "The next older hit."
    ) {
      $0.move(1)
      return .stay
    },
    Command(
      "search.move.up", "Previous hit", keys: ["<up>", "C-p", "<S-tab>"],
      help: "The next newer hit."
    ) {
      $0.move(-1)
      return .stay
    },
    Command("search.move.pagedown", "Page down", keys: ["<pagedown>"], help: "A page of hits.") {
      $0.move($0.page)
      return .stay
    },
    Command("search.move.pageup", "Page up", keys: ["<pageup>"], help: "A page of hits back.") {
      $0.move(-$0.page)
      return .stay
    },
    Command(
      "search.open", "Open", keys: ["<enter>"], hint: "open", help: "Opens the entry.",
      offer: { $0.hits.isEmpty ? .no(because: "there is no hit") : .yes }
    ) { $0.open() },
    Command("search.clear", "Clear", keys: ["C-u"], help: "Empties the line.") {
      $0.input = LineInput("")
      _ = $0.refresh()
      return .stay
    },
    Command(
      "search.close", "Close", keys: ["<esc>"], hint: "close", help: "Back to where you were."
    ) { _ in .pop },
  ]
}

/// A snippet cut at the marks around its hits.
struct SnippetRuns {
  let runs: [(text: String, isHit: Bool)]

  init(_ snippet: String) {
    var runs: [(text: String, isHit: Bool)] = []
    var text = ""
    var isHit = false
    for scalar in snippet.unicodeScalars {
      if scalar.value == 0xE000 || scalar.value == 0xE001 {
        if !text.isEmpty { runs.append((text, isHit)) }
        text = ""
        isHit = scalar.value == 0xE000
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    if !text.isEmpty { runs.append((text, isHit)) }
    self.runs = runs
  }
}
