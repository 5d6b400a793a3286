package import Kernel
internal import Life
internal import Storage
package import TUI

/// The note of a week, over the whole screen. What is typed is on disk at every pause.
package struct CheckInNoteScreen: Screen {
  let desk: Desk
  private var form: CheckInForm
  /// The groups that will see it.
  private let readers: [String]
  private var area: TextArea
  private var isTyped = false

  init(form: CheckInForm, readers: [String], desk: Desk) {
    self.desk = desk
    self.form = form
    self.readers = readers
    area = TextArea(
      form.extras.note, placeholder: "What was this week about? Esc goes back.", atEnd: true)
  }

  package static let context = "checkins.note"
  package var title: String { "Note" }
  package var reads: Set<Kind> { [NoticeMark.kind] }
  package var takesText: Bool { true }
  package var restDelay: Int? { isTyped ? 500 : nil }

  package var headline: (text: SafeText, figure: SafeText) {
    let name = CheckInWords.name(form.key)
    let who =
      readers.isEmpty ? "Nobody else sees it." : "\(readers.joined(separator: ", ")) will see it."
    let count = area.text.count
    let most = CheckInDraft.mostNote
    return (
      SafeText("Note of \(name). \(who)"),
      count > most ? SafeText("\(grouped(count)) of \(grouped(most)) characters") : ""
    )
  }

  /// Lines of more than 84 columns are hard to read.
  private func column(_ rect: Rect) -> Rect {
    Rect(x: rect.x + 1, y: rect.y, width: min(84, rect.width - 2), height: rect.height)
  }

  package mutating func load(_ size: Size) throws {
    area.resize(to: column(Rect(x: 0, y: 0, width: size.width, height: size.height)).size)
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    area.draw(on: &surface, in: column(rect))
  }

  package mutating func press(_ key: Key) -> Bool {
    guard area.handle(key) else { return false }
    touch()
    return true
  }

  package mutating func paste(_ text: String) -> Bool {
    area.insert(text)
    touch()
    return true
  }

  private mutating func touch() {
    isTyped = true
    form.extras.note = JournalTextInput.clean(area.text)
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let place = column(rect)
    area.click(
      Point(x: max(0, point.x - place.x), y: point.y - place.y + area.scroll), count: count)
    return .stay
  }

  package mutating func scroll(_ lines: Int) throws { area.scroll(by: lines) }

  package mutating func rest() throws -> Step {
    try form.keep(in: desk.store)
    return .stay
  }

  package mutating func leave() {
    // There is nobody left to tell; what was typed before the last pause is on disk.
    try? form.keep(in: desk.store)
  }

  package static let commands: [Command<CheckInNoteScreen>] = [
    Command(
      "note.close", "Done", keys: ["<esc>", "C-s"], hint: "done",
      help: "Back to the week with this note; Enter posts it there."
    ) { screen in
      let note = screen.form.extras.note
      guard note.count <= CheckInDraft.mostNote else {
        return .say(
          Notice(SafeText(CheckInWords.of(CheckInRefusal.longNote).sentence + "."), tone: .warn))
      }
      return .popThen { below in
        guard var week = below as? CheckInScreen else { return .stay }
        week.form.extras.note = note
        try week.makePlan()
        let isReady = week.isReady
        below = week
        return isReady ? .say(Notice("Enter posts the note with the answers.")) : .stay
      }
    }
  ]
}
