/// All that a test must hold still: the clock, the zone, randomness.
package struct World: Sendable {
  package var now: @Sendable () -> Moment
  package var zone: @Sendable () -> Zone
  package var random: @Sendable () -> UInt64
  /// The hour at which a day begins (0...12): work after midnight belongs to the day before.
  package var dayStartHour: Int

  package init(
    now: @escaping @Sendable () -> Moment, zone: @escaping @Sendable () -> Zone,
    random: @escaping @Sendable () -> UInt64, dayStartHour: Int = 3
  ) {
    self.now = now
    self.zone = zone
    self.random = random
    self.dayStartHour = dayStartHour
  }

  /// The day that a person would call today: the day before until `dayStartHour`.
  package var today: Day { day(of: now()) }

  /// The day that a fact at `moment` belongs to here.
  package func day(of moment: Moment) -> Day {
    zone().civil(moment + Int64(-dayStartHour) * 3_600_000).day
  }

  /// The wall clock now.
  package var clock: CivilTime { zone().civil(now()) }

  /// A new UUIDv7.
  package func newID() -> EntryID { EntryID(at: now(), random: (random(), random())) }
}
