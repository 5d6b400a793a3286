package import Kernel
internal import Life
internal import Storage
package import TUI

/// What is new, the newest first: read, taken off the list or put off; Enter opens what it is about.
package struct NoticesScreen: Screen {
  let desk: Desk
  private var notices: [CheckInNotice] = []
  private var selected = 0
  private var top = 0
  private var height = 1

  package init(desk: Desk) { self.desk = desk }

  package static let context = "notices.list"
  package var title: String { "Notices" }
  package var reads: Set<Kind> { CheckInNotices.reads }
  package var headline: (text: SafeText, figure: SafeText) {
    let fresh = notices.count { !$0.isRead }
    let text: SafeText = fresh == 0 ? "Nothing new." : SafeText("\(grouped(fresh)) new.")
    return (text, notices.isEmpty ? "" : SafeText(counted(notices.count, "notice", "notices")))
  }

  package mutating func load(_ size: Size) throws {
    let subject = current?.subject
    height = max(1, size.height)
    notices = try CheckInNotices.all(desk)
    // One more on top must not put another notice under the finger.
    if let subject, let index = notices.firstIndex(where: { $0.subject == subject }) {
      selected = index
    }
    move(0)
  }

  private var current: CheckInNotice? {
    notices.indices.contains(selected) ? notices[selected] : nil
  }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, notices.count - 1))
    top = min(top, selected)
    if selected >= top + height { top = selected - height + 1 }
    top = max(0, min(top, notices.count - height))
  }

  // MARK: Drawing

  package func draw(on surface: inout Surface, in rect: Rect) {
    guard !notices.isEmpty else { return drawEmpty(on: &surface, in: rect) }
    let isASCII = desk.preferences.isASCII
    for (line, index) in notices.indices.dropFirst(top).prefix(rect.height).enumerated() {
      let notice = notices[index]
      let place = rect.row(line)
      if index == selected {
        surface.ground(.selection, in: place)
        surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
        surface.cursor = Point(x: place.x, y: place.y)
      }
      let inner = place.inset(left: 1, right: 1)
      let age = CheckInNotices.age(notice.at, desk.world)
      let right = surface.right(age, .muted, y: place.y, in: inner) - 2
      surface.put(
        SafeText(isASCII ? notice.glyph.ascii : notice.glyph.unicode),
        notice.isRead ? .muted : role(of: notice), at: Point(x: inner.x, y: place.y), in: inner)
      surface.fit(
        notice.text, notice.isRead ? .muted : .text, at: Point(x: inner.x + 2, y: place.y),
        in: Rect(x: inner.x, y: place.y, width: max(0, right - inner.x), height: 1))
    }
    Scrollbar(total: notices.count, first: top).draw(on: &surface, in: rect, isASCII: isASCII)
  }

  private func role(of notice: CheckInNotice) -> Role {
    switch notice.about {
    case .friend: .good
    case .echo, .invitation: .accent
    case .reminder, .ended, .kept: .warn
    case .members: .text
    }
  }

  private func drawEmpty(on surface: inout Surface, in rect: Rect) {
    let text: SafeText =
      "What friends do in your groups comes here: check-ins, words under yours, invitations; and "
      + "your own reminder of the week. You are up to date."
    for (row, line) in Wrap.lines(text, width: max(10, min(72, rect.width - 2))).enumerated() {
      surface.put(line, .muted, at: Point(x: rect.x + 1, y: rect.y + row), in: rect)
    }
    surface.cursor = Point(x: rect.x + 1, y: rect.y)
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let index = top + point.y - rect.y
    guard notices.indices.contains(index) else { return .stay }
    selected = index
    return count > 1 ? try open() : .stay
  }

  package mutating func scroll(_ lines: Int) throws { move(lines) }

  // MARK: Doing

  /// Opens what the notice is about; it is read by that.
  private mutating func open() throws -> Step {
    guard let current else { return .stay }
    if !current.isRead, !isQuestion(current) { try CheckInNotices.read([current], desk: desk) }
    switch current.about {
    case .friend(let space, let id, _), .echo(let space, let id):
      return .push(try group(space, at: id))
    case .members(let space): return .push(GroupScreen(desk: desk, space: space))
    case .reminder: return .all([.pop, .open(area: "checkins")])
    case .kept: return .push(RefusedScreen(desk: desk))
    case .ended: return .stay
    case .invitation(let id): return .ask(NoticeInvitation.question(id, current.text, desk: desk))
    }
  }

  private func group(_ space: EntryID, at id: EntryID) throws -> GroupScreen {
    let checkIn = try desk.store.read { try CheckInQueries.checkIn($0, id: id)?.checkIn }
    return checkIn.map { GroupScreen(desk: desk, space: space, checkIn: $0) }
      ?? GroupScreen(desk: desk, space: space)
  }

  private func isQuestion(_ notice: CheckInNotice) -> Bool {
    if case .invitation = notice.about { true } else { false }
  }

  private mutating func toggleRead() throws -> Step {
    guard let current else { return .stay }
    try CheckInNotices.read([current], isRead: !current.isRead, desk: desk)
    move(current.isRead ? 0 : 1)
    return .stay
  }

  private func snooze() -> Step {
    guard let current else { return .stay }
    let desk = desk
    func item(_ title: SafeText, _ detail: SafeText, _ moment: Moment) -> Picker.Item {
      Picker.Item(title, detail: detail) { _ in
        try CheckInNotices.snooze([current], until: moment, desk: desk)
        return .say(Notice(SafeText("Put off. It comes back \(detail.string). u undoes")))
      }
    }
    let (world, zone) = (desk.world, desk.world.zone())
    let hour = world.now() + 3_600_000
    let evening = zone.moment(CivilTime(day: zone.civil(world.now()).day, hour: 18, minute: 0))
    let morning = zone.moment(CivilTime(day: world.today + 1, hour: 8, minute: 0))
    var items = [item("An hour", SafeText("at \(zone.civil(hour).clock)"), hour)]
    if evening > hour { items.append(item("Until this evening", "at 18:00", evening)) }
    items.append(item("Until tomorrow", "tomorrow at 08:00", morning))
    return .pick(Picker("Put off", items: items))
  }

  private static func needsOne(_ screen: borrowing NoticesScreen) -> Offer {
    screen.notices.isEmpty ? .no(because: "there is no notice") : .yes
  }

  private static func needsNew(_ screen: borrowing NoticesScreen) -> Offer {
    screen.notices.contains { !$0.isRead } ? .yes : .no(because: "all are read")
  }

  package static let commands: [Command<NoticesScreen>] = [
    Command("notices.move.down", "Down", keys: ["j", "<down>"], help: "The next notice.") {
      $0.move(1)
      return .stay
    },
    Command("notices.move.up", "Up", keys: ["k", "<up>"], help: "The notice before.") {
      $0.move(-1)
      return .stay
    },
    Command("notices.move.first", "First", keys: ["g g", "<home>"], help: "The newest notice.") {
      $0.move(-$0.notices.count)
      return .stay
    },
    Command("notices.move.last", "Last", keys: ["G", "<end>"], help: "The oldest notice.") {
      $0.move($0.notices.count)
      return .stay
    },
    Command(
      "notices.move.pagedown", "Page down", keys: ["<pagedown>", "<space>"], help: "A page on."
    ) {
      $0.move($0.height)
      return .stay
    },
    Command("notices.move.pageup", "Page up", keys: ["<pageup>"], help: "A page back.") {
      $0.move(-$0.height)
      return .stay
    },
    Command(
      "notices.open", "Open", keys: ["<enter>", "l", "<right>"], hint: "open",
      help: "Opens what it is about: the group, your week, an invitation to answer.",
      offer: { needsOne($0) }
    ) { try $0.open() },
    Command(
      "notices.read", "Read or new", keys: ["r"], hint: "read",
      help: "Marks it as read; a read one becomes new again.", offer: { needsOne($0) }
    ) { try $0.toggleRead() },
    Command(
      "notices.read.all", "Read all", keys: ["R"], hint: "read all",
      help: "Marks all of them as read.", offer: { needsNew($0) }
    ) { screen in
      let fresh = screen.notices.filter { !$0.isRead }
      try CheckInNotices.read(fresh, desk: screen.desk)
      return .say(
        Notice(SafeText("\(counted(fresh.count, "notice", "notices")) read. u undoes"), tone: .good)
      )
    },
    Command(
      "notices.delete", "Delete", keys: ["d", "<delete>"], hint: "delete",
      help: "Takes it off the list for good; what it is about stays.", offer: { needsOne($0) }
    ) { screen in
      guard let current = screen.current else { return .stay }
      try CheckInNotices.hide([current], desk: screen.desk)
      return .say(Notice("Off the list. u undoes"))
    },
    Command(
      "notices.snooze", "Put off", keys: ["z"], hint: "put off",
      help: "Takes it off the list for an hour, or until tomorrow.", offer: { needsOne($0) }
    ) { $0.snooze() },
  ]
}
