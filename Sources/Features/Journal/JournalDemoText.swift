internal import Kernel

/// A generator of random numbers that gives the same ones for the same seed, anywhere.
///
/// SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number of 0..<count, each about as likely.
  mutating func below(_ count: Int) -> Int { Int(next() >> 33) % count }

  /// True in `percent` of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}

/// Makes the texts of a synthetic life out of `JournalDemoPhrases`.
struct JournalDemoText {
  /// A sentence taken apart: words and the slots between them.
  fileprivate struct Sentence {
    enum Part {
      case words(String)
      case slot([String])
      case weekday, month
    }
    let parts: [Part]

    init(_ text: String) {
      var parts: [Part] = []
      for piece in text.split(separator: "{", omittingEmptySubsequences: false) {
        if let close = piece.firstIndex(of: "}") {
          switch piece[..<close] {
          case "today": parts.append(.weekday)
          case "this month": parts.append(.month)
          default:
            guard let words = JournalDemoPhrases.slots[String(piece[..<close])] else {
              preconditionFailure("every slot has its words")
            }
            parts.append(.slot(words))
          }
          parts.append(.words(String(piece[piece.index(after: close)...])))
        } else if !piece.isEmpty {
          parts.append(.words(String(piece)))
        }
      }
      self.parts = parts
    }

    func filled(_ day: Day, _ random: inout SeededRandom) -> String {
      var text = ""
      for part in parts {
        switch part {
        case .words(let words): text += words
        case .slot(let words): text += random.pick(words)
        case .weekday: text += Self.words("weekday", day.weekday)
        case .month: text += Self.words("month", day.month)
        }
      }
      guard let first = text.first, first.isLowercase else { return text }
      return first.uppercased() + text.dropFirst()
    }

    private static func words(_ slot: String, _ number: Int) -> String {
      JournalDemoPhrases.slots[slot].map { $0[number - 1] } ?? ""
    }
  }

  struct Subject {
    let tag: String
    fileprivate let titles: [Sentence]
    fileprivate let sentences: [Sentence]
  }

  private let subjects: [Subject]
  /// Each subject as often as it weighs.
  private let lots: [Int]
  private let musings: [Sentence]
  private let sections: [String: [Sentence]]

  init() {
    subjects = JournalDemoPhrases.subjects.map { subject in
      Subject(
        tag: subject.tag, titles: subject.titles.map(Sentence.init),
        sentences: subject.sentences.map(Sentence.init))
    }
    lots = JournalDemoPhrases.subjects.enumerated().flatMap { index, subject in
      Array(repeating: index, count: subject.weight)
    }
    musings = JournalDemoPhrases.musings.map(Sentence.init)
    sections = [
      "went_well": JournalDemoPhrases.wentWell, "to_improve": JournalDemoPhrases.toImprove,
      "grateful_for": JournalDemoPhrases.gratefulFor, "big_wins": JournalDemoPhrases.bigWins,
      "challenges": JournalDemoPhrases.challenges, "learnings": JournalDemoPhrases.learnings,
      "next_week_focus": JournalDemoPhrases.nextWeekFocus,
    ].mapValues { $0.map(Sentence.init) }
  }

  func subject(_ random: inout SeededRandom) -> Subject { subjects[random.pick(lots)] }

  func title(_ subject: Subject, _ day: Day, _ random: inout SeededRandom) -> String {
    random.pick(subject.titles).filled(day, &random)
  }

  /// One to four sentences on the subject, none twice.
  func note(_ subject: Subject, _ day: Day, _ random: inout SeededRandom) -> String {
    sentences(subject.sentences, day, count: 1 + random.below(4), &random).joined(separator: " ")
  }

  /// Two or three paragraphs of whatever comes to mind.
  func pages(_ day: Day, _ random: inout SeededRandom) -> String {
    (0..<2 + random.below(2)).map { _ in
      let subject = subject(&random)
      let mused = sentences(musings, day, count: 1 + random.below(3), &random)
      let told = sentences(subject.sentences, day, count: 1 + random.below(3), &random)
      return (mused + told).joined(separator: " ")
    }.joined(separator: "\n\n")
  }

  /// One to three lines for a section of a reflection or a review.
  func section(_ name: String, _ day: Day, _ random: inout SeededRandom) -> String {
    guard let choices = sections[name] else { preconditionFailure("\(name) has phrases") }
    return sentences(choices, day, count: 1 + random.below(3), &random).joined(separator: "\n")
  }

  private func sentences(
    _ choices: [Sentence], _ day: Day, count: Int, _ random: inout SeededRandom
  ) -> [String] {
    let start = random.below(choices.count)
    return (0..<min(count, choices.count)).map {
      choices[(start + $0) % choices.count].filled(day, &random)
    }
  }
}
