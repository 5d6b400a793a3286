/// A time zone, read from the system's TZif files (RFC 8536), with the POSIX rule for later years.
///
/// Reading one opens a file: keep it. Leap seconds are ignored, as by all civil clocks of Unix.
package struct Zone: Sendable, Hashable {
  /// The IANA name, such as `Europe/Bucharest`; the rule itself for a zone that is only a rule.
  package let name: String
  private let history: ZoneHistory

  package static let utc = Zone(name: "UTC", history: ZoneHistory(rule: .utc))

  private init(name: String, history: ZoneHistory) {
    self.name = name
    self.history = history
  }

  /// The zone that `TZ` or /etc/localtime names; UTC where neither can be read.
  package static func current() -> Zone { ZoneFiles.system().current() }

  /// nil for a name that the system does not know and that is no POSIX rule (`EST5EDT,M3.2.0,…`).
  package init?(named name: String) {
    guard let zone = ZoneFiles.system().zone(named: name) else { return nil }
    self = zone
  }

  /// The content of a TZif file; nil for anything else, however it is broken.
  init?(name: String, tzif bytes: [UInt8]) {
    guard let history = ZoneHistory(tzif: bytes) else { return nil }
    self.init(name: name, history: history)
  }

  /// A zone that follows a POSIX rule in all years.
  init?(rule text: String) {
    guard let rule = ZoneRule(text) else { return nil }
    self.init(name: text, history: ZoneHistory(rule: rule))
  }

  /// The rule that the file ends with, which names a zone that has no name.
  var ruleText: String? { history.rule?.text }

  func renamed(_ name: String) -> Zone { Zone(name: name, history: history) }

  /// Seconds east of UTC at `moment`.
  package func offset(at moment: Moment) -> Int { history.kind(at: moment.seconds).offset }

  /// What clocks call the time at `moment`: `EET`, `EEST`, `+03`.
  package func abbreviation(at moment: Moment) -> String {
    history.kind(at: moment.seconds).abbreviation
  }

  /// Whether summer time is on at `moment`.
  package func isSummer(at moment: Moment) -> Bool { history.kind(at: moment.seconds).isSummer }

  /// The wall clock at `moment`.
  package func civil(_ moment: Moment) -> CivilTime {
    CivilTime(seconds: moment.seconds + Int64(offset(at: moment)))
  }

  /// The moment at which the wall clock shows `civil`: the first of two. A time that the clock
  /// leaves out comes as much later as the clock jumps (02:30 becomes 03:30).
  package func moment(_ civil: CivilTime) -> Moment {
    let local = civil.seconds
    let day: Int64 = 86_400
    let offsets = [local - day, local, local + day].map { history.kind(at: $0).offset }
    for offset in offsets.sorted(by: >) {
      let seconds = local - Int64(offset)
      if history.kind(at: seconds).offset == offset { return Moment(seconds: seconds) }
    }
    return Moment(seconds: local - Int64(offsets[0]))
  }

  package static func == (left: Zone, right: Zone) -> Bool {
    left.name == right.name && left.history == right.history
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
