internal import Features
internal import Kernel
internal import Net
internal import Wire

/// The first look at a server, before it is told anything.
struct Meeting {
  let console: Console

  /// The certificate that a person (or `fingerprint`) has accepted; nil where none needs to be. Throws
  /// where the way is not safe and nobody has agreed to it.
  func meet(
    _ address: ServerAddress, fingerprint: String?, allowsPlain: Bool
  ) throws -> ServerCertificate? {
    switch try Trust.firstContact(address) {
    case .trusted: return nil
    case .plain:
      guard address.isPrivate || allowsPlain else {
        throw Failure(
          .wrongUsage,
          "\(address.text) is not encrypted: everybody on the way could read your journal and your "
            + "password; use https, or say --allow-http where the way is your own")
      }
      return nil
    case .unknown(let certificate, let reason):
      return try accepted(certificate, reason, address, fingerprint)
    }
  }

  private func accepted(
    _ certificate: ServerCertificate, _ reason: String, _ address: ServerAddress, _ given: String?
  ) throws -> ServerCertificate {
    let shown = certificate.fingerprint
    if let given {
      guard let expected = Fingerprint(hex: given) else {
        throw Failure(
          .wrongUsage, "--fingerprint takes the 64 hexadecimal digits that the server prints")
      }
      guard expected == shown else {
        throw Failure(
          .needsPerson,
          "the server shows another certificate than the one you named: \(shown.hex); nothing was sent"
        )
      }
      return certificate
    }
    guard console.isInteractive else {
      throw Failure(
        .needsPerson,
        "nobody vouches for the server (\(reason)); its fingerprint is \(shown.hex): compare it with "
          + "the one that the server printed, then say --fingerprint")
    }
    console.remark("\(address.text) has made its certificate itself. Its fingerprint:")
    console.remark("")
    console.remark("  " + shown.words)
    console.remark("  " + shown.hex)
    console.remark("")
    guard console.confirm("Does the server show the same words? Look before you answer.") else {
      throw Failure(.failed, "nothing was sent")
    }
    return certificate
  }
}
