package import Kernel

/// What a line typed into the search box asks for. Any text is a question; none is an error.
///
/// `word` finds the word, `wor*` all that begin so, `"two words"` the phrase; `tag:x`, `@x` and `#x` a
/// tag; `type:review` a type; `from:`, `to:`, `on:` and `2026-03..` days; `starred` the starred ones.
/// What looks like a filter but is none stays text.
package struct JournalSearch: Equatable, Sendable {
  package enum Term: Equatable, Sendable {
    case word(String, isPrefix: Bool)
    case phrase(String)
  }

  package var terms: [Term] = []
  package var tags: [String] = []
  package var type: JournalType?
  package var isStarred = false
  package var from: Day?
  package var to: Day?

  package init() {}

  /// Reads `text` as typed on `today`. The last word, while it is being typed, is a prefix.
  package init(_ text: String, today: Day) {
    var reader = SearchReader(text)
    while let piece = reader.next() {
      if piece.isQuoted {
        if !piece.text.isEmpty { terms.append(.phrase(piece.text)) }
      } else if !takeFilter(piece, today: today) {
        takeWord(piece)
      }
    }
  }

  /// True where it asks for nothing at all.
  package var isEmpty: Bool { self == JournalSearch() }

  private mutating func takeWord(_ piece: SearchReader.Piece) {
    var word = piece.text
    var isPrefix = piece.isLast
    if let value = piece.value { word += ":" + value }
    while word.hasSuffix("*") {
      word.removeLast()
      isPrefix = true
    }
    guard word.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.isWordNumber })
    else { return }
    terms.append(.word(word, isPrefix: isPrefix))
  }

  /// True where the piece was a filter, which is then part of the question.
  private mutating func takeFilter(_ piece: SearchReader.Piece, today: Day) -> Bool {
    guard let value = piece.value else { return takeBareFilter(piece.text, today: today) }
    switch piece.text.lowercased() {
    case "tag":
      guard let name = TagText.name(value) else { return false }
      tags.append(name)
    case "type":
      guard let type = JournalType(name: value) else { return false }
      self.type = type
    case "is" where ["starred", "star"].contains(value.lowercased()):
      isStarred = true
    case "from", "since":
      guard let day = DayRange(value, today: today)?.from else { return false }
      from = day
    case "to", "until":
      guard let day = DayRange(value, today: today)?.to else { return false }
      to = day
    case "on":
      guard let range = DayRange(value, today: today) else { return false }
      (from, to) = (range.from, range.to)
    default: return false
    }
    return true
  }

  private mutating func takeBareFilter(_ word: String, today: Day) -> Bool {
    if word.lowercased() == "starred" {
      isStarred = true
    } else if let sign = word.first, sign == "@" || sign == "#",
      TagText.names(in: word).count == 1, let name = TagText.name(word)
    {
      tags.append(name)
    } else if word.contains(".."), let range = DayRange(word, today: today) {
      (from, to) = (range.from, range.to)
    } else {
      return false
    }
    return true
  }
}

extension JournalType {
  /// The type whose name or title begins with `name`, in any case: `rev`, `morning`, `weekly`.
  package init?(name: String) {
    let name = name.lowercased()
    guard !name.isEmpty else { return nil }
    let hits = JournalType.allCases.filter { type in
      type.rawValue.hasPrefix(name) || type.title.lowercased().hasPrefix(name)
        || type.title.lowercased().split(separator: " ").joined(separator: "-").hasPrefix(name)
        || type.otherNames.contains(name)
    }
    guard hits.count == 1 else { return nil }
    self = hits[0]
  }

  private var otherNames: [String] {
    switch self {
    case .note: ["notes", "free", "entry"]
    case .morning: ["pages", "morning_pages"]
    case .reflection: ["daily_reflection"]
    case .review: ["weekly_review"]
    }
  }
}

extension Unicode.Scalar {
  var isWordNumber: Bool {
    switch properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: true
    default: false
    }
  }
}
