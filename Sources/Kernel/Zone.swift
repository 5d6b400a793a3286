/// A time zone, read from the system's TZif files (RFC 8536), with the POSIX rule for later years.
package struct Zone: Sendable, Hashable {
  /// The IANA name, such as `Europe/Bucharest`.
  package let name: String

  package static let utc = Zone(name: "UTC")
  init(name: String) { self.name = name }  // CONTRACT: reading comes next

  /// The zone that `TZ` or /etc/localtime names; UTC where neither can be read.
  package static func current() -> Zone { .utc }
  /// nil for a name that the system does not know.
  package init?(named name: String) { self.name = name }

  /// Seconds east of UTC at `moment`.
  package func offset(at moment: Moment) -> Int { 0 }
  /// The wall clock at `moment`.
  package func civil(_ moment: Moment) -> CivilTime {
    CivilTime(seconds: moment.seconds + Int64(offset(at: moment)))
  }
  /// The moment at which the wall clock shows `civil`: the first of two, the later side of a gap.
  package func moment(_ civil: CivilTime) -> Moment { Moment(seconds: civil.seconds) }
}
