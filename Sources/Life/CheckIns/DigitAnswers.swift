/// Four answers out of what somebody types: `8763`, `8 7 6 3`, `10 7 6 3`, `8,7,6,3`; `0` stands for 10.
package enum DigitAnswers {
  /// Why a text is no four answers.
  package enum Refusal: Error, Hashable, Sendable {
    case empty
    /// How many there are, of four.
    case tooFew(Int)
    case tooMany(Int)
    /// As it was written.
    case outOfRange(String)
    case notANumber(String)
    /// Digits in a row with a 10 among them that can be read in two ways.
    case ambiguous(String)

    /// What is wrong and what would be right. What a person typed is in it: show it as `SafeText`.
    package var sentence: String {
      switch self {
      case .empty: "Four answers of 1 to 10 make a check-in: 8 7 6 3."
      case .tooFew(let count):
        "\(count == 1 ? "One answer" : "\(count) answers"): four of 1 to 10 make a check-in."
      case .tooMany(let count): "\(count) answers: four of 1 to 10 make a check-in."
      case .outOfRange(let text): "\(text) is out of range: answers are 1 to 10."
      case .notANumber(let text): "\(text) is no number: answers are 1 to 10."
      case .ambiguous(let text): "\(text) can be read in two ways: put spaces between the answers."
      }
    }
  }

  /// What is longer is cut, so that a refusal stays a short line.
  private static let longestWord = 24

  /// The answer that one digit stands for: 1 to 9, and 0 for 10; nil for any other character.
  package static func answer(_ digit: Character) -> Int? {
    guard digit.isASCII, let value = digit.wholeNumberValue else { return nil }
    return value == 0 ? 10 : value
  }

  /// Reads four answers; separators are space, comma, semicolon and slash.
  package static func read(_ text: some StringProtocol) throws(Refusal) -> Scores {
    let words = String(text).split(whereSeparator: { $0.isWhitespace || ",;/".contains($0) })
      .map { String($0.prefix(longestWord)) }
    guard let first = words.first else { throw .empty }
    let answers = words.count == 1 ? try row(first) : try words.map(answer(word:))
    if answers.count < 4 { throw .tooFew(answers.count) }
    if answers.count > 4 { throw .tooMany(answers.count) }
    guard
      let scores = Scores(
        productive: answers[0], satisfied: answers[1], body: answers[2], care: answers[3])
    else { throw .outOfRange(String(text)) }
    return scores
  }

  private static func answer(word: String) throws(Refusal) -> Int {
    if let digit = word.first, word.count == 1, let answer = answer(digit) { return answer }
    guard word.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      let isSigned = word.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
      let isNegative = isSigned && word.count > 1 && "-−".contains(word.prefix(1))
      throw isNegative ? .outOfRange(word) : .notANumber(word)
    }
    guard let number = Int(word), (1...10).contains(number) else { throw .outOfRange(word) }
    return number
  }

  /// Digits without anything between: one each, unless there are more than four and `10` explains it.
  private static func row(_ word: String) throws(Refusal) -> [Int] {
    guard word.count > 4 || word.contains(where: { answer($0) == nil }) else {
      return word.compactMap { answer($0) }
    }
    guard word.allSatisfy({ answer($0) != nil }) else { return [try answer(word: word)] }
    let tens = word.ranges(of: "10").count
    let extra = word.count - 4
    guard tens > 0, extra <= tens else { throw .tooMany(word.count) }
    guard extra == tens else { throw .ambiguous(word) }
    return word.replacing("10", with: "0").compactMap { answer($0) }
  }
}
