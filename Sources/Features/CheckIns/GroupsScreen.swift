package import Kernel
internal import Life
internal import Storage
package import TUI

/// All groups with how their period stands, who invites, and the archives of those that were left.
package struct GroupsScreen: Screen {
  let desk: Desk
  /// What can be chosen, one a line.
  enum Item: Hashable {
    case invitation(EntryID)
    case group(EntryID)
  }

  private(set) var invitations: [Invitation] = []
  private(set) var blocks: [GroupBlock] = []
  private(set) var unread: [EntryID: Int] = [:]
  private(set) var isSignedIn = false
  /// What was typed when a group could not be made.
  private(set) var draft: GroupForm?
  /// The chosen group's period with its echoes, beside the list.
  private(set) var preview: GroupBlock?
  private(set) var current: Item?
  private(set) var top = 0
  private(set) var size = Size(width: 0, height: 0)
  /// Check-ins older than this, in days, are news no more.
  static let newsDays: Int64 = 60

  package init(desk: Desk) { self.desk = desk }

  package static let context = "groups.list"
  package var title: String { "Groups" }
  package var reads: Set<Kind> {
    [
      CheckIn.kind, CheckInReaction.kind, CheckInComment.kind, GroupChoice.kind, NoticeMark.kind,
      GroupInfo.kind, GroupMember.kind, Membership.kind, Invitation.kind, .presence,
    ]
  }

  package var headline: (text: SafeText, figure: SafeText) {
    let active = blocks.filter { !$0.group.isLeft }
    guard !active.isEmpty else {
      return (
        invitations.isEmpty ? "Check-ins, with friends." : "You are asked into a group.", ""
      )
    }
    let open = active.count { $0.mine?.checkIn == nil && $0.standing == .open }
    let words =
      open == 0
      ? active.count == 1
        ? "Your group has heard from you." : "All your groups have heard from you."
      : active.count == 1
        ? "Your group waits for your check-in."
        : "\(open) of \(active.count) groups wait for your check-in."
    return (
      SafeText(words),
      SafeText(invitations.isEmpty ? "" : counted(invitations.count, "invitation", "invitations"))
    )
  }

  var isWide: Bool { size.width >= 97 }
  var items: [Item] {
    invitations.map { .invitation($0.id) } + blocks.map { .group($0.group.space) }
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    let now = desk.world.now()
    let account = try desk.store.account()
    isSignedIn = account != nil
    (invitations, blocks, unread) = try desk.store.read { db in
      let groups = try CheckInQueries.groups(db, me: account?.id)
      return (
        try CheckInQueries.invitations(db).filter { $0.isOpen(at: now) },
        try groups.map {
          try CheckInQueries.block(db, of: $0, now: now, depth: 1, withEchoes: false)
        },
        try account.map {
          try CheckInQueries.unread(db, of: $0.id, since: now + -Self.newsDays * 86_400_000)
        } ?? [:]
      )
    }
    if let current, items.contains(current) {} else { current = items.first }
    try move(0)
  }

  mutating func move(_ count: Int) throws {
    let items = items
    let index = current.flatMap { items.firstIndex(of: $0) } ?? 0
    current = items.isEmpty ? nil : items[min(max(0, index + count), items.count - 1)]
    try follow()
  }

  /// Keeps the chosen line in sight, and reads what stands beside it.
  private mutating func follow() throws {
    let lines = lines
    if let row = lines.firstIndex(where: { $0.item != nil && $0.item == current }) {
      if current == items.first { top = 0 }
      top = min(max(top, row - size.height + 1), row, max(0, lines.count - size.height))
    } else {
      top = 0
    }
    guard isWide, case .group(let space) = current,
      let group = blocks.first(where: { $0.group.space == space })?.group
    else {
      preview = nil
      return
    }
    preview = try desk.store.read { db in
      try CheckInQueries.block(db, of: group, now: desk.world.now())
    }
  }

  var invitation: Invitation? {
    guard case .invitation(let id) = current else { return nil }
    return invitations.first { $0.id == id }
  }

  // MARK: Doing

  mutating func open() throws -> Step {
    switch current {
    case .group(let space): return .push(GroupScreen(desk: desk, space: space))
    case .invitation: return try accept()
    case nil: return try create()
    }
  }

  mutating func create() throws -> Step {
    if let reason = try desk.noGroups() {
      return .say(Notice(SafeText(reason.sentence + "."), tone: .warn))
    }
    let prompts = GroupPrompts(desk: desk)
    return prompts.make(draft ?? prompts.freshForm())
  }

  func join() throws -> Step {
    if let reason = try desk.noGroups() {
      return .say(Notice(SafeText(reason.sentence + "."), tone: .warn))
    }
    return GroupPrompts(desk: desk).join()
  }

  func accept() throws -> Step {
    guard let invitation else { return .stay }
    return try desk.ask("Joining") { door in
      .entered(
        try door.accept(invitation.id),
        "You are in \(invitation.name). Nothing is shown there until you post.")
    }
  }

  func decline() throws -> Step {
    guard let invitation else { return .stay }
    return .ask(
      Question(
        SafeText("Decline \(invitation.name)?"),
        detail: SafeText(
          "\(invitation.from) is not told. They can invite you again, and the group's code lets you "
            + "in at any time."),
        answers: [
          Question.Answer("k", "Keep it"),
          Question.Answer("x", "Decline") { [desk] _ in
            try desk.ask("Declining") { door in
              try door.decline(invitation.id)
              return .said("The invitation into \(invitation.name) is declined.")
            }
          },
        ]))
  }

  package mutating func receive(_ reply: any Sendable) throws -> Step {
    guard let answer = reply as? GroupAnswer else { return .stay }
    switch answer {
    case .entered(let space, let words):
      draft = nil
      current = .group(space)
      return .all([
        .push(GroupScreen(desk: desk, space: space)),
        .say(Notice(SafeText(words), tone: .good)),
      ])
    case .notMade(let form, let words):
      draft = form
      return .say(
        Notice(
          SafeText("Not made: \(words). c goes on with what you typed."), tone: .bad))
    case .said(let words), .gone(let words):
      return .all([.command("app.redraw"), .say(Notice(SafeText(words), tone: .good))])
    case .code: return .stay
    }
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let row = top + point.y - rect.y
    let lines = lines
    guard !isWide || point.x < rect.x + listWidth, lines.indices.contains(row),
      let item = lines[row].item
    else { return .stay }
    current = item
    try follow()
    return count > 1 ? try open() : .stay
  }

  package mutating func scroll(_ lines: Int) throws { try move(lines) }
}

extension Kind {
  /// No rows: a change of who listens now.
  static let presence: Kind = "presence"
}

extension Invitation {
  /// Neither answered nor taken back nor run out.
  func isOpen(at now: Moment) -> Bool {
    state == .open && space != nil && expires.map { $0 > now } ?? true
  }
}
