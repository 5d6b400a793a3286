package import Kernel
package import Life
internal import TUI

/// One period of a group, as screens show it: who is in, who is still open, and what it comes to.
///
/// Members stand in the order in which they joined, the person first: never by score.
package struct GroupBlock: Sendable {
  /// One member's period.
  package struct Line: Sendable {
    package var account: EntryID
    package var name: SafeText
    /// `admin`, `moderator`, `member`
    package var role: String
    package var joined: Moment?
    package var isMe: Bool
    /// No longer in the group; what they showed it stays.
    package var isGone: Bool
    package var checkIn: CheckIn?
    /// It was written after the period's end.
    package var isLate: Bool
    /// By the group's rule; nil where there is none, or none that the rule could make.
    package var score: Int?
    /// Their own scores, the oldest first, this period's last; nil for periods without one.
    package var history: [Int?]
    package var reactions: [CheckInReaction]
    package var comments: [CheckInComment]
  }

  package let group: GroupFacts
  package let period: Period
  package let standing: Period.Standing
  /// The group's day.
  package let today: Day
  package let lines: [Line]
  /// The group's; reading one opens a file, so it is kept.
  package let zone: Zone

  /// - Parameters:
  ///   - checkIns: the group's, at least those of `periods`, in any order.
  ///   - periods: those of the history, the oldest first; the last one is the block's.
  package init(
    _ group: GroupFacts, periods: [Period], today: Day, checkIns: [CheckIn],
    reactions: [EntryID: [CheckInReaction]] = [:], comments: [EntryID: [CheckInComment]] = [:]
  ) {
    guard let period = periods.last else { preconditionFailure("a block has a period") }
    self.group = group
    self.period = period
    self.today = today
    standing = period.standing(on: today)
    let rule = group.rule
    let zone = group.zone
    self.zone = zone
    var places: [String: Int] = [:]
    for (index, period) in periods.enumerated() { places[period.key] = index }
    var found: [EntryID: CheckIn] = [:]
    var histories: [EntryID: [Int?]] = [:]
    var order: [EntryID] = []
    for checkIn in checkIns {
      guard let member = checkIn.member, let place = places[checkIn.key] else { continue }
      if histories[member] == nil { order.append(member) }
      histories[member, default: Array(repeating: nil, count: periods.count)][place] =
        Self.score(of: checkIn, by: rule)
      if place == periods.count - 1 { found[member] = checkIn }
    }
    var lines: [Line] = []
    func add(_ account: EntryID, _ member: GroupMember?) {
      let checkIn = found[account]
      lines.append(
        Line(
          account: account, name: SafeText(member?.user ?? "somebody"),
          role: member?.role ?? "member", joined: member?.joined, isMe: account == group.me,
          isGone: member?.state != .member, checkIn: checkIn,
          isLate: checkIn?.written.map { zone.civil($0).day > period.last } ?? false,
          score: checkIn.flatMap { Self.score(of: $0, by: rule) },
          history: histories[account] ?? Array(repeating: nil, count: periods.count),
          reactions: checkIn.flatMap { reactions[$0.id] } ?? [],
          comments: checkIn.flatMap { comments[$0.id] } ?? []))
    }
    var known: Set<EntryID> = []
    for member in group.members {
      guard let account = member.account, known.insert(account).inserted else { continue }
      if found[account] != nil || Self.belongs(member, in: period, zone) { add(account, member) }
    }
    // Who is not known here any more still stands with what they showed.
    for account in order where found[account] != nil && !known.contains(account) {
      add(account, nil)
    }
    if let mine = lines.firstIndex(where: \.isMe) { lines.insert(lines.remove(at: mine), at: 0) }
    self.lines = lines
  }

  /// Whether somebody was there to answer when the period ended, or is.
  private static func belongs(_ member: GroupMember, in period: Period, _ zone: Zone) -> Bool {
    if let joined = member.joined, zone.civil(joined).day > period.last { return false }
    if member.state == .member { return true }
    guard let ended = member.ended else { return false }
    return zone.civil(ended).day > period.last
  }

  /// What another's row says is no score unless the rule can make it.
  private static func score(of checkIn: CheckIn, by rule: ScoreRule) -> Int? {
    guard let score = checkIn.score(by: rule), rule.range.contains(score) else { return nil }
    return score
  }
}

