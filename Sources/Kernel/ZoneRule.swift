/// A rule of POSIX TZ for all years: `EET-2EEST,M3.5.0/3,M10.5.0/4`, `<+0330>-3:30`.
struct ZoneRule: Sendable, Equatable {
  /// A day of each year.
  enum YearDay: Sendable, Equatable {
    /// 1...365, the 29th of February never counted.
    case julian(Int)
    /// 0...365, the 29th of February counted.
    case ordinal(Int)
    /// Month, week 1...5 (5: the last), weekday 0 for Sunday.
    case weekday(month: Int, week: Int, day: Int)
  }

  /// A change of each year, in seconds of the wall clock before it from midnight (±167 hours).
  struct Change: Sendable, Equatable {
    var day: YearDay
    var second: Int
  }

  let text: String
  let standard: ZoneHistory.LocalTime
  private let summer: ZoneHistory.LocalTime?
  private let begin: Change
  private let end: Change

  static let utc = ZoneRule(
    text: "UTC0",
    standard: ZoneHistory.LocalTime(offset: 0, isSummer: false, abbreviation: "UTC"), summer: nil,
    begin: defaultBegin, end: defaultEnd)

  /// Where a rule names no days: those of the United States since 2007, as in glibc.
  private static let defaultBegin = Change(
    day: .weekday(month: 3, week: 2, day: 0), second: 7200)
  private static let defaultEnd = Change(
    day: .weekday(month: 11, week: 1, day: 0), second: 7200)

  private init(
    text: String, standard: ZoneHistory.LocalTime, summer: ZoneHistory.LocalTime?, begin: Change,
    end: Change
  ) {
    self.text = text
    self.standard = standard
    self.summer = summer
    self.begin = begin
    self.end = end
  }

  init?(_ text: String) {
    var scanner = Scanner(text)
    guard let name = scanner.name(), let west = scanner.time(hours: 24) else { return nil }
    self.text = text
    standard = ZoneHistory.LocalTime(offset: -west, isSummer: false, abbreviation: name)
    if scanner.isAtEnd {
      (summer, begin, end) = (nil, Self.defaultBegin, Self.defaultEnd)
      return
    }
    guard let summerName = scanner.name() else { return nil }
    var summerWest = west - 3600
    if !scanner.isAtEnd, scanner.peek != UInt8(ascii: ",") {
      guard let given = scanner.time(hours: 24) else { return nil }
      summerWest = given
    }
    summer = ZoneHistory.LocalTime(
      offset: -summerWest, isSummer: true, abbreviation: summerName)
    if scanner.isAtEnd {
      (begin, end) = (Self.defaultBegin, Self.defaultEnd)
      return
    }
    guard let first = scanner.change(), let second = scanner.change(), scanner.isAtEnd else {
      return nil
    }
    (begin, end) = (first, second)
  }

  func kind(at seconds: Int64) -> ZoneHistory.LocalTime {
    guard let summer else { return standard }
    let year = CivilTime(seconds: seconds + Int64(standard.offset)).day.year
    let on = Self.second(of: begin, in: year) - Int64(standard.offset)
    let off = Self.second(of: end, in: year) - Int64(summer.offset)
    let isSummer = on < off ? seconds >= on && seconds < off : seconds >= on || seconds < off
    return isSummer ? summer : standard
  }

  /// The wall clock's seconds since 1970 at a change.
  private static func second(of change: Change, in year: Int) -> Int64 {
    Int64(day(change.day, in: year)) * 86_400 + Int64(change.second)
  }

  /// Days since 1970.
  private static func day(_ day: YearDay, in year: Int) -> Int {
    let newYear = Day.number(ofNewYear: year)
    switch day {
    case .julian(let number):
      return newYear + number - (Day.isLeap(year) && number >= 60 ? 0 : 1)
    case .ordinal(let number): return newYear + number
    case .weekday(let month, let week, let weekday):
      let first = (1..<month).reduce(newYear) { $0 + Day.length(ofMonth: $1, year: year) }
      let ahead = ((weekday - Day(number: first).weekday) % 7 + 7) % 7
      var number = first + ahead + (week - 1) * 7
      if number >= first + Day.length(ofMonth: month, year: year) { number -= 7 }
      return number
    }
  }
}

extension Day {
  /// The number of the first of January, of any year.
  fileprivate static func number(ofNewYear year: Int) -> Int {
    let past = year - 1
    func floor(_ divisor: Int) -> Int {
      past >= 0 ? past / divisor : (past - divisor + 1) / divisor
    }
    return past * 365 + floor(4) - floor(100) + floor(400) - 719_162
  }
}

extension ZoneRule {
  /// Reads the parts of a rule.
  private struct Scanner {
    private var rest: ArraySlice<UInt8>
    init(_ text: String) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }
    var peek: UInt8? { rest.first }

    /// At least three letters, or letters, digits and signs between `<` and `>`.
    mutating func name() -> String? {
      let isQuoted = take("<")
      let letters = rest.prefix { byte in
        switch byte {
        case 0x41...0x5A, 0x61...0x7A: true
        case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
        default: false
        }
      }
      rest = rest.dropFirst(letters.count)
      guard (3...32).contains(letters.count), !isQuoted || take(">") else { return nil }
      return String(decoding: letters, as: UTF8.self)
    }

    /// `[+-]h[:m[:s]]` in seconds.
    mutating func time(hours limit: Int) -> Int? {
      let sign = take("-") ? -1 : 1
      if sign == 1 { _ = take("+") }
      guard let hours = number(0...limit) else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where take(":") {
        guard let part = number(0...59) else { return nil }
        seconds += part * unit
      }
      return sign * seconds
    }

    /// `,day[/time]`
    mutating func change() -> Change? {
      guard take(","), let day = day() else { return nil }
      if !take("/") { return Change(day: day, second: 7200) }
      return time(hours: 167).map { Change(day: day, second: $0) }
    }

    private mutating func day() -> YearDay? {
      if take("J") { return number(1...365).map { .julian($0) } }
      guard take("M") else { return number(0...365).map { .ordinal($0) } }
      guard let month = number(1...12), take("."), let week = number(1...5), take("."),
        let day = number(0...6)
      else { return nil }
      return .weekday(month: month, week: week, day: day)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard (1...3).contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return range.contains(value) ? value : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }
  }
}
