internal import Kernel
internal import Life
internal import Storage

/// Reads what people type about check-ins: answers, weeks, friends.
enum CheckInArguments {
  /// Four answers, in one word or four.
  static func scores(_ words: [String]) throws(Failure) -> Scores {
    do {
      return try DigitAnswers.read(words.joined(separator: " "))
    } catch {
      throw Failure(.wrongUsage, plain(error.sentence))
    }
  }

  /// `2026-W46`, `46`, `last`, or a date: the key of that week.
  static func week(_ text: String, _ world: World) throws(Failure) -> String {
    let today = world.today
    let typed = text.lowercased()
    if let week = Week(text.uppercased()) { return week.description }
    if typed == "last" { return Week(of: today).previous.description }
    if typed == "this" { return Week(of: today).description }
    let digits = typed.hasPrefix("w") ? typed.dropFirst() : Substring(typed)
    if let number = Int(digits), (1...53).contains(number) {
      // The last week with this number that has begun.
      for year in [Week(of: today).year, Week(of: today).year - 1] {
        let padded = (number < 10 ? "0" : "") + String(number)
        if let week = Week("\(year)-W\(padded)"), week.monday <= today { return week.description }
      }
    }
    do {
      return Week(of: try NaturalDate(text, today: today).day).description
    } catch {
      throw Failure(
        .wrongUsage, "“\(text)” is no week; write it like 2026-W46, 46, last, or as a date in it")
    }
  }

  /// The groups that `--group` names; those that a check-in always goes to where it names none.
  static func targets(_ named: [String], _ desk: Desk) throws -> [GroupFacts] {
    let groups = try GroupFinding.groups(of: desk)
    guard !named.isEmpty else { return CheckInWriting.usual(groups) }
    var found: [GroupFacts] = []
    for name in named {
      let group = try GroupFinding.findPresent(name, in: groups)
      if !found.contains(where: { $0.space == group.space }) { found.append(group) }
    }
    return found
  }

  /// A friend's newest check-in: by their name, and the group where they are in several; or by the
  /// beginning of its id.
  static func friend(
    _ typed: String, group name: String?, _ desk: Desk
  ) throws -> (checkIn: CheckIn, group: GroupFacts) {
    let groups = try GroupFinding.groups(of: desk).filter { !$0.isLeft }
    let wanted = try name.map { [try GroupFinding.findPresent($0, in: groups)] } ?? groups
    var hits: [(CheckIn, GroupFacts)] = []
    for group in wanted {
      let checkIns = try desk.store.read { try CheckInQueries.checkIns($0, of: group.space) }
      let member = group.members.first { $0.user.lowercased() == typed.lowercased() }?.account
      if let newest = checkIns.first(where: { member != nil && $0.member == member }) {
        hits.append((newest, group))
      } else if typed.count >= IdentityQueries.fewestDigits {
        let digits = typed.lowercased()
        hits += checkIns.filter { $0.id.description.hasPrefix(digits) }.map { ($0, group) }
      }
    }
    switch hits.count {
    case 1: return hits[0]
    case 0: throw Failure(.notFound, "there is no check-in of “\(typed)” in your groups")
    default:
      let names = hits.map(\.1.info.name).joined(separator: ", ")
      throw Failure(.wrongUsage, "“\(typed)” is in \(names); say which with --group")
    }
  }

  static func sign(_ text: String) throws(Failure) -> CheckInReaction.Sign {
    guard let sign = CheckInReaction.Sign(rawValue: text.lowercased()) else {
      let names = CheckInReaction.Sign.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.wrongUsage, "“\(text)” is no sign; the signs are \(names)")
    }
    return sign
  }

  /// A sentence as the middle of a message.
  static func plain(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}