// MARK: - What it comes to

extension GroupBlock {
  /// How many have answered.
  package var inCount: Int { lines.count { $0.checkIn != nil } }
  /// One's own line; nil where one was not in the group then.
  package var mine: Line? { lines.first { $0.isMe } }
  private var scores: [Int] { lines.compactMap(\.score) }
  package var high: Int? { scores.max() }
  package var low: Int? { scores.min() }

  /// To a tenth: `13.7`.
  package var meanText: String? {
    scores.isEmpty ? nil : ScoreWords.text(Average(scores), by: group.rule)
  }

  /// `3 of 4 in`
  package var participation: String { "\(inCount) of \(lines.count) in" }

  /// `3 of 4 in, yours is open`: what a list of groups says.
  package var summary: String {
    guard !group.isLeft, let mine, mine.checkIn == nil else { return participation }
    switch standing {
    case .future: return "not begun"
    case .open: return participation + ", yours is open"
    case .late: return participation + ", yours is late"
    case .closed: return participation + ", without you"
    }
  }

  /// `mean 13.7   high 18   low 9`; empty where nobody is in.
  package var figures: SafeText {
    guard let meanText, let high, let low else { return "" }
    let rule = group.rule
    guard scores.count > 1 else { return "" }
    return SafeText(
      "mean \(meanText)   high \(ScoreWords.text(high, by: rule))"
        + "   low \(ScoreWords.text(low, by: rule))")
  }

  /// `HARBOUR FOUR`
  package var heading: SafeText { SafeText(group.info.name.uppercased()) }
  /// `week 47`
  package var periodWords: SafeText { SafeText(GroupWords.period(period, today: today)) }
}

extension GroupBlock.Line {
  /// `you`, or their name.
  package var shownName: SafeText { isMe ? "you" : name }

  /// The score, or a dot; for a check-in without one `✓`.
  package func scoreText(by rule: ScoreRule, isASCII: Bool) -> SafeText {
    if let score { return SafeText(ScoreWords.text(score, by: rule)) }
    if checkIn != nil { return isASCII ? "x" : "✓" }
    return isASCII ? "." : "·"
  }

  /// `▲ celebrate 2  3 comments`, as much of it as `width` columns hold; shorter where it is narrow.
  package func echo(width: Int, isASCII: Bool) -> SafeText {
    let counts = signCounts
    func join(_ parts: [String], _ gap: String) -> String { parts.joined(separator: gap) }
    var long = counts.map { sign, count in
      let glyph = CheckInReaction.Sign(rawValue: sign).map(GroupWords.glyph(of:))
      return (isASCII ? "" : glyph.map { $0 + " " } ?? "") + "\(sign) \(count)"
    }
    if !comments.isEmpty { long.append(counted(comments.count, "comment", "comments")) }
    let words = SafeText(join(long, "  "))
    if Width.of(words) <= width { return words }
    if !comments.isEmpty { long[long.count - 1] = (isASCII ? "n" : "✎") + String(comments.count) }
    let middle = SafeText(join(long, "  "))
    if Width.of(middle) <= width { return middle }
    var short = counts.map { sign, count in
      guard let known = CheckInReaction.Sign(rawValue: sign) else { return "?\(count)" }
      return (isASCII ? GroupWords.key(of: known) : GroupWords.glyph(of: known)) + String(count)
    }
    if !comments.isEmpty { short.append((isASCII ? "n" : "✎") + String(comments.count)) }
    return Width.cut(SafeText(join(short, " ")), to: width)
  }

  /// The signs under it with their numbers, in the order of `Sign`; what is not known comes last.
  package var signCounts: [(sign: String, count: Int)] {
    var counts: [String: Int] = [:]
    for reaction in reactions { counts[reaction.sign, default: 0] += 1 }
    let known = CheckInReaction.Sign.allCases.map(\.rawValue)
    let others = counts.keys.filter { !known.contains($0) && !$0.isEmpty }.sorted()
    return (known + others).compactMap { sign in counts[sign].map { (sign, $0) } }
  }
}
