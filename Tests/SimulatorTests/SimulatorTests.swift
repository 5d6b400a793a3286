internal import Simulator
internal import Testing

/// The proof of sync: schedules of faults that nobody would think of, over the real store and ledger.
struct SimulatorTests {
  static let chunk = 125

  @Test(arguments: 0..<8)
  func `in a thousand schedules nothing is lost and all agree`(part: Int) throws {
    let first = UInt64(part * Self.chunk)
    let campaign = try Campaign.run(first..<(first + UInt64(Self.chunk)))
    print(campaign.tally.report)
    #expect(campaign.tally.schedules == Self.chunk)
    #expect(campaign.failures.isEmpty, "simulate --seed …: \(campaign.summary)")
  }

  @Test func `the same seed gives the same schedule`() throws {
    for seed: UInt64 in [3, 17, 99] {
      let first = try Simulation.finished(seed: seed)
      let second = try Simulation.finished(seed: seed)
      #expect(first.traceHash == second.traceHash)
      #expect(first.tally.report == second.tally.report)
    }
    let one = try Simulation.finished(seed: 1)
    let two = try Simulation.finished(seed: 2)
    #expect(one.traceHash != two.traceHash)
  }

  @Test(arguments: Mutant.allCases)
  func `a design without one of its rules breaks`(mutant: Mutant) throws {
    let campaign = try Campaign.run(
      0..<UInt64(mutant.schedules), mutant: mutant, stops: true)
    #expect(
      campaign.failures.isEmpty == mutant.isExpectedToLive,
      "\(mutant.rawValue) after \(campaign.tally.schedules) schedules")
  }
}
