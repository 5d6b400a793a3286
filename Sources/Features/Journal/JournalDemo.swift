package import Kernel
package import Life

/// A synthetic life: the same one for the same seed, for trying lifeos, for tests and measurements.
///
/// Weeks have their own mood and busyness; now and then a few days stay empty, and now and then a
/// long run of days has something in it every day. Mornings get pages, evenings a reflection,
/// Sundays a review, and whatever the week still owes becomes notes.
package struct JournalDemo: Sendable {
  package struct Piece: Equatable, Sendable {
    package var type: JournalType
    package var day: Day
    package var secondOfDay: Int
    package var title = ""
    package var isStarred = false
    package var mood: Int?
    package var sections: [String: String]
    package var tags: [String] = []
  }

  package var years: Int
  package var seed: UInt64
  /// Entries in an average week.
  package var perWeek: Int
  /// The last day of the life.
  package var until: Day

  package init(years: Int, seed: UInt64, perWeek: Int = 30, until: Day) {
    self.years = years
    self.seed = seed
    self.perWeek = perWeek
    self.until = until
  }

  package var from: Day { until.adding(months: -12 * years) + 1 }

  /// Calls `body` with the entries of each week, oldest first; stops where it throws.
  package func forEachWeek(_ body: (Week, [Piece]) throws -> Void) rethrows {
    let text = JournalDemoText()
    var random = SeededRandom(seed: seed)
    var weather = Weather()
    var week = Week(of: from)
    while week.monday <= until {
      weather.turn(&random)
      let days = (0..<7).map { week.monday + $0 }.filter { $0 >= from && $0 <= until }
      let pieces = self.week(days, weather, text, &random)
      if !pieces.isEmpty { try body(week, pieces) }
      week = week.next
    }
  }

  /// What colours a week: it drifts from one to the next.
  private struct Weather {
    /// 1...5 around which moods fall.
    var mood = 3
    var isAway = false
    var isSteady = false

    mutating func turn(_ random: inout SeededRandom) {
      mood = min(5, max(2, mood + random.below(3) - 1))
      isAway = random.chance(8)
      isSteady = isSteady ? random.chance(85) : random.chance(20)
    }
  }

  private func week(
    _ days: [Day], _ weather: Weather, _ text: JournalDemoText, _ random: inout SeededRandom
  ) -> [Piece] {
    let gap = weather.isSteady ? 0 : random.chance(25) ? 1 + random.below(4) : 0
    let gapStart = random.below(7)
    let written = days.filter { day in
      let place = day.weekday - 1
      return !(gapStart..<gapStart + gap).contains(place)
    }
    guard !written.isEmpty else { return [] }
    var pieces: [Piece] = []
    for day in written {
      if random.chance(weather.isAway ? 30 : 70) { pieces.append(pages(day, text, &random)) }
      if random.chance(weather.isSteady ? 75 : 45) {
        pieces.append(reflection(day, weather, text, &random))
      }
      if day.weekday == 7, random.chance(80) { pieces.append(review(day, text, &random)) }
    }
    let owed = perWeek * days.count / 7 + random.below(5) - 2
    while pieces.count > max(owed, 1) { pieces.remove(at: random.below(pieces.count)) }
    for _ in 0..<max(0, owed - pieces.count) {
      pieces.append(note(random.pick(written), weather, text, &random))
    }
    if weather.isSteady {
      for day in written where !pieces.contains(where: { $0.day == day }) && perWeek >= 7 {
        pieces.append(note(day, weather, text, &random))
      }
    }
    return pieces.sorted { ($0.day, $0.secondOfDay) < ($1.day, $1.secondOfDay) }
  }

  private func pages(_ day: Day, _ text: JournalDemoText, _ random: inout SeededRandom) -> Piece {
    Piece(
      type: .morning, day: day, secondOfDay: 6 * 3600 + random.below(7200),
      sections: ["body": text.pages(day, &random)])
  }

  private func reflection(
    _ day: Day, _ weather: Weather, _ text: JournalDemoText, _ random: inout SeededRandom
  ) -> Piece {
    var piece = Piece(
      type: .reflection, day: day, secondOfDay: 21 * 3600 + random.below(7200),
      mood: mood(weather, &random), sections: [:])
    for (name, _) in JournalType.reflection.sections where random.chance(90) {
      piece.sections[name] = text.section(name, day, &random)
    }
    if piece.sections.isEmpty {
      piece.sections["grateful_for"] = text.section("grateful_for", day, &random)
    }
    return piece
  }

  private func review(_ day: Day, _ text: JournalDemoText, _ random: inout SeededRandom) -> Piece {
    var piece = Piece(
      type: .review, day: day, secondOfDay: 17 * 3600 + random.below(7200), sections: [:])
    for (name, _) in JournalType.review.sections {
      piece.sections[name] = text.section(name, day, &random)
    }
    return piece
  }

  private func note(
    _ day: Day, _ weather: Weather, _ text: JournalDemoText, _ random: inout SeededRandom
  ) -> Piece {
    let subject = text.subject(&random)
    var piece = Piece(
      type: .note, day: day, secondOfDay: 8 * 3600 + random.below(14 * 3600),
      sections: ["body": text.note(subject, day, &random)])
    if random.chance(60) { piece.title = text.title(subject, day, &random) }
    if random.chance(70) { piece.tags.append(subject.tag) }
    if random.chance(8) { piece.tags.append("idea") }
    if random.chance(30) { piece.mood = mood(weather, &random) }
    piece.isStarred = random.chance(4)
    return piece
  }

  private func mood(_ weather: Weather, _ random: inout SeededRandom) -> Int {
    min(5, max(1, weather.mood + [-1, 0, 0, 0, 1, 1][random.below(6)]))
  }
}
