internal import Kernel

/// Points in time as programs write them: ISO 8601 with an offset.
enum ISOTime {
  /// `2026-11-20T09:15:00Z`, `2026-11-20T10:15:00.250+01:00`; nil for anything else.
  static func moment(_ text: some StringProtocol) -> Moment? {
    guard let t = text.firstIndex(where: { $0 == "T" || $0 == " " }), let day = Day(text[..<t])
    else { return nil }
    let rest = text[text.index(after: t)...]
    guard let sign = rest.firstIndex(where: { "Zz+-".contains($0) }) else { return nil }
    guard let (second, milliseconds) = clock(rest[..<sign]) else { return nil }
    var offset = 0
    if "+-".contains(rest[sign]) {
      let digits = rest[sign...].dropFirst()
      let text = digits.contains(":") ? String(digits) : pairs(String(digits))
      guard let east = clock(text), east.milliseconds == 0 else { return nil }
      offset = rest[sign] == "-" ? -east.second : east.second
    } else if rest[sign...].count > 1 {
      return nil
    }
    let seconds = CivilTime(day: day, secondOfDay: second).seconds - Int64(offset)
    return Moment(milliseconds: seconds * 1000 + Int64(milliseconds))
  }

  /// The same moment as text, on the clock that runs `offset` seconds east of UTC. nil for years
  /// that have no four digits.
  static func text(_ moment: Moment, offset: Int) -> String? {
    let seconds = moment.seconds + Int64(offset)
    guard seconds.magnitude < 1 << 38 else { return nil }
    let civil = CivilTime(seconds: seconds)
    guard (1...9999).contains(civil.day.year) else { return nil }
    let milliseconds = Int(moment.milliseconds - moment.seconds * 1000)
    var text = "\(civil.day)T\(civil.clock):\(two(civil.second))"
    if milliseconds > 0 { text += "." + String(String(1000 + milliseconds).dropFirst()) }
    if offset == 0 { return text + "Z" }
    let size = abs(offset)
    text += (offset < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60)
    return size % 60 == 0 ? text : text + ":" + two(size % 60)
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  /// `0100` as `01:00`.
  private static func pairs(_ digits: String) -> String {
    digits.count == 4 ? digits.prefix(2) + ":" + digits.suffix(2) : digits + ":00"
  }

  /// `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fraction`.
  private static func clock(_ text: some StringProtocol) -> (second: Int, milliseconds: Int)? {
    let halves = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(halves.count) else { return nil }
    let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.count == 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == parts.count, (2...3).contains(numbers.count), numbers[0] < 24,
      numbers[1] < 60, numbers.last.map({ $0 < 60 }) == true
    else { return nil }
    var milliseconds = 0
    if halves.count == 2 {
      guard (1...9).contains(halves[1].utf8.count), let digits = Int((halves[1] + "00").prefix(3)),
        digits >= 0
      else { return nil }
      milliseconds = digits
    }
    return (
      numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0), milliseconds
    )
  }
}
