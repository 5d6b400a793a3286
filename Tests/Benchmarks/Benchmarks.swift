internal import Features
internal import Glibc
internal import Kernel
internal import Storage

/// What can only be measured inside the process: `Benchmarks search DATABASE WORD [REPETITIONS]` asks
/// the index as the search screen does after each key; `Benchmarks count DATABASE` counts documents.
@main struct Benchmarks {
  static func main() {
    let arguments = CommandLine.arguments
    do {
      switch arguments.dropFirst().first {
      case "search" where arguments.count > 3:
        try search(
          arguments[2], for: arguments[3],
          repetitions: arguments.count > 4 ? max(1, Int(arguments[4]) ?? 200) : 200)
      case "count" where arguments.count > 2:
        print(try open(arguments[2]).read { try Counting.documents(in: $0) })
      default:
        print("usage: Benchmarks search DATABASE WORD [REPETITIONS] | count DATABASE")
        exit(2)
      }
    } catch {
      print("Benchmarks: \(error)")
      exit(1)
    }
  }

  private static func open(_ path: String) throws -> Store {
    let world = World(
      now: { Moment(milliseconds: Int64(microseconds() / 1000)) }, zone: { .utc },
      random: { UInt64.random(in: .min ... .max) })
    return try Store(path: path, schema: .lifeos, world: world)
  }

  private static func search(_ path: String, for word: String, repetitions: Int) throws {
    let store = try open(path)
    let query = SearchQuery(terms: [.word(word, isPrefix: true)])
    var times: [Double] = []
    var hits = 0
    for _ in 0..<5 { hits = try store.search(query).count }
    for _ in 0..<repetitions {
      let begin = microseconds()
      hits = try store.search(query).count
      times.append(microseconds() - begin)
    }
    times.sort()
    print("search_us_p50=\(Int(times[repetitions / 2]))")
    print("search_us_p95=\(Int(times[repetitions * 95 / 100]))")
    print("hits=\(hits)")
  }

  private static func microseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}
