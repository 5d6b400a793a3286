import ProgramKit
import Storm
import Testing

/// A group in bad weather.
@Suite(.serialized) struct GroupStormTests {
  @Test func `no post of a group is lost or doubled in a storm`() async throws {
    let report = try await GroupStorm(seed: 11).run { $0.steps >= 25 }
    #expect(report.violations.isEmpty, "\(report)")
    #expect(report.told > 5)
  }
}
