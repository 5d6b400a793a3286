package import Kernel
package import Life
internal import Storage
package import TUI

/// One group: its members with their period, and beside them or below what the chosen one has shown.
package struct GroupScreen: Screen {
  let desk: Desk
  let space: EntryID
  private(set) var block: GroupBlock?
  /// The period that is looked at; nil for the one that is now.
  private(set) var period: Period?
  private(set) var selected = 0
  /// The first member and the first line of the page that are seen.
  private(set) var top = 0
  private(set) var pageTop = 0
  private(set) var page: [StyledText] = []
  /// On a small screen the page fills it.
  private(set) var isReading = false
  private(set) var size = Size(width: 0, height: 0)
  /// A check-in to begin at.
  private var goal: CheckIn?

  package init(desk: Desk, space: EntryID) {
    self.desk = desk
    self.space = space
  }

  /// At a check-in: its period and its member.
  package init(desk: Desk, space: EntryID, checkIn: CheckIn) {
    self.init(desk: desk, space: space)
    goal = checkIn
  }

  package static let context = "groups.group"
  package var title: String { "Group" }
  package var reads: Set<Kind> {
    [
      CheckIn.kind, CheckInReaction.kind, CheckInComment.kind, GroupChoice.kind, GroupInfo.kind,
      GroupMember.kind, Membership.kind, .presence,
    ]
  }

  package var headline: (text: SafeText, figure: SafeText) {
    guard let block else { return ("This group is not on this machine.", "") }
    let name = SafeText(block.group.info.name)
    let words = GroupWords.period(block.period, today: block.today)
    if block.group.isLeft {
      return (SafeText("\(name)  \(words), an archive of your own check-ins"), "")
    }
    let standing = GroupWords.standing(block.standing, of: block.period, today: block.today)
    return (SafeText("\(name)  \(words), \(standing)"), SafeText(block.participation))
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    let (account, goal) = (line?.account ?? goal?.member, goal)
    self.goal = nil
    let me = try desk.store.account()?.id
    let (space, period, now) = (space, period, desk.world.now())
    block = try desk.store.read { db in
      guard let group = try CheckInQueries.group(db, space, me: me) else { return nil }
      // A group that has changed its rhythm has other periods.
      let wanted =
        goal.flatMap { Period(group.frequency, key: $0.key) }
        ?? period.map { Period(group.frequency, of: $0.first) }
      return try CheckInQueries.block(db, of: group, period: wanted, now: now)
    }
    if goal != nil, let block, block.standing != .open { self.period = block.period }
    // Who comes in must not put another under the finger.
    if let account, let index = block?.lines.firstIndex(where: { $0.account == account }) {
      selected = index
    }
    move(0, keepsPage: true)
  }

  var line: GroupBlock.Line? {
    guard let block, block.lines.indices.contains(selected) else { return nil }
    return block.lines[selected]
  }

  // MARK: Room

  var isWide: Bool { size.width >= 97 }
  var listWidth: Int { isWide ? min(72, size.width * 52 / 100) : size.width }

  /// The rows of the members: all where they fit, with room for the page below on a narrow screen.
  var listHeight: Int {
    guard let block, !isWide else { return size.height }
    let wanted = block.lines.count + (block.figures.isEmpty ? 0 : 1)
    let half = max(4, size.height * 55 / 100)
    return size.height < 13 ? size.height : min(wanted, half)
  }

  var hasPage: Bool { isReading || isWide || size.height - listHeight > 4 }

  var pageRect: Rect {
    if isReading { return Rect(x: 0, y: 0, width: size.width, height: size.height) }
    if isWide {
      return Rect(x: 0, y: 0, width: size.width, height: size.height)
        .split(left: listWidth, gap: 3).right
    }
    return Rect(x: 0, y: 0, width: size.width, height: size.height).inset(top: listHeight + 1)
  }

  // MARK: Moving

  mutating func move(_ count: Int, keepsPage: Bool = false) {
    let lines = block?.lines.count ?? 0
    let before = selected
    selected = min(max(0, selected + count), max(0, lines - 1))
    let hasFigures = !(block?.figures.isEmpty ?? true) && listHeight > 2
    let room = max(1, listHeight - (hasFigures ? 1 : 0))
    top = min(max(top, selected - room + 1), selected, max(0, lines - room))
    if let block, let line {
      page = GroupPage(
        block, line, world: desk.world, isOnline: isOnline(line), isASCII: desk.preferences.isASCII
      ).rows(width: max(8, pageRect.width - 2))
    } else {
      page = []
    }
    scrollPage(keepsPage && before == selected ? 0 : -pageTop)
  }

  mutating func scrollPage(_ count: Int) {
    pageTop = min(max(0, pageTop + count), max(0, page.count - pageRect.height))
  }

  func isOnline(_ line: GroupBlock.Line) -> Bool {
    desk.groups?.online[space]?.contains(line.account) ?? false
  }

  /// One period on or back; not beyond the one that is now.
  mutating func turn(_ count: Int) throws -> Step {
    guard let block else { return .stay }
    let next = count < 0 ? block.period.previous : block.period.next
    guard next.standing(on: block.today) != .future else {
      return .say(Notice("This is the period that is now."))
    }
    period = next == Period(block.group.frequency, of: block.today) ? nil : next
    try load(size)
    return .stay
  }

  mutating func read(_ isOn: Bool) {
    isReading = isOn
    move(0)
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    guard !isReading, point.x < rect.x + listWidth, let block else { return .stay }
    let index = top + point.y - rect.y
    guard block.lines.indices.contains(index), point.y - rect.y < listHeight else { return .stay }
    move(index - selected)
    return count > 1 ? try choose() : .stay
  }

  package mutating func scroll(_ lines: Int) throws {
    if isReading { scrollPage(lines) } else { move(lines) }
  }

  /// Enter: reads on where the page is hidden; otherwise what can be said to it.
  mutating func choose() throws -> Step {
    guard let line else { return .stay }
    if !hasPage {
      read(true)
      return .stay
    }
    if line.isMe { return .open(area: "checkins") }
    return line.checkIn == nil ? .say(Notice(SafeText("\(line.name) is not in yet."))) : pickSign()
  }

  /// What was seen here is no news any more.
  package mutating func leave() {
    // What can not be marked now stays new.
    try? readNews()
  }

  private func readNews() throws {
    let news = try CheckInNotices.unread(desk).filter { notice in
      switch notice.about {
      case .friend(let space, _, _), .echo(let space, _), .members(let space): space == self.space
      case .ended, .invitation, .reminder, .kept: false
      }
    }
    try CheckInNotices.read(news, desk: desk)
  }

  package mutating func receive(_ reply: any Sendable) throws -> Step {
    guard let answer = reply as? GroupAnswer else { return .stay }
    switch answer {
    case .said(let words):
      return .all([.command("app.redraw"), .say(Notice(SafeText(words), tone: .good))])
    case .gone(let words): return .all([.pop, .say(Notice(SafeText(words), tone: .good))])
    case .code(let words):
      return .all([
        .command("app.redraw"), .push(GroupCodeScreen(desk: desk, space: space)),
        .say(Notice(SafeText(words), tone: .good)),
      ])
    case .entered, .notMade: return .stay
    }
  }
}
