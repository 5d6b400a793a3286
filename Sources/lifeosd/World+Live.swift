internal import Glibc
internal import Kernel

extension World {
  /// The real clock, zone and randomness.
  static var live: World {
    let zone = Zone.current()
    return World(
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
  }
}
