package import Kernel
internal import Life
package import TUI

/// What now: the lines that each area has for today, in two columns where there is room.
package struct TodayScreen: Screen {
  let desk: Desk
  private var cards: [TodayCard] = []
  private var later: [TodayCard] = []
  private var isComplete = false
  private var selected = 0
  private var size = Size(width: 0, height: 0)

  package init(desk: Desk) { self.desk = desk }

  package static let context = "today"
  package var title: String { "Today" }
  /// Everything can show here.
  package var reads: Set<Kind> { [] }

  package var headline: (text: SafeText, figure: SafeText) {
    let greeting =
      switch desk.world.clock.hour {
      case 5..<12: "Good morning."
      case 12..<18: "Good afternoon."
      case 18..<23: "Good evening."
      default: "A quiet night."
      }
    let open = cards.flatMap(\.lines).filter { $0.role == .warn || $0.glyph.string == "○" }.count
    let rest = open == 0 ? "Nothing waits." : "\(counted(open, "thing is", "things are")) open."
    let week = Week(of: desk.world.today).number
    return (SafeText("\(greeting) \(rest)"), SafeText("week \(week)"))
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    cards = try Area.all.flatMap { try $0.today(desk) } + OverwrittenCard.cards(desk) + later
    isComplete = false
    selected = min(selected, max(0, targets.count - 1))
  }

  package var restDelay: Int? { isComplete ? nil : 1 }

  package mutating func rest() throws -> Step {
    isComplete = true
    return .start(
      Job("Counting streaks", isNeeded: false) { [desk] in
        try desk.aside { aside in try Area.all.flatMap { try $0.todayLater(aside, desk) } }
      })
  }

  package mutating func receive(_ reply: any Sendable) throws -> Step {
    guard let found = reply as? [TodayCard] else { return .stay }
    cards.removeLast(later.count)
    later = found
    cards += later
    return .stay
  }

  /// The lines that Enter opens, in the order of the cursor.
  private var targets: [(card: Int, line: Int)] {
    let order =
      cards.indices.filter { !cards[$0].isAside } + cards.indices.filter { cards[$0].isAside }
    return order.flatMap { card in
      cards[card].lines.indices.filter { cards[card].lines[$0].open != nil }.map { (card, $0) }
    }
  }

  private var isWide: Bool { size.width >= 92 }

  /// Each line's rectangle: what drawing and clicks agree on.
  private func places(in rect: Rect) -> [(card: Int, line: Int?, rect: Rect)] {
    let width = isWide ? rect.width * 52 / 100 : rect.width
    let (left, right) = rect.split(left: width, gap: isWide ? 3 : 0)
    var places: [(card: Int, line: Int?, rect: Rect)] = []
    var (leftY, rightY) = (rect.y, rect.y)
    func place(_ index: Int, _ column: Rect, _ y: inout Int) {
      guard !cards[index].lines.isEmpty else { return }
      places.append((index, nil, Rect(x: column.x, y: y, width: column.width, height: 1)))
      y += 1
      for line in cards[index].lines.indices {
        places.append((index, line, Rect(x: column.x, y: y, width: column.width, height: 1)))
        y += 1
      }
      y += 1
    }
    for index in cards.indices where !cards[index].isAside { place(index, left, &leftY) }
    for index in cards.indices where cards[index].isAside {
      if isWide { place(index, right, &rightY) } else { place(index, left, &leftY) }
    }
    return places
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    let current = targets.indices.contains(selected) ? targets[selected] : nil
    for (card, line, place) in shifted(places(in: rect), in: rect)
    where rect.contains(Point(x: place.x, y: place.y)) {
      guard let line else {
        surface.put(
          SafeText(cards[card].heading.string.uppercased()), .strong,
          at: Point(x: place.x + 1, y: place.y), in: place)
        surface.right(cards[card].note, .muted, y: place.y, in: place)
        continue
      }
      let isSelected = current.map { $0.card == card && $0.line == line } ?? false
      draw(cards[card].lines[line], isSelected: isSelected, on: &surface, in: place)
    }
  }

  /// On a small screen the page scrolls with the cursor.
  private func shifted(
    _ places: [(card: Int, line: Int?, rect: Rect)], in rect: Rect
  ) -> [(card: Int, line: Int?, rect: Rect)] {
    guard targets.indices.contains(selected) else { return places }
    let current = targets[selected]
    guard let row = places.first(where: { $0.card == current.card && $0.line == current.line }),
      row.rect.y >= rect.maxY
    else { return places }
    let shift = row.rect.y - rect.maxY + 1
    return places.map { place in
      var place = place
      place.rect.y -= shift
      return place
    }
  }

  private func draw(
    _ line: TodayCard.Line, isSelected: Bool, on surface: inout Surface, in place: Rect
  ) {
    if isSelected {
      surface.ground(.selection, in: place)
      surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
      surface.cursor = Point(x: place.x, y: place.y)
    }
    var right = place.maxX
    if !line.figure.isEmpty {
      right = surface.right(line.figure, .muted, y: place.y, in: place) - 1
    }
    let inner = Rect(x: place.x + 1, y: place.y, width: right - place.x - 1, height: 1)
    var x = inner.x
    if !line.glyph.isEmpty {
      surface.put(line.glyph, line.role, at: Point(x: x, y: inner.y), in: inner)
      x += 2
    }
    surface.fit(
      line.text, line.glyph.isEmpty ? line.role : .text, at: Point(x: x, y: inner.y), in: inner)
  }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, targets.count - 1))
  }

  private func open() -> Step {
    guard targets.indices.contains(selected) else { return .stay }
    let target = targets[selected]
    return cards[target.card].lines[target.line].open?() ?? .stay
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let hit = shifted(places(in: rect), in: rect).first { $0.rect.contains(point) }
    guard let hit, let line = hit.line,
      let index = targets.firstIndex(where: { $0.card == hit.card && $0.line == line })
    else { return .stay }
    selected = index
    return count > 1 ? open() : .stay
  }

  package mutating func scroll(_ lines: Int) throws { move(lines.signum()) }

  package static let commands: [Command<TodayScreen>] = [
    Command("today.move.down", "Down", keys: ["j", "<down>", "<tab>"], help: "The next line.") {
      $0.move(1)
      return .stay
    },
    Command("today.move.up", "Up", keys: ["k", "<up>", "<S-tab>"], help: "The line before.") {
      $0.move(-1)
      return .stay
    },
    Command("today.move.first", "First", keys: ["g g", "<home>"], help: "The first line.") {
      $0.selected = 0
      return .stay
    },
    Command("today.move.last", "Last", keys: ["G", "<end>"], help: "The last line.") {
      $0.move(1000)
      return .stay
    },
    Command(
      "today.open", "Do it", keys: ["<enter>", "l", "<right>"], hint: "do it",
      help: "Opens what the line is about.",
      offer: { $0.targets.isEmpty ? .no(because: "nothing waits here") : .yes }
    ) { $0.open() },
    Command("today.note", "New note", keys: ["n"], hint: "new note", help: "Writes a note.") {
      .push(try JournalEditorScreen(new: .note, desk: $0.desk))
    },
  ]
}
