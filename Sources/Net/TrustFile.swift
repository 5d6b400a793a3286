internal import Wire

/// The certificate that a person has accepted for a profile's server: `server.pem`.
package struct TrustFile: Sendable {
  private let file: PrivateFile

  /// Beside the profile's database.
  package init(folder: String) { file = PrivateFile(folder: folder, name: "server.pem") }

  package var path: String { file.path }

  /// By the accepted certificate, or by this machine's authorities where there is none. A file that
  /// cannot be read is an error: it must not open the door to others.
  package func load() throws(FileProblem) -> ServerTrust {
    guard let bytes = try file.read() else { return .system }
    guard let certificate = ServerCertificate(pem: String(decoding: bytes, as: UTF8.self)) else {
      throw .damaged(path: path, reason: "no certificate")
    }
    return .pinned(certificate)
  }

  /// Accepts `certificate` from now on, in place of any other.
  package func save(_ certificate: ServerCertificate) throws(FileProblem) {
    try file.makeFolder()
    let lock = try SignInLock(folder: file.folder)
    defer { lock.release() }
    try file.write(Array(certificate.pem.utf8), Checkpoint())
  }

  /// From now on this machine's authorities must vouch for the server.
  package func delete() throws(FileProblem) {
    guard try file.isFolderThere() else { return }
    let lock = try SignInLock(folder: file.folder)
    defer { lock.release() }
    try file.delete()
  }
}
