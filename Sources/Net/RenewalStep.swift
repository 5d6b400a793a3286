/// The places between the steps of a renewal, and of writing a file.
package enum RenewalStep: String, Hashable, Sendable, CaseIterable {
  /// The lock is held.
  case locked
  /// The file was read with the lock held.
  case read
  /// The new file is there, empty.
  case opened
  case written
  case synced
  /// It stands in the old one's place.
  case renamed
  /// The folder is on disk too.
  case settled
  /// The server is asked next.
  case asking
  case answered
}

/// What a test puts between two steps; in released programs there is nothing.
package struct Checkpoint: Sendable {
  #if DEBUG
    private let goesOn: (@Sendable (RenewalStep) -> Bool)?

    /// Where `goesOn` returns false the work ends on the spot, as if the process were killed there.
    package init(_ goesOn: @escaping @Sendable (RenewalStep) -> Bool) { self.goesOn = goesOn }
  #endif

  /// Nothing in between.
  package init() {
    #if DEBUG
      goesOn = nil
    #endif
  }

  func pass(_ step: RenewalStep) throws(FileProblem) {
    #if DEBUG
      if let goesOn, !goesOn(step) { throw .cut }
    #endif
  }
}
