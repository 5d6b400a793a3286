internal import Kernel
internal import Life
internal import TUI

/// A sentence for each fact. Names and texts of others are made harmless here.
struct NoticeWords {
  let groups: [EntryID: GroupFacts]
  /// Where a fact lacks an id: it finds nothing.
  private static let nothing = EntryID(high: 0, low: 0)

  func notice(_ fact: NoticeFact) -> CheckInNotice {
    let space = fact.space ?? Self.nothing
    let target = fact.target ?? Self.nothing
    let about: CheckInNotice.About =
      switch fact.about {
      case .friend: .friend(space: space, checkIn: target, key: fact.detail)
      case .comment, .reaction: .echo(space: space, checkIn: target)
      case .joined, .left: .members(space: space)
      case .ended: .ended
      case .invitation: .invitation(target)
      case .kept: .kept(target)
      }
    return CheckInNotice(
      subject: fact.subject, about: about, text: SafeText(sentence(fact)), at: fact.at,
      isRead: fact.isRead)
  }

  private func sentence(_ fact: NoticeFact) -> String {
    let group = fact.space.flatMap { groups[$0] }
    let who = group?.name(of: fact.member) ?? "somebody"
    let name = group.map(\.info.name) ?? ""
    let place = name.isEmpty ? "a group" : name
    // State, reason or sender, and a name.
    let (first, second) = Self.pair(fact.detail)
    switch fact.about {
    case .friend: return "\(who) checked in for \(Self.period(fact.detail)), \(place)"
    case .comment: return "\(who) wrote “\(fact.detail)” under your check-in, \(place)"
    case .reaction: return "\(who) \(Self.deed(fact.detail)) your check-in, \(place)"
    case .joined: return "\(fact.detail.isEmpty ? who : fact.detail) joined \(place)"
    case .left:
      return fact.detail == GroupMember.State.left.rawValue
        ? "\(who) left \(place)" : "\(who) is no longer in \(place)"
    case .ended:
      let gone = second.isEmpty ? "a group" : second
      return first == GroupMember.State.deleted.rawValue
        ? "\(gone) was deleted; your own check-ins stay"
        : "you are no longer in \(gone); your own check-ins stay"
    case .invitation: return "\(first) invites you to \(second)"
    case .kept:
      let thing = Self.things[second] ?? "a check-in"
      return first == "left"
        ? "\(thing) for \(place) was not sent: you are no longer in it; it is kept here"
        : "\(thing) for \(place) was refused: \(RefusedScreen.words(for: first))"
    }
  }

  private static func pair(_ detail: String) -> (String, String) {
    guard let bar = detail.firstIndex(of: "|") else { return (detail, "") }
    return (String(detail[..<bar]), String(detail[detail.index(after: bar)...]))
  }

  /// `week 47`, `Fri 20 Nov`; a key that is neither as it is.
  static func period(_ key: String) -> String {
    if let week = Week(key) { return "week \(week.number)" }
    if let day = Day(key) { return Dates.short(day) }
    return key
  }

  private static let things = [
    CheckIn.kind.name: "a check-in", CheckInComment.kind.name: "a comment",
    CheckInReaction.kind.name: "a reaction",
  ]

  private static func deed(_ sign: String) -> String {
    switch CheckInReaction.Sign(rawValue: sign) {
    case .like: "likes"
    case .love: "loves"
    case .celebrate: "celebrates"
    case .support: "supports you in"
    case .strong: "sees strength in"
    case nil: "reacted to"
    }
  }
}
