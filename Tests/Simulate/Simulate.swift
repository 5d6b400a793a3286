internal import Glibc
internal import Simulator

/// `simulate [COUNT] [--from SEED] [--threads N]`: many schedules.
/// `simulate --seed SEED [--trace] [--mutant NAME]`: one of them again.
/// `simulate --mutants [COUNT]`: each mutant until it dies.
@main struct Simulate {
  var count = 1000
  var first: UInt64 = 0
  var threads = 2
  var seed: UInt64?
  var traces = false
  var mutant: Mutant?
  var mutants = false

  static func main() throws {
    guard let asked = Simulate(CommandLine.arguments.dropFirst()) else {
      print("simulate [COUNT] [--from SEED] [--threads N] [--mutant NAME] [--mutants]")
      print("simulate --seed SEED [--trace] [--mutant NAME]")
      exit(2)
    }
    if try !asked.run() { exit(1) }
  }

  init?(_ arguments: some Sequence<String>) {
    var words = arguments.makeIterator()
    while let word = words.next() {
      switch word {
      case "--trace": traces = true
      case "--mutants": mutants = true
      case "--from":
        guard let number = words.next().flatMap({ UInt64($0) }) else { return nil }
        first = number
      case "--seed":
        guard let number = words.next().flatMap({ UInt64($0) }) else { return nil }
        seed = number
      case "--threads":
        guard let number = words.next().flatMap({ Int($0) }), number > 0 else { return nil }
        threads = number
      case "--mutant":
        guard let known = words.next().flatMap({ Mutant(rawValue: $0) }) else { return nil }
        mutant = known
      default:
        guard let number = Int(word), number > 0 else { return nil }
        count = number
      }
    }
  }

  /// Whether all is well.
  func run() throws -> Bool {
    if let seed {
      let done = try Simulation.finished(seed: seed, mutant: mutant, prints: traces)
      print("trace \(done.traceHash)")
      print(done.tally.report)
      for violation in done.violations { print("! \(violation)") }
      return done.violations.isEmpty
    }
    if mutants { return try runMutants() }
    let campaign = try Campaign.run(
      from: first, count: count, mutant: mutant, threads: threads
    ) { print("\($0) schedules") }
    print(campaign.tally.report)
    if !campaign.failures.isEmpty { print(campaign.summary) }
    return campaign.failures.isEmpty
  }

  private func runMutants() throws -> Bool {
    var isFine = true
    for mutant in Mutant.allCases {
      let campaign = try Campaign.run(from: first, count: count, mutant: mutant, threads: threads)
      let isKilled = !campaign.failures.isEmpty
      if isKilled == mutant.isExpectedToLive { isFine = false }
      print(
        "\(mutant.rawValue) \(isKilled ? "killed" : "ALIVE") "
          + "\(campaign.failures.count)/\(count), first seed "
          + "\(campaign.failures.map(\.seed).min().map { "\($0)" } ?? "-")"
          + ": \(campaign.failures.min { $0.seed < $1.seed }?.violations.first ?? "")")
    }
    return isFine
  }
}
