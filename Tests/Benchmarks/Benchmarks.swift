internal import Features
internal import Glibc
internal import Kernel
internal import Storage

/// What can only be measured inside a process: `search` asks the index as the search screen does after
/// each key, `count` counts documents, `write` commits entries, and the others are with a real server.
@main struct Benchmarks {
  static func main() async {
    let arguments = CommandLine.arguments
    do {
      switch arguments.dropFirst().first {
      case "search" where arguments.count > 3:
        try search(
          arguments[2], for: arguments[3],
          repetitions: arguments.count > 4 ? max(1, Int(arguments[4]) ?? 200) : 200)
      case "count" where arguments.count > 2:
        print(try open(arguments[2]).read { try Counting.documents(in: $0) })
      case "write" where arguments.count > 2:
        try SyncBenchmarks.write(arguments[2], count: 400)
      case "sync" where arguments.count > 3:
        try SyncBenchmarks.run(
          arguments[2], arguments[3],
          ops: arguments.count > 4 ? Int(arguments[4]) ?? 10_000 : 10_000)
      case "streams" where arguments.count > 4:
        try CrowdBenchmarks.streams(
          arguments[2], server: arguments[3], count: 1_000, folder: arguments[4])
      case "load" where arguments.count > 3:
        try CrowdBenchmarks.load(arguments[2], folder: arguments[3], users: 50, rate: 500)
      case "post" where arguments.count > 3:
        try GroupBenchmarks.post(arguments[2], arguments[3], count: 60)
      case "analytics" where arguments.count > 2:
        try AnalyticsBenchmark.run(arguments[2], count: 40)
      case "friends" where arguments.count > 4:
        try await FriendsBenchmark(arguments[2], url: arguments[3], folder: arguments[4])
          .run(count: 40)
      default:
        print(
          """
          usage: Benchmarks search DATABASE WORD [REPETITIONS] | count DATABASE | write FOLDER
            | sync URL FOLDER [OPS] | streams URL SERVER-PID FOLDER | load URL FOLDER
            | post URL FOLDER | friends PROGRAM URL FOLDER | analytics FOLDER
          """)
        exit(2)
      }
    } catch {
      print("Benchmarks: \(error)")
      exit(1)
    }
  }

  private static func open(_ path: String) throws -> Store {
    try Store(path: path, schema: .lifeos, world: Stopwatch.world)
  }

  private static func search(_ path: String, for word: String, repetitions: Int) throws {
    let store = try open(path)
    let query = SearchQuery(terms: [.word(word, isPrefix: true)])
    var times: [Double] = []
    var hits = 0
    for _ in 0..<5 { hits = try store.search(query).count }
    for _ in 0..<repetitions {
      let begin = Stopwatch.now
      hits = try store.search(query).count
      times.append(Stopwatch.now - begin)
    }
    times.sort()
    print("search_us_p50=\(Int(times[repetitions / 2]))")
    print("search_us_p95=\(Int(times[repetitions * 95 / 100]))")
    print("hits=\(hits)")
  }
}
