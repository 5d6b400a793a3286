internal import Glibc

extension World {
  /// The real clock, zone and randomness.
  ///
  /// In debug builds a test may have the clock: `LIFEOS_TEST_NOW` (milliseconds since 1970) holds it
  /// still. `LIFEOS_TEST_CLOCK` names a file that is read at each look, so that programs that are
  /// running pass through weeks together: a moment, and when the machine's steady clock stood there
  /// (both in milliseconds). From that moment on it runs.
  package static func live(_ environment: [String: String]) -> World {
    let zone = Zone.current()
    var world = World(
      now: { Moment(milliseconds: milliseconds(CLOCK_REALTIME)) },
      zone: { zone },
      random: {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
      })
    #if DEBUG
      if let path = environment["LIFEOS_TEST_CLOCK"] {
        world.now = { moment(in: path) }
      } else if let fixed = environment["LIFEOS_TEST_NOW"].flatMap({ Int64($0) }) {
        world.now = { Moment(milliseconds: fixed) }
      }
    #endif
    return world
  }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  #if DEBUG
    private static func moment(in path: String) -> Moment {
      var buffer = [UInt8](repeating: 0, count: 64)
      let file = open(path, O_RDONLY | O_CLOEXEC)
      let count = read(file, &buffer, buffer.count)
      close(file)
      let numbers = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        .split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }
      guard numbers.count == 2 else {
        preconditionFailure("the file of a test's clock holds a moment and where it began")
      }
      return Moment(milliseconds: numbers[0] + milliseconds(CLOCK_MONOTONIC) - numbers[1])
    }
  #endif
}
