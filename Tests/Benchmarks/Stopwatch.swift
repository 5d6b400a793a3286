internal import Glibc
internal import Kernel

/// Times, and the world that they are taken in.
enum Stopwatch {
  static let world = World(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }, zone: { .utc }, random: { UInt64.random(in: .min ... .max) })

  /// Microseconds of the clock that never jumps.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }

  /// Does nothing for so many milliseconds.
  static func pause(_ milliseconds: Int) { poll(nil, 0, Int32(milliseconds)) }

  static func time(_ body: () throws -> Void) rethrows -> Double {
    let begin = now
    try body()
    return now - begin
  }

  /// Prints `NAME_p50=…`, `NAME_p95=…` and `NAME_p99=…`, in whole units.
  static func print(_ name: String, _ times: [Double]) {
    let sorted = times.sorted()
    for percent in [50, 95, 99] {
      Swift.print(
        "\(name)_p\(percent)=\(Int(sorted[min(sorted.count - 1, sorted.count * percent / 100)]))")
    }
  }

  /// A figure of /proc/PID/status in KiB: VmRSS, VmHWM.
  static func memory(_ field: String, of process: String = "self") -> Int {
    guard let file = fopen("/proc/\(process)/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix(field + ":") { return Int(text.filter(\.isNumber)) ?? 0 }
    }
    return 0
  }
}
