package import Kernel
internal import Life
internal import Storage
package import TUI

/// The editor: title and sections under each other, as one page that scrolls; the week's entries
/// beside a weekly review.
package struct JournalEditorScreen: Screen {
  let desk: Desk
  var editor: JournalEditor
  /// The section with the caret; −1 for the title.
  private(set) var focus = 0
  private(set) var top = 0
  private var size = Size(width: 0, height: 0)
  private var week: [JournalDetail.Line] = []
  private var weekTop = 0
  private var offered: [OfferedPrompt] = []
  private var skippedPrompts = 0

  init(new type: JournalType, desk: Desk, on day: Day? = nil) throws {
    self.init(try JournalEditor(new: type, desk: desk, on: day))
  }

  /// An entry that is gone meanwhile opens as a new note.
  package init(editing id: EntryID, desk: Desk) throws {
    self.init(try JournalEditor(editing: id, desk: desk) ?? JournalEditor(new: .note, desk: desk))
  }

  init(_ editor: JournalEditor) {
    self.editor = editor
    desk = editor.desk
    // A draft goes on where its text ends; a saved entry behind its first section.
    let written = editor.sections.lastIndex { !$0.area.buffer.isEmpty }
    focus = editor.isNew && editor.showsTitle ? -1 : 0
    if editor.cameFromDraft, let written { focus = written }
    if !editor.isNew || editor.cameFromDraft, focus >= 0 {
      self.editor.sections[focus].area.perform(.move(.documentEnd))
    }
  }

  package static let context = "editor"
  package var title: String { "Editor" }
  package var reads: Set<Kind> { [JournalEntry.kind, JournalPrompt.kind] }
  package var takesText: Bool { true }
  /// A draft is on disk half a second after a pause; the frame calls at least every 800 ms.
  package var restDelay: Int? { editor.isDirty ? 500 : nil }

  package var headline: (text: SafeText, figure: SafeText) {
    let entry = editor.entry
    var text = "\(entry.type?.title ?? "Entry"), \(Dates.long(entry.day))"
    if entry.isStarred { text += " ★" }
    if let mood = entry.mood { text += " · mood \(JournalLabels.mood(mood))" }
    if !editor.tags.isEmpty { text += " · " + editor.tags.map { "#" + $0 }.joined(separator: " ") }
    var figure = counted(editor.words, "word", "words")
    if editor.isDirty {
      figure += " · typing"
    } else if editor.hasUnsaved {
      figure += " · draft kept"
    }
    return (SafeText(text), SafeText(figure))
  }

  /// A review shows its week from 97 columns on.
  private var showsWeek: Bool { editor.entry.type == .review && size.width >= 94 }
  private var formWidth: Int {
    showsWeek ? size.width * 55 / 100 : min(84, max(1, size.width - 2))
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    try editor.follow()
    focus = min(focus, editor.sections.count - 1)
    offered = JournalPrompts.offered(own: try desk.store.read { try JournalQueries.prompts($0) })
    if showsWeek { try loadWeek() }
    for index in editor.sections.indices {
      editor.sections[index].area.resize(to: Size(width: formWidth, height: max(1, size.height)))
      editor.sections[index].area.placeholder = placeholder(editor.sections[index].name)
    }
    keepVisible()
  }

  private mutating func loadWeek() throws {
    let (week, width) = (Week(of: editor.entry.day), size.width - formWidth - 5)
    let entries = try desk.store.read { try JournalQueries.entries($0, of: week) }
    self.week = []
    for entry in entries where entry.id != editor.entry.id {
      let label = "\(Dates.weekdayAndDay(entry.day))  \(JournalLabels.word(entry.type))"
      self.week.append(.init(text: SafeText(label), role: .strong))
      let text = [entry.title, entry.fullText].filter { !$0.isEmpty }.joined(separator: "\n")
      for line in Wrap.lines(SafeText(lines: String(text.prefix(4000))), width: max(8, width - 2)) {
        self.week.append(.init(text: SafeText("  " + line.string)))
      }
      self.week.append(.init(text: ""))
    }
    if entries.isEmpty {
      self.week.append(.init(text: "Nothing else was written this week.", role: .muted))
    }
  }

  package mutating func rest() throws -> Step {
    try editor.saveDraft()
    return .stay
  }

  package mutating func leave() {
    // A draft that cannot be written now (a full disk) stays on the screen; the next rest tells.
    do { try editor.saveDraft() } catch {}
  }

  // MARK: typing

  package mutating func press(_ key: Key) -> Bool {
    if focus < 0 {
      if key.code == .enter || key.code == .down {
        focus = 0
      } else {
        let before = editor.title.text
        guard editor.title.handle(key) else { return false }
        if editor.title.text != before { editor.touch() }
      }
    } else {
      guard let command = TextKeys.command(for: key) else { return false }
      perform(command)
    }
    keepVisible()
    return true
  }

  package mutating func paste(_ text: String) -> Bool {
    if focus < 0 { editor.title.insert(text) } else { perform(.insert(text)) }
    editor.touch()
    keepVisible()
    return true
  }

  private mutating func perform(_ command: TextCommand) {
    let before = editor.sections[focus].area
    // Up in the first row and down in the last go over to the neighbour.
    if command == .move(.up), before.caretPoint.y == 0 { return moveFocus(-1) }
    if command == .move(.down), before.caretPoint.y == before.rows - 1,
      focus + 1 < editor.sections.count
    {
      return moveFocus(1)
    }
    let revision = before.buffer.revision
    editor.sections[focus].area.perform(command)
    if editor.sections[focus].area.buffer.revision != revision { editor.touch() }
  }

  mutating func moveFocus(_ step: Int) {
    let first = editor.showsTitle ? -1 : 0
    let target = focus + step
    guard target >= first, target < editor.sections.count else { return }
    focus = target
    keepVisible()
  }

  // MARK: the page

  private enum Part {
    case title
    case heading(Int)
    case area(Int)
  }

  /// The parts of the page with the row each begins at and its height.
  private var parts: [(part: Part, y: Int, height: Int)] {
    var (y, parts) = (0, [(part: Part, y: Int, height: Int)]())
    func add(_ part: Part, _ height: Int) {
      parts.append((part, y, height))
      y += height
    }
    if editor.showsTitle {
      add(.title, 1)
      y += 1
    }
    for index in editor.sections.indices {
      if !editor.sections[index].heading.isEmpty { add(.heading(index), 1) }
      add(.area(index), height(of: index))
      y += 1
    }
    return parts
  }

  /// An empty section is as high as the question that it asks.
  private func height(of index: Int) -> Int {
    let area = editor.sections[index].area
    guard area.buffer.isEmpty else { return area.rows }
    return max(1, Wrap.lines(area.placeholder, width: formWidth).count)
  }

  /// The caret's row on the page.
  private var caretRow: Int {
    for (part, y, _) in parts {
      switch part {
      case .title where focus < 0: return y
      case .area(let index) where index == focus:
        return y + editor.sections[index].area.caretPoint.y
      default: continue
      }
    }
    return 0
  }

  private mutating func keepVisible() {
    let row = caretRow
    let height = max(1, size.height)
    if row < top { top = max(0, row - 1) }
    if row >= top + height { top = row - height + 1 }
    if row < height - 1, top > 0, row <= 1 { top = 0 }
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    let page = Rect(x: rect.x + 1, y: rect.y, width: formWidth, height: rect.height)
    for (part, y, height) in parts {
      let place = Rect(x: page.x, y: page.y + y - top, width: page.width, height: height)
      guard place.maxY > page.y, place.y < page.maxY else { continue }
      switch part {
      case .title: drawTitle(on: &surface, in: place, page: page)
      case .heading(let index):
        surface.fit(
          SafeText(editor.sections[index].heading), index == focus ? .title : .strong,
          at: Point(x: place.x, y: place.y), in: page)
      case .area(let index): drawArea(index, on: &surface, at: place, page: page)
      }
    }
    if showsWeek { drawWeek(on: &surface, in: rect) }
  }

  private func drawTitle(on surface: inout Surface, in place: Rect, page: Rect) {
    guard place.y >= page.y else { return }
    if editor.title.text.isEmpty {
      surface.fit("Title", .muted, at: Point(x: place.x, y: place.y), in: place)
    }
    editor.title.draw(on: &surface, in: place, role: .title, isFocused: focus < 0)
  }

  private func drawArea(_ index: Int, on surface: inout Surface, at place: Rect, page: Rect) {
    editor.sections[index].area.draw(
      on: &surface, in: page.intersection(place), firstRow: max(0, page.y - place.y),
      isFocused: index == focus)
  }

  /// Today's question for a section; nothing once it holds text.
  private func placeholder(_ section: String) -> SafeText {
    let type = editor.entry.type ?? .note
    let name = section == "body" ? nil : section
    let prompt = JournalPrompts.prompt(
      for: type, section: name, on: editor.entry.day, skipping: skippedPrompts, of: offered)
    return SafeText(prompt?.text ?? "Write…")
  }

  private func drawWeek(on surface: inout Surface, in rect: Rect) {
    let x = rect.x + 1 + formWidth + 3
    let place = Rect(x: x, y: rect.y, width: rect.maxX - x, height: rect.height)
    for (row, line) in week.dropFirst(weekTop).prefix(place.height).enumerated() {
      surface.fit(line.text, line.role, at: Point(x: place.x, y: place.y + row), in: place)
    }
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let row = point.y - rect.y + top
    for (part, y, height) in parts where row >= y && row < y + height {
      switch part {
      case .title: focus = -1
      case .heading(let index): focus = index
      case .area(let index):
        focus = index
        editor.sections[index].area.click(
          Point(x: max(0, point.x - rect.x - 1), y: row - y), count: count)
      }
    }
    return .stay
  }

  package mutating func scroll(_ lines: Int) throws {
    let last = parts.last.map { $0.y + $0.height } ?? 0
    top = min(max(0, top + lines), max(0, last - 1))
  }

  mutating func scrollWeek(_ lines: Int) {
    weekTop = min(max(0, weekTop + lines), max(0, week.count - 1))
  }

  mutating func anotherPrompt() {
    skippedPrompts += 1
    for index in editor.sections.indices {
      editor.sections[index].area.placeholder = placeholder(editor.sections[index].name)
    }
  }

  var templates: [OfferedPrompt] {
    JournalPrompts.templates(for: editor.entry.type ?? .note, of: offered)
  }
  var hasWeek: Bool { showsWeek }
}
