import Foundation
import Glibc
import Kernel
import Life
import ProgramKit
import TestKit
import Testing

/// The step's proof: a group of real clients and a real server, over four weeks, offline in turns.
@Suite(.serialized) struct FourWeeksTests {
  // MARK: Figures, computed here once more

  private func mean(_ values: [Int]) -> Double {
    Double(values.reduce(0, +)) / Double(max(1, values.count))
  }

  /// Interpolated in a straight line between two values.
  private func quartile(_ values: [Int], _ part: Double) -> Double {
    let sorted = values.sorted()
    let place = part * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return Double(sorted[low]) + (place - Double(low)) * Double(sorted[high] - sorted[low])
  }

  /// Who has shown which score in a week.
  private func shown(_ week: Int) -> [String: Int] {
    var scores: [String: Int] = [:]
    for (user, weeks) in FourWeeks.answers {
      guard let answers = weeks[week], FourWeeks.hidden[user]?.contains(week) != true else {
        continue
      }
      scores[user] = FourWeeks.score(answers)
    }
    return scores
  }

  private func own(_ user: String) -> [[Int]] {
    (45...48).compactMap { FourWeeks.answers[user]?[$0] }
  }

  // MARK: How it ended

  @Test func `all machines and the server hold the same, and nothing waits`() async throws {
    let life = try await FourWeeks.life()
    let server = try GroupKnowledge.digests(of: life.house)
    for machine in [life.anna, life.home, life.ben, life.cleo] {
      let digests = try GroupKnowledge.digests(of: machine)
      #expect(digests.count == 2, "\(machine.user)")
      for (space, digest) in digests { #expect(server[space] == digest, "\(machine.user)") }
      #expect(try await machine.status()["waiting"] as? Int == 0, "\(machine.user)")
    }
    let lines = try GroupKnowledge(life.anna, FourWeeks.group, in: life.house).lines
    #expect(lines.count == 10, "\(lines)")
    for machine in [life.home, life.ben, life.cleo] {
      #expect(try GroupKnowledge(machine, FourWeeks.group, in: life.house).lines == lines)
    }
    try await life.house.expectWell()
  }

  @Test func `the figures of each week of the group are right on every machine`() async throws {
    let life = try await FourWeeks.life()
    let due = [45: ["anna", "ben"]]
    for machine in [life.anna, life.home, life.ben, life.cleo] {
      let knowledge = try GroupKnowledge(machine, FourWeeks.group, in: life.house)
      for week in 45...48 {
        let round = try knowledge.round("2026-W\(week)")
        let scores = shown(week)
        let names = due[week] ?? ["anna", "ben", "cleo"]
        #expect(round.seats.map(\.member.user) == names, "\(machine.user), \(week)")
        for seat in round.seats {
          #expect(seat.point?.score == scores[seat.member.user], "\(machine.user), \(week)")
        }
        #expect(round.participation.answered == scores.count)
        #expect(round.participation.due == names.count)
        #expect(round.total == scores.values.reduce(0, +))
        #expect(round.high == scores.values.max() && round.low == scores.values.min())
        #expect(round.mean.value == mean(Array(scores.values)))
        #expect(round.isPerfect == (scores.count == names.count))
      }
      let late = try knowledge.round("2026-W46").seats.filter { $0.point?.isLate == true }
      #expect(late.map(\.member.user) == ["ben"])
      let edited = try knowledge.round("2026-W46").seats.filter { $0.point?.isEdited == true }
      #expect(edited.map(\.member.user) == ["anna"])
    }
  }

  @Test func `each person's own figures are right, on both machines of one`() async throws {
    let life = try await FourWeeks.life()
    for machine in [life.anna, life.home, life.ben] {
      let analysis = try GroupKnowledge.own(machine, in: life.house)
      let answers = own(machine.user)
      let scores = answers.map(FourWeeks.score)
      #expect(analysis.points.map(\.score) == scores, "\(machine.user)")
      #expect(analysis.points.map { $0.scores?.all } == answers)
      #expect(analysis.streak().current == 4 && analysis.streak().longest == 4)
      #expect(analysis.participation() == Participation(answered: 4, due: 4))
      let trend = analysis.trend(of: .score)
      #expect(trend.recent.value == mean(Array(scores.suffix(3))))
      #expect(trend.earlier.value == Double(scores[0]))
      let change = mean(Array(scores.suffix(3))) - Double(scores[0])
      #expect(trend.direction == (change > 2 ? .up : change < -2 ? .down : .steady))
      let means = (0..<4).map { part in mean(answers.map { $0[part] }) }
      #expect(analysis.means().map(\.mean.value) == means)
      let parts: [CheckInPart] = [.productive, .satisfied, .body, .care]
      #expect(
        Set(analysis.strengths().map(\.part))
          == Set(zip(parts, means).filter { $0 == .care ? $1 <= 3 : $1 >= 7 }.map(\.0)))
      #expect(
        Set(analysis.slips().map(\.part))
          == Set(zip(parts, means).filter { $0 == .care ? $1 > 4 : $1 < 6 }.map(\.0)))
      #expect(analysis.best().first?.score == scores.max())
      #expect(analysis.hardest().first?.score == scores.min())
    }
  }

  @Test func `after four weeks there is a baseline`() async throws {
    let life = try await FourWeeks.life()
    for machine in [life.anna, life.ben] {
      let now = try GroupKnowledge.own(machine, in: life.house)
      // Three weeks before this one are too few.
      #expect(now.baseline() == nil)
      let scores = own(machine.user).map(FourWeeks.score)
      let next = CheckInAnalysis(points: now.points, today: try #require(Day("2026-11-30")))
      let baseline = try #require(next.baseline())
      #expect(baseline.quartiles.median == quartile(scores, 0.5))
      #expect(baseline.usual.lowerBound == Int(quartile(scores, 0.25).rounded(.down)))
      #expect(baseline.usual.upperBound == Int(quartile(scores, 0.75).rounded(.up)))
    }
  }

  @Test func `what is shared is what was chosen`() async throws {
    let life = try await FourWeeks.life()
    for machine in [life.anna, life.ben, life.cleo] {
      let lines = try GroupKnowledge(machine, FourWeeks.group, in: life.house).lines
      let all = lines.joined(separator: "\n")
      #expect(!all.contains(FourWeeks.roof) && !all.contains(FourWeeks.own), "\(all)")
      #expect(lines.contains { $0.contains("2026-W47 ben") && $0.contains(FourWeeks.dry) })
      #expect(!lines.contains { $0.contains("2026-W47 anna") })
      #expect(
        lines.contains {
          $0.contains("2026-W45 anna") && $0.contains("calm") && $0.contains("ben celebrate")
            && $0.contains("ben: Well done.")
        })
    }
    let notes = try GroupKnowledge.own(life.home, in: life.house).points.map(\.note)
    #expect(notes.contains(FourWeeks.roof) && notes.contains(FourWeeks.own))
  }

  @Test func `what was said on the way was true and of use`() async throws {
    let words = try await FourWeeks.life().words
    func expect(_ name: String, _ parts: String...) {
      for part in parts {
        #expect(
          words[name]?.localizedCaseInsensitiveContains(part) == true, "\(words[name] ?? name)")
      }
    }
    expect("away", "127.0.0.1")
    expect("stopped", "127.0.0.1")
    expect("late", "late")
    expect("invitation", "Harbour Four", "anna")
    expect("due", "Harbour Four")
    expect("removed", "no longer", "check_in")
    expect("archive", "Harbour Four", "removed", "kept")
    expect("reminder", "week 48")
    #expect(words["answered"]?.contains("check in") != true, "\(words)")
    expect("unread", "ben", "cleo")
    // The archive has one's own, and nothing of the others.
    #expect(words["archived"]?.contains("2026-W46") == true)
    #expect(words["archived"]?.contains("2026-W45") != true, "\(words)")
  }

  @Test func `notices read on one machine are read on the other`() async throws {
    let life = try await FourWeeks.life()
    for machine in [life.anna, life.home] {
      let unread = try await machine("notices", "--json").list("notices")
        .filter { $0["read"] as? Bool != true }
      #expect(unread.isEmpty, "\(unread)")
    }
    let others = try await life.ben("notices", "--json").list("notices")
    #expect(!others.isEmpty)
  }

  @Test func `the screens of both show the same weeks`() async throws {
    let life = try await FourWeeks.life()
    for machine in [life.anna, life.ben] {
      let screen = try await machine.open(rows: 40, columns: 120)
      try await screen.send("3")
      try await screen.wait(for: "HARBOUR FIVE")
      try await screen.wait(for: "3 of 3 in")
      try await screen.send("G")
      try await screen.wait(for: FourWeeks.group)
      try await screen.send("\r")
      let grid = try await screen.wait(for: "you share")
      #expect(grid.contains("mean 20"))
      let others = ["anna", "ben", "cleo"].filter { $0 != machine.user }
      for name in ["you"] + others { #expect(grid.contains(name)) }
      try await screen.send("[")
      try await screen.wait(for: "2 of 3 in")
      try await screen.send("[")
      try await screen.wait(for: "mean 14")
      try await screen.send("[")
      try await screen.wait(for: "mean 13")
      try await screen.kill(SIGTERM)
      #expect(try await screen.exitCode() == 0)
    }
  }
}
