package import Kernel

/// What came of a round.
package struct SyncReport: Sendable {
  package var status: SyncStatus
  package var tally: SyncTally
  /// nil where everything was sent and read.
  package var trouble: SyncTrouble?
  /// The trouble concerns single spaces; the others were synced.
  package var isPartly: Bool

  /// What the plan does next.
  var outcome: SyncPlan.Outcome {
    switch trouble {
    case nil: .done(pollSeconds: tally.pollSeconds)
    case let trouble? where isPartly:
      .partly(pollSeconds: tally.pollSeconds, needsPerson: trouble.needsPerson)
    case let trouble?: trouble.outcome
    }
  }
}
