package import Wire

/// The first look at a server that nobody has vouched for yet.
package enum Trust {
  /// What a look has found.
  package enum FirstContact: Hashable, Sendable {
    /// No encryption: there is nothing to trust.
    case plain
    /// An authority of this machine vouches for the server.
    case trusted
    /// Nobody does, for this `reason`; a person may accept the certificate after comparing its
    /// fingerprint with the one that the server prints.
    case unknown(ServerCertificate, reason: String)
  }

  /// Shakes hands with the server, without credentials and without sending anything else.
  ///
  /// Throws where it cannot be reached, and where accepting its certificate would not help: it is
  /// for another host, or has expired.
  package static func firstContact(
    _ address: ServerAddress
  ) throws(APIError) -> FirstContact {
    guard address.isTLS else { return .plain }
    let transport = CurlTransport()
    guard let refusal = try handshake(transport, address, .system) else { return .trusted }
    let certificate = try shown(transport, address)
    if let final = try handshake(transport, address, .pinned(certificate)) { throw final }
    return .unknown(certificate, reason: refusal.message)
  }

  /// The certificate that the server shows, whoever it is.
  static func shown(
    _ transport: CurlTransport, _ address: ServerAddress
  ) throws(APIError) -> ServerCertificate {
    var call = HTTPCall(address)
    call.purpose = .look
    var pem: String?
    do throws(TransportProblem) {
      pem = try transport.handshake(call)
    } catch {
      throw error.error(address)
    }
    guard let shown = pem.flatMap(ServerCertificate.init) else {
      throw TransportProblem.untrusted("\(address.host) shows no certificate that can be read")
    }
    return shown
  }

  /// nil where the handshake succeeds, the error where the server is not believed.
  private static func handshake(
    _ transport: CurlTransport, _ address: ServerAddress, _ trust: ServerTrust
  ) throws(APIError) -> APIError? {
    var call = HTTPCall(address)
    call.purpose = .handshake
    call.trust = trust
    do throws(TransportProblem) {
      _ = try transport.handshake(call)
      return nil
    } catch {
      let error = error.error(address)
      guard error.details["shown"] != nil else { throw error }
      return error
    }
  }
}
