/// What the program says to the shell that called it. Stable.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  case failed = 1
  case wrongUsage = 2
  case notFound = 3
  /// The server can't be reached; nothing is lost, and it is tried again.
  case offline = 4
  /// The server wants a person: to sign in, to update, to look at its certificate.
  case needsPerson = 5
  /// `lifeos due --exit-code`: something waits for the person.
  case due = 10
}

/// Why a command could not do what was asked, in words for a person: what happened, and what to do.
package struct Failure: Error, Equatable, Sendable {
  package let code: ExitStatus
  /// One line without a full stop; empty where the program ends in silence.
  package let message: String
  package init(_ code: ExitStatus, _ message: String) {
    self.code = code
    self.message = message
  }
}
