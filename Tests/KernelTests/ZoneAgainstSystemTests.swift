import Foundation
import Testing

@testable import Kernel

/// The C library is the judge: `date` in another process, where the variable can be set.
@Suite struct ZoneAgainstSystemTests {
  static let names = [
    "Europe/Bucharest", "Europe/Dublin", "Europe/London", "America/New_York", "America/Sao_Paulo",
    "America/St_Johns", "America/Godthab", "Africa/Casablanca", "Africa/Cairo", "Africa/El_Aaiun",
    "Asia/Tehran", "Asia/Gaza", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Tokyo",
    "Australia/Lord_Howe", "Australia/Sydney", "Antarctica/Troll", "Pacific/Apia",
    "Pacific/Chatham", "Pacific/Easter", "Etc/GMT-14", "UTC",
  ]
  static let rules = [
    "EST5EDT", "AAA3BBB,J60/0,J300/0", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
    "NZST-12NZDT,M9.5.0,M4.1.0/3", "IST-2IDT,M3.4.4/26,M10.5.0", "XXX3EDT4,0/0,J365/23",
  ]

  @Test(arguments: names + rules)
  func `the system's clock shows the same`(name: String) throws {
    var dice = Dice(seed: 43)
    // glibc follows a bare rule from 1970 on only.
    let first: Int64 = Self.rules.contains(name) ? 86_400 * 366 : -2_200_000_000
    var times = (0..<400).map { _ in Int64.random(in: first...6_000_000_000, using: &dice) }
    times += (0..<200).map { _ in Int64.random(in: 1_700_000_000...1_900_000_000, using: &dice) }
    let file = NSTemporaryDirectory() + "lifeos-zone-" + UUID().uuidString
    try times.map { "@\($0)" }.joined(separator: "\n").write(
      toFile: file, atomically: true, encoding: .utf8)
    defer { unlink(file) }
    let zone = try #require(Zone(named: name))
    let expected = try dates(file, zone: name)
    try #require(expected.count == times.count)
    for (seconds, line) in zip(times, expected) {
      let moment = Moment(seconds: seconds)
      let civil = zone.civil(moment)
      let second = (civil.second < 10 ? "0" : "") + String(civil.second)
      let ours = "\(civil.day) \(civil.clock):\(second) \(zone.abbreviation(at: moment))"
      #expect(ours == line, "at \(seconds)")
    }
  }

  private func dates(_ file: String, zone: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/date")
    process.arguments = ["-f", file, "+%Y-%m-%d %H:%M:%S %Z"]
    process.environment = ["TZ": zone, "LC_ALL": "C"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
