/// Why a file of the sign-in cannot be used. Nothing of such a file is ever used in part.
package enum FileProblem: Error, Hashable, Sendable {
  /// Others own it, can read it or can put another in its place; `cure` is a command that helps.
  case unsafe(path: String, reason: String, cure: String)
  /// It is there and makes no sense.
  case damaged(path: String, reason: String)
  /// The system refuses; `reason` in its own words.
  case noAccess(path: String, reason: String)
  /// Another lifeos has held the sign-in for too long.
  case busy(path: String)
  /// A test has ended the work in its middle.
  case cut

  /// What to tell a person.
  package var message: String {
    switch self {
    case .unsafe(let path, let reason, let cure): "\(path) \(reason); run: \(cure)"
    case .damaged(let path, let reason): "\(path) is damaged (\(reason)); sign in again"
    case .noAccess(let path, let reason): "\(path): \(reason)"
    case .busy(let path): "another lifeos holds \(path)"
    case .cut: "cut"
    }
  }
}
