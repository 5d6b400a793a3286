internal import Kernel

/// Names for files that step aside for others and stay.
enum AsidePath {
  /// `path.20261121T081500Z`, or with `-2`, `-3` … behind it: a name that nothing has yet.
  static func free(_ path: String, at moment: Moment) -> String {
    let plain = path + "." + text(moment)
    var candidate = plain
    var number = 2
    while Files.exists(candidate) {
      candidate = "\(plain)-\(number)"
      number += 1
    }
    return candidate
  }

  /// ISO 8601's basic form, in UTC: it sorts by time.
  private static func text(_ moment: Moment) -> String {
    let seconds = moment.seconds
    let days = Int((Double(seconds) / 86400).rounded(.down))
    let second = Int(seconds) - days * 86400
    let day = Day(number: days).description.filter { $0 != "-" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(second / 3600))\(two(second / 60 % 60))\(two(second % 60))Z"
  }
}
