package import Kernel
internal import Storage
package import TUI

/// The code of a group, large enough to be read across a table.
package struct GroupCodeScreen: Screen {
  let desk: Desk
  let space: EntryID
  private var group: GroupFacts?
  private var size = Size(width: 0, height: 0)

  package init(desk: Desk, space: EntryID) {
    self.desk = desk
    self.space = space
  }

  package static let context = "groups.code"
  package var title: String { "Code" }
  package var reads: Set<Kind> { [GroupInfo.kind, GroupMember.kind, Membership.kind] }
  package var headline: (text: SafeText, figure: SafeText) {
    guard let group else { return ("This group is not on this machine.", "") }
    return (
      SafeText("Who knows this code can join \(group.info.name)."),
      SafeText("\(group.present.count) of \(group.info.mostMembers) members")
    )
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    let me = try desk.store.account()?.id
    group = try desk.store.read { [space] in try CheckInQueries.group($0, space, me: me) }
  }

  private var code: String { group?.info.code ?? "" }
  private var mayRenew: Bool { group.map { !$0.isLeft && $0.role != "member" } ?? false }

  private var expiry: String {
    guard !code.isEmpty else { return "There is no code. Who runs the group can make one." }
    guard let expires = group?.info.codeExpires else { return "It holds until it is renewed." }
    if expires < desk.world.now() { return "It ran out. An admin or moderator can renew it." }
    let day = desk.world.zone().civil(expires).day
    let until = Dates.relative(day, to: desk.world.today)
    return "It runs out \(until)" + (until.contains("day") ? ", on \(Dates.short(day))." : ".")
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    surface.cursor = Point(x: rect.x + 1, y: rect.y)
    let large = LargeText(String(code.prefix(12)), isASCII: desk.preferences.isASCII)
    var row = rect.height > 10 ? 1 : 0
    let place = rect.inset(left: 1)
    for line in large.lines(width: place.width) {
      surface.put(line, .accent, at: Point(x: place.x, y: place.y + row), in: place)
      row += 1
    }
    row += 1
    let words =
      expiry
      + " Upper or lower case, spaces and hyphens do not matter: lifeos group join CODE, or J "
      + "in the list of groups."
    for line in Wrap.lines(SafeText(words), width: max(10, min(72, place.width - 1))) {
      surface.put(line, .muted, at: Point(x: place.x, y: place.y + row), in: place)
      row += 1
    }
  }

  package mutating func receive(_ reply: any Sendable) throws -> Step {
    guard case .code(let words)? = reply as? GroupAnswer else { return .stay }
    return .all([.command("app.redraw"), .say(Notice(SafeText(words), tone: .good))])
  }

  package static let commands: [Command<GroupCodeScreen>] = [
    Command(
      "groups.code.copy", "Copy", keys: ["y", "c"], hint: "copy",
      help: "Copies the code to the terminal's clipboard.",
      offer: { $0.code.isEmpty ? .no(because: "there is no code") : .yes }
    ) { .copy($0.code, Notice("Copied.", tone: .good)) },
    Command(
      "groups.code.renew", "Another code", keys: ["N"], hint: "another one",
      help: "Gives the group another code; the one before is void.",
      offer: { $0.mayRenew ? .yes : .no(because: "only admins and moderators renew it") }
    ) { screen in
      try screen.desk.ask("Asking for another code") { [space = screen.space] door in
        .code("\(try door.renewCode(space)) is the code now; the one before is void.")
      }
    },
  ]
}
