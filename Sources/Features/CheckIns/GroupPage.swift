internal import Kernel
internal import Life
internal import TUI

/// What one member shows the group in a period, as rows of text: answers, note, signs, comments.
struct GroupPage {
  private let block: GroupBlock
  private let line: GroupBlock.Line
  private let world: World
  private let isOnline: Bool
  private let isASCII: Bool

  init(
    _ block: GroupBlock, _ line: GroupBlock.Line, world: World, isOnline: Bool, isASCII: Bool
  ) {
    self.block = block
    self.line = line
    self.world = world
    self.isOnline = isOnline
    self.isASCII = isASCII
  }

  func rows(width: Int) -> [StyledText] {
    var rows = heading
    guard let checkIn = line.checkIn else { return rows + waiting(width: width) }
    rows += figures(checkIn)
    rows += course
    if !checkIn.note.isEmpty {
      rows.append(StyledText())
      rows += Wrap.lines(SafeText(lines: checkIn.note), width: width).map { StyledText($0) }
    }
    rows += signs
    rows += comments(width: width)
    return rows
  }

  // MARK: Who

  private var heading: [StyledText] {
    var first = StyledText(line.isMe ? "You" : line.name, .strong)
    if line.isMe { first.append("  \(line.name)", .muted) }
    if line.role != "member" { first.append("  \(line.role)", .muted) }
    if line.isGone { first.append("  no longer in the group", .muted) }
    if isOnline { first.append(isASCII ? "  * online" : "  ● online", .good) }
    guard let checkIn = line.checkIn else { return [first] }
    var words: [String] = []
    if let written = checkIn.written { words.append("checked in \(time(written))") }
    if line.isLate { words.append("late") }
    if let edited = checkIn.edited { words.append("edited \(time(edited))") }
    return [first, StyledText(SafeText(words.joined(separator: ", ")), .muted)]
  }

  private func time(_ moment: Moment) -> String {
    let civil = world.zone().civil(moment)
    return "\(Dates.short(civil.day)) \(civil.clock)"
  }

  private func waiting(width: Int) -> [StyledText] {
    let words =
      switch (block.standing, line.isMe && !block.group.isLeft) {
      case (.closed, true): "You were not in. This period is closed."
      case (.closed, false): "Was not in."
      case (_, true): "Yours is open: a takes you to your answers."
      case (_, false): "Not in yet."
      }
    return [StyledText()] + Wrap.lines(SafeText(words), width: width).map { StyledText($0) }
      + course
  }

  // MARK: What

  private func figures(_ checkIn: CheckIn) -> [StyledText] {
    var rows = [StyledText()]
    func row(_ word: String, _ figure: String, _ role: Role = .text, _ remark: String = "") {
      var row = StyledText(Width.pad(SafeText(word), to: 12), .muted)
      row.append(Width.pad(SafeText(figure), to: 4, atRight: true), role)
      if !remark.isEmpty { row.append(SafeText("  " + remark), .muted) }
      rows.append(row)
    }
    let rule = block.group.rule
    if let scores = checkIn.scores {
      row("productive", "\(scores.productive)")
      row("satisfied", "\(scores.satisfied)")
      row("body", "\(scores.body)")
      row("care", "\(scores.care)", .text, rule == .hucares ? "counts against the score" : "")
    }
    if let score = line.score {
      row("score", ScoreWords.text(score, by: rule), .strong, checkIn.scores.map(sum) ?? "")
    }
    if let energy = checkIn.energy, (1...5).contains(energy) {
      row("energy", "\(energy)", .text, "of 5")
    }
    let mood = SafeText(checkIn.mood)
    if !mood.isEmpty {
      var row = StyledText(Width.pad("mood", to: 14), .muted)
      row.append(Width.cut(mood, to: 40))
      rows.append(row)
    }
    return rows
  }

  /// How the score comes about: `8 + 7 + 6 − 3`.
  private func sum(_ scores: Scores) -> String {
    let all = scores.all.map(String.init)
    switch block.group.rule {
    case .hucares: return "= \(all[0]) + \(all[1]) + \(all[2]) − \(all[3])"
    case .sum: return "= " + all.joined(separator: " + ")
    case .mean: return "= (" + all.joined(separator: " + ") + ") / 4"
    }
  }

  /// Their own scores up to here, on their own scale.
  private var course: [StyledText] {
    let known = line.history.compactMap { $0 }
    guard known.count > 1, let low = known.min(), let high = known.max() else { return [] }
    var row = StyledText(Width.pad("their own", to: 14), .muted)
    if line.isMe { row = StyledText(Width.pad("your own", to: 14), .muted) }
    row.append(Sparkline.text(line.history.map { $0.map(Double.init) }, isASCII: isASCII), .accent)
    let rule = block.group.rule
    row.append(
      SafeText("  \(ScoreWords.text(low, by: rule)) to \(ScoreWords.text(high, by: rule))"),
      .muted)
    return [StyledText(), row]
  }

  // MARK: Echoes

  private var signs: [StyledText] {
    let counts = line.signCounts
    guard !counts.isEmpty else { return [] }
    return [StyledText()]
      + counts.map { sign, _ in
        let known = CheckInReaction.Sign(rawValue: sign)
        let glyph = known.map { isASCII ? GroupWords.key(of: $0) : GroupWords.glyph(of: $0) }
        var row = StyledText(SafeText((glyph ?? "?") + " "), .accent)
        row.append(Width.pad(SafeText(sign), to: 12), .muted)
        let names = line.reactions.filter { $0.sign == sign }.map { name(of: $0.member) }
        row.append(SafeText(names.joined(separator: ", ")))
        return row
      }
  }

  private func comments(width: Int) -> [StyledText] {
    guard !line.comments.isEmpty else { return [] }
    var rows = [StyledText()]
    for comment in line.comments {
      var row = StyledText(SafeText(name(of: comment.member)), .label)
      if let at = comment.at { row.append(SafeText("  \(time(at))"), .muted) }
      rows.append(row)
      rows += Wrap.lines(SafeText(lines: comment.text), width: max(8, width - 2)).map {
        StyledText("  " + $0)
      }
    }
    return rows
  }

  private func name(of account: EntryID?) -> String {
    account != nil && account == block.group.me ? "you" : block.group.name(of: account)
  }
}
