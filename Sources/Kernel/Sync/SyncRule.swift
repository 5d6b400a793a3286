/// The rules of sync.md that the simulator can switch off, each to see that something breaks without
/// it. Released programs follow all of them: the switch is in debug builds only.
package enum SyncRule: String, Hashable, Sendable, CaseIterable {
  // On the device.
  /// Stamps come from a hybrid logical clock, not from the wall clock.
  case logicalClock
  /// On equal stamps the op id decides, whoever asks.
  case tieBreak
  /// Op ids are random, not a device's counter.
  case randomIDs
  /// A restamped operation keeps its id.
  case idsOutliveStamps
  /// Acknowledgements are by op id, not by register.
  case acknowledgeByID
  /// Page and cursor are one transaction.
  case cursorWithPage
  /// A retry sends the same op id.
  case sameIDOnRetry
  /// A stale request number is answered by one retry at once.
  case retryStaleAtOnce
  /// A final rejection in a late reply is not acted on; nor is a restamp.
  case ignoreLateVerdicts
  /// The stamp that the server has for an operation replaces the device's.
  case canonicalStamp
  /// Operations ahead of time are restamped, not dropped.
  case keepAhead
  /// A restamp goes above all that was seen, not just to the server's time.
  case restampAboveSeen
  /// All pending operations behind a restamped one move too.
  case restampTail
  /// The losing value is kept.
  case keepVersions
  /// A commit is on disk before it is told.
  case durableCommits
  /// The page and cursor of a late reply are ignored.
  case ignoreLatePages
  /// What waits for a group is put aside when the person leaves it.
  case putAsideOnLeaving
  /// What an archive holds is offered once more when the person comes back.
  case offerOnReturn
  /// A write counts in the digest of its own space.
  case digestOfSpace
  /// A group's row is shown where it proves whose it is.
  case proveRows
  // On the server.
  /// The cursor of a full page is its last operation.
  case exactPages
  /// An op id is accepted once.
  case deduplicate
  /// The chain at the cursor is compared.
  case compareChain
  /// The epoch is compared.
  case compareEpoch
  /// The chain at the highest acknowledged head is compared.
  case compareSeen
  /// Late duplicates of old requests are refused.
  case requestNumbers
  /// The batch ends at an operation that must be restamped.
  case stopAtRestamp
  /// A stamp too far in the future is refused.
  case refuseFuture
  /// In a group's space a device writes its person's own rows.
  case ownRows
  /// Devices don't write the kinds that the server keeps.
  case keptKinds
  /// What was given back of those kinds is set right at once.
  case restate
}

/// Which rules are followed: all, but in the simulator's mutants.
package struct SyncRules: Sendable {
  #if DEBUG
    package let broken: Set<SyncRule>
    package init(without broken: Set<SyncRule> = []) { self.broken = broken }
    package func follow(_ rule: SyncRule) -> Bool { !broken.contains(rule) }
  #else
    package init() {}
    @inline(__always) package func follow(_ rule: SyncRule) -> Bool { true }
  #endif
}
