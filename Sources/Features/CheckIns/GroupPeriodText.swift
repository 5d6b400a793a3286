internal import Kernel
internal import Life
internal import TUI

/// A group's period as a text: to read offline, to copy into a letter.
struct GroupPeriodText {
  private let block: GroupBlock
  init(_ block: GroupBlock) { self.block = block }

  var text: String {
    let rule = block.group.rule
    var lines = ["\(block.group.info.name), \(block.periodWords)", block.participation + "."]
    if let mean = block.meanText, let high = block.high, let low = block.low {
      lines.append(
        "Mean \(mean), high \(ScoreWords.text(high, by: rule)), "
          + "low \(ScoreWords.text(low, by: rule)); \(ScoreWords.formula(rule)).")
    }
    for line in block.lines {
      lines.append("")
      lines += member(line, rule)
    }
    return lines.joined(separator: "\n")
  }

  private func member(_ line: GroupBlock.Line, _ rule: ScoreRule) -> [String] {
    guard let checkIn = line.checkIn else {
      return ["\(line.name): \(block.standing == .closed ? "not in" : "still open")"]
    }
    var first = "\(line.name):"
    if let score = line.score { first += " \(ScoreWords.text(score, by: rule))" }
    if let scores = checkIn.scores {
      first +=
        " (productive \(scores.productive), satisfied \(scores.satisfied), body \(scores.body), "
        + "care \(scores.care))"
    }
    if !checkIn.mood.isEmpty { first += ", \(checkIn.mood)" }
    if line.isLate { first += ", late" }
    var lines = [first]
    if !checkIn.note.isEmpty {
      lines += SafeText(lines: checkIn.note).lines.map { "  \($0)" }
    }
    let signs = line.signCounts.map { "\($0.sign) \($0.count)" }
    if !signs.isEmpty { lines.append("  " + signs.joined(separator: ", ")) }
    for comment in line.comments {
      lines.append("  \(block.group.name(of: comment.member)): \(comment.text)")
    }
    return lines
  }
}
