internal import Wire

/// A profile's sign-in on disk: `auth.json`, which nobody but its owner can read.
package struct TokenFile: Sendable {
  private let file: PrivateFile

  /// Beside the profile's database.
  package init(folder: String) { file = PrivateFile(folder: folder, name: "auth.json") }

  package var path: String { file.path }
  package var folder: String { file.folder }

  /// nil where nobody has signed in.
  package func load() throws(FileProblem) -> Credentials? {
    guard let bytes = try file.read() else { return nil }
    let json: JSON
    do throws(WireError) {
      json = try JSON(bytes: bytes)
    } catch {
      throw .damaged(path: path, reason: "no JSON")
    }
    guard let credentials = Credentials(json: json) else {
      throw .damaged(path: path, reason: "something is missing")
    }
    return credentials
  }

  /// Replaces what is there; on disk when it returns.
  package func save(_ credentials: Credentials) throws(FileProblem) {
    try file.makeFolder()
    let lock = try SignInLock(folder: folder)
    defer { lock.release() }
    try save(credentials, Checkpoint())
  }

  /// Forgets the sign-in; the journal is not touched.
  package func delete() throws(FileProblem) {
    guard try file.isFolderThere() else { return }
    let lock = try SignInLock(folder: folder)
    defer { lock.release() }
    try file.delete()
  }

  /// With the lock held.
  func save(_ credentials: Credentials, _ checkpoint: Checkpoint) throws(FileProblem) {
    try file.write(credentials.json.bytes + [UInt8(ascii: "\n")], checkpoint)
  }
}
