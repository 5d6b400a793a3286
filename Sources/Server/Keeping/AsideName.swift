internal import Kernel

/// Names for files that are put aside: `lifeosd.sqlite.20261121-081503`.
enum AsideName {
  /// A name at which nothing stands yet; later ones sort behind.
  static func free(_ path: String, at moment: Moment) -> String {
    let time = Zone.utc.civil(moment)
    let day = time.day.description.filter { $0 != "-" }
    let clock = [time.hour, time.minute, time.second].map { ($0 < 10 ? "0" : "") + String($0) }
    let name = "\(path).\(day)-\(clock.joined())"
    if !DataFiles.exists(name) { return name }
    var count = 2
    while DataFiles.exists("\(name)-\(count)") { count += 1 }
    return "\(name)-\(count)"
  }
}
