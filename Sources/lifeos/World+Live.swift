internal import Glibc
internal import Kernel

extension World {
  /// The real clock, zone and randomness. In debug builds `LIFEOS_TEST_NOW` (milliseconds since 1970)
  /// holds the clock still, so that tests do not depend on the day they run on.
  static func live(_ environment: [String: String]) -> World {
    let zone = Zone.current()
    var world = World(
      now: {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
      },
      zone: { zone },
      random: {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
      })
    #if DEBUG
      if let fixed = environment["LIFEOS_TEST_NOW"].flatMap({ Int64($0) }) {
        world.now = { Moment(milliseconds: fixed) }
      }
    #endif
    return world
  }
}
