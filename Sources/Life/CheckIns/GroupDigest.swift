package import Kernel

/// A group's period as a few lines of text: readable offline, and fit for a terminal's pipe.
///
/// Names, moods and notes are others' text: they are shown only as `SafeText`.
package struct GroupDigest: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package let name: String
    /// `14`, `–` where the score is not known, `open`, `no answer`.
    package let score: String
    package let mood: String
    /// `energy 3`, `late`, `edited`
    package let marks: [String]
    package let note: String
  }

  /// `Harbour Four, week 47 of 2026: 3 of 4 in.`
  package let title: String
  /// `Mean 13.7, high 18, low 9.`; empty for fewer than two scores.
  package let figures: String
  /// In the order in which they joined.
  package let lines: [Line]

  package init(of round: GroupRound, group: String, today: Day) {
    title = "\(group), \(round.period.fullName): \(round.participation.text) in."
    let figures = round.figures.joined(separator: ", ")
    self.figures = figures.isEmpty ? "" : figures.prefix(1).uppercased() + figures.dropFirst() + "."
    let standing = round.period.standing(on: today)
    lines = round.seats.map { seat in
      guard let point = seat.point else {
        let score = standing == .closed ? "no answer" : "open"
        return Line(name: seat.member.user, score: score, mood: "", marks: [], note: "")
      }
      var marks: [String] = []
      if let energy = point.energy { marks.append("energy \(energy)") }
      if point.isLate { marks.append("late") }
      if point.isEdited { marks.append("edited") }
      return Line(
        name: seat.member.user, score: ScoreWords.text(point.score, by: round.rule),
        mood: point.mood, marks: marks, note: point.note)
    }
  }

  /// Title, figures, and a line each: `fern: 18, 🙂, energy 4, late. “Less mail.”`
  package var text: [String] {
    [title] + (figures.isEmpty ? [] : [figures])
      + lines.map { line in
        let facts = [line.score, line.mood] + line.marks
        let note = line.note.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\(line.name): \(facts.filter { !$0.isEmpty }.joined(separator: ", "))."
          + (note.isEmpty ? "" : " “\(note)”")
      }
  }
}
