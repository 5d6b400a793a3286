package import Kernel

/// A day as a person says it, with the time of day where they said one.
///
/// Understood: `today`, `yesterday`, `tomorrow`, `fri`, `last fri`, `next monday`, `-3d`, `+2w`,
/// `3 days ago`, `in 2 weeks`, `last month`, `2026-11-20`, `2026-W47` (its Monday), `20.11.2026`,
/// `20.11.`, `20 nov`, `nov 20 2025`; each alone, or with a time: `21:00`, `9pm`, `9:30 pm`, `noon`.
/// A time alone means today. Case and commas do not matter.
package struct NaturalDate: Equatable, Sendable {
  package var day: Day
  /// Seconds since midnight; nil where no time was said.
  package var secondOfDay: Int?

  /// Which of two days is meant where the text leaves it open (`fri`, `20 nov`). Today is both.
  package enum Preference: Sendable { case past, future }

  package init(day: Day, secondOfDay: Int? = nil) {
    self.day = day
    self.secondOfDay = secondOfDay
  }

  /// Reads `text` as said on `today`.
  package init(
    _ text: some StringProtocol, today: Day, preferring preference: Preference = .past
  ) throws(NaturalDateError) {
    let said = String(text.prefix(80))
    var words = Self.words(of: said)
    let second = try Self.takeTime(from: &words, said: said)
    words.removeAll { ["at", "on", "the", "of"].contains($0) }
    var reader = DayReader(words: words, said: said, today: today, preference: preference)
    let day: Day
    if words.isEmpty {
      guard second != nil else { throw .notUnderstood(said) }
      day = today
    } else {
      day = try reader.read()
    }
    guard (1...9999).contains(day.year) else { throw .noSuchDay(said) }
    self.init(day: day, secondOfDay: second)
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    for part in text.lowercased().split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      // 2026-11-20t21:00: the form that programs write
      if let t = part.firstIndex(of: "t"), part[part.startIndex].isASCIIDigit,
        part[..<t].contains("-"), part[t...].dropFirst().first?.isASCIIDigit == true
      {
        words.append(String(part[..<t]))
        words.append(String(part[t...].dropFirst()))
      } else {
        words.append(String(part))
      }
    }
    return words
  }

  /// Removes the time of day from `words`; nil where there is none.
  private static func takeTime(
    from words: inout [String], said: String
  ) throws(NaturalDateError) -> Int? {
    var found: Int?
    var rest: [String] = []
    var index = 0
    while index < words.count {
      let next = index + 1 < words.count ? words[index + 1] : nil
      let half = next == "am" || next == "pm" ? next : nil
      let time = try clockTime(words[index], half: half, said: said)
      if let time {
        guard found == nil else { throw .notUnderstood(said) }
        found = time
        index += half == nil ? 1 : 2
      } else {
        rest.append(words[index])
        index += 1
      }
    }
    words = rest
    return found
  }

  /// `21:00`, `21:00:30`, `9pm`, `9:30pm`, `9` before `pm`, `noon`, `midnight`.
  private static func clockTime(
    _ word: String, half: String?, said: String
  ) throws(NaturalDateError) -> Int? {
    if word == "noon" { return 12 * 3600 }
    if word == "midnight" { return 0 }
    var digits = word[...]
    var half = half
    if half == nil, word.count > 2, word.hasSuffix("am") || word.hasSuffix("pm") {
      half = String(word.suffix(2))
      digits = word.dropLast(2)
    }
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count <= 2 ? DayReader.number($0) : nil }
    guard numbers.count == parts.count, numbers.count <= 3, numbers.count > 1 || half != nil
    else { return nil }
    var hour = numbers[0]
    let minute = numbers.count > 1 ? numbers[1] : 0
    let second = numbers.count > 2 ? numbers[2] : 0
    if let half {
      guard (1...12).contains(hour) else { throw .noSuchTime(said) }
      hour = hour % 12 + (half == "pm" ? 12 : 0)
    }
    guard hour < 24, minute < 60, second < 60 else { throw .noSuchTime(said) }
    return hour * 3600 + minute * 60 + second
  }
}

/// Why a text is no date. The description says what would be.
package enum NaturalDateError: Error, Equatable, Sendable, CustomStringConvertible {
  case notUnderstood(String)
  /// Well formed, but the calendar has no such day.
  case noSuchDay(String)
  case noSuchTime(String)
  /// Day and month could be either way round, such as `3/4/2026`.
  case ambiguous(String)

  package var description: String {
    switch self {
    case .notUnderstood(let text):
      "\u{201C}\(text)\u{201D} is no date that is understood; \(Self.hint)"
    case .noSuchDay(let text): "There is no day \u{201C}\(text)\u{201D}; \(Self.hint)"
    case .noSuchTime(let text):
      "There is no time \u{201C}\(text)\u{201D}; write it like 21:00, 9pm or 9:30pm"
    case .ambiguous(let text):
      "\u{201C}\(text)\u{201D} can be read as two days; write it like 2026-11-20 or 20.11.2026"
    }
  }

  /// The forms that are accepted, in a sentence's tail.
  package static let hint =
    "write today, yesterday, fri, -3d, 3 days ago, 2026-11-20, 20.11.2026 or 20 nov, "
    + "with a time like 21:00 or 9pm where it matters"
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isWholeNumber }
}

extension NaturalDate {
  /// The same as `init`, for those who want to look at the error as a value.
  package static func parse(
    _ text: some StringProtocol, today: Day, preferring preference: Preference = .past
  ) -> Result<NaturalDate, NaturalDateError> {
    do {
      return .success(try NaturalDate(text, today: today, preferring: preference))
    } catch {
      return .failure(error)
    }
  }
}

extension NaturalDateError {
  /// The description, as one sentence for a person.
  package var sentence: String { description }
}
