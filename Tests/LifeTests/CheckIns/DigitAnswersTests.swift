internal import Testing

@testable internal import Life

struct DigitAnswersTests {
  @Test(arguments: [
    ("8763", [8, 7, 6, 3]), ("8 7 6 3", [8, 7, 6, 3]), ("10 7 6 3", [10, 7, 6, 3]),
    ("8,7;6/3", [8, 7, 6, 3]), ("  8   7 6 3 ", [8, 7, 6, 3]), ("0000", [10, 10, 10, 10]),
    ("0 7 6 3", [10, 7, 6, 3]), ("1000", [1, 10, 10, 10]), ("10763", [10, 7, 6, 3]),
    ("87610", [8, 7, 6, 10]), ("10101010", [10, 10, 10, 10]), ("101063", [10, 10, 6, 3]),
    ("8 07 6 3", [8, 7, 6, 3]), ("8, 7, 6, 3", [8, 7, 6, 3]), ("1111", [1, 1, 1, 1]),
  ])
  func `four answers are read however they are typed`(text: String, answers: [Int]) throws {
    #expect(try DigitAnswers.read(text).all == answers)
  }

  @Test(arguments: [
    ("", DigitAnswers.Refusal.empty), (" , ", .empty), ("876", .tooFew(3)), ("8 7 6", .tooFew(3)),
    ("8 7 6 3 1", .tooMany(5)), ("87631", .tooMany(5)), ("8 7 6 11", .outOfRange("11")),
    ("8 7 6 -3", .outOfRange("-3")), ("8 7 6 −3", .outOfRange("−3")), ("8 7 x 3", .notANumber("x")),
    ("876a", .notANumber("876a")), ("8 7 6 3.5", .notANumber("3.5")), ("8 7 6 ½", .notANumber("½")),
    ("010", .tooFew(3)), ("101010", .ambiguous("101010")), ("8 7 6 00", .outOfRange("00")),
    ("8 7 6 99999999999999999999999999999", .outOfRange("999999999999999999999999")),
    ("8 7 6 \u{1B}[2J", .notANumber("\u{1B}[2J")), ("8 7 6 ٣", .notANumber("٣")),
  ])
  func `what is no four answers is refused with its reason`(
    text: String, refusal: DigitAnswers.Refusal
  ) {
    #expect(throws: refusal) { try DigitAnswers.read(text) }
    #expect(refusal.sentence.hasSuffix("."))
    #expect(refusal.sentence.count < 90)
  }

  @Test func `what is written with spaces is read back, for all answers`() throws {
    for one in 1...10 {
      for two in 1...10 {
        let answers = [one, two, 11 - one, 11 - two]
        let spaced = answers.map(String.init).joined(separator: " ")
        #expect(try DigitAnswers.read(spaced).all == answers)
        let row = answers.map { String($0 % 10) }.joined()
        #expect(try DigitAnswers.read(row).all == answers)
      }
    }
  }

  @Test func `a digit is an answer, and nothing else is`() {
    #expect("1234567890".compactMap(DigitAnswers.answer) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    #expect("aA ½٣８-".compactMap(DigitAnswers.answer) == [])
  }
}

struct MoodNamesTests {
  @Test(arguments: [
    ("rad", 5), ("good", 4), ("meh", 3), ("bad", 2), ("awful", 1), ("RAD", 5), ("  Good ", 4),
    ("Sehr schlecht", 1), ("naja", 3), ("génial", 5), ("así así", 3), ("☹️", 2), ("☹", 2),
    ("👍🏽", 4), ("😞", 1), ("5", 5),
  ])
  func `moods that are known have a rank`(mood: String, rank: Int) {
    #expect(MoodNames.rank(mood) == rank)
  }

  @Test(arguments: ["", " ", "sparkly", "6", "0", "good good", "🦖", "\u{FE0F}"])
  func `moods that are not known have none`(mood: String) {
    #expect(MoodNames.rank(mood) == nil)
  }

  @Test func `what is offered for a rank has that rank`() throws {
    for rank in 1...5 {
      #expect(MoodNames.rank(try #require(MoodNames.word(rank))) == rank)
      #expect(MoodNames.rank(try #require(MoodNames.emoji(rank))) == rank)
    }
    #expect(MoodNames.word(0) == nil)
    #expect(MoodNames.emoji(6) == nil)
    #expect(MoodNames.offered == ["great", "good", "okay", "bad", "awful"])
  }

  @Test func `the median of moods is one of them`() {
    #expect(MoodNames.median([]) == nil)
    #expect(MoodNames.median([5]) == 5)
    #expect(MoodNames.median([5, 1, 4]) == 4)
    #expect(MoodNames.median([5, 1, 4, 2]) == 2)
  }
}
