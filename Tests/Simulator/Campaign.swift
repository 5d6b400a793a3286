internal import Dispatch
internal import Synchronization

/// Many schedules, one seed after the other.
package struct Campaign: Sendable {
  /// A schedule in which something broke.
  package struct Failure: Sendable {
    package let seed: UInt64
    package let violations: [String]
  }

  package private(set) var tally = Tally()
  package private(set) var failures: [Failure] = []

  package init() {}

  /// Runs the schedules of `seeds`; ends with the first failure where `stops`.
  package static func run(
    _ seeds: some Sequence<UInt64>, mutant: Mutant? = nil, stops: Bool = false
  ) throws -> Campaign {
    let shelf = Shelf()
    var campaign = Campaign()
    for seed in seeds {
      try campaign.take(Simulation.finished(seed: seed, mutant: mutant, shelf: shelf))
      if stops, !campaign.failures.isEmpty { break }
    }
    return campaign
  }

  /// The same on `threads` threads, each with its part of the seeds; `progress` hears of each
  /// thousand.
  package static func run(
    from first: UInt64, count: Int, mutant: Mutant?, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Campaign {
    let whole = Mutex(Campaign())
    let next = Atomic<Int>(0)
    let trouble = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let shelf = Shelf()
      do {
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          let done = try Simulation.finished(
            seed: first + UInt64(index), mutant: mutant, shelf: shelf)
          whole.withLock { $0.take(done) }
          if (index + 1) % 1000 == 0 { progress(index + 1) }
        }
      } catch {
        trouble.withLock { $0 = error }
      }
    }
    if let error = trouble.withLock({ $0 }) { throw error }
    return whole.withLock { $0 }
  }

  private mutating func take(_ simulation: Simulation) {
    tally.add(simulation.tally)
    guard !simulation.violations.isEmpty else { return }
    failures.append(Failure(seed: simulation.seed, violations: simulation.violations))
  }

  package mutating func add(_ other: Campaign) {
    tally.add(other.tally)
    failures += other.failures
  }

  /// How many schedules each kind of violation has ended, the first seed of each with its words.
  package var summary: String {
    var kinds: [String: [Failure]] = [:]
    for failure in failures.sorted(by: { $0.seed < $1.seed }) {
      let words = failure.violations.first?.split(separator: " ") ?? []
      kinds[words.prefix(2).joined(separator: " "), default: []].append(failure)
    }
    return kinds.sorted { $0.key < $1.key }.map { kind, failures in
      "\(failures.count) × \(kind): seed \(failures[0].seed): "
        + failures[0].violations.joined(separator: "; ")
        + " (also \(failures.dropFirst().prefix(4).map { "\($0.seed)" }.joined(separator: ", ")))"
    }.joined(separator: "\n")
  }
}

extension Simulation {
  /// One schedule, run to its end.
  package static func finished(
    seed: UInt64, mutant: Mutant? = nil, shelf: Shelf = Shelf(), prints: Bool = false
  ) throws -> Simulation {
    let simulation = try Simulation(seed: seed, mutant: mutant, shelf: shelf, prints: prints)
    simulation.run()
    return simulation
  }
}
