package import Kernel

// CONTRACT: stubs until the real coding stands.
extension WireMessage {
  package init(json: JSON) throws(WireError) { fatalError("CONTRACT") }
  package var json: JSON { fatalError("CONTRACT") }
  package static var schema: JSON { fatalError("CONTRACT") }
}
extension RegisterQuery: WireMessage {}
extension LoginQuery: WireMessage {}
extension Tokens: WireMessage {}
extension MeReply: WireMessage {}
extension SessionReply: WireMessage {}
extension RefreshQuery: WireMessage {}
extension ChangePasswordQuery: WireMessage {}
extension SessionsReply: WireMessage {}
extension IDQuery: WireMessage {}
extension DeleteAccountQuery: WireMessage {}
extension Nothing: WireMessage {}
extension HealthReply: WireMessage {}
extension AccountExport: WireMessage {}
extension SnapshotQuery: WireMessage {}
extension SnapshotPage: WireMessage {}
extension ExchangeRequest: WireMessage {}
extension ExchangeReply: WireMessage {}

extension ExchangeFault {
  /// The fault that an error tells; nil for any other error.
  package init?(_ error: APIError) { fatalError("CONTRACT") }
  /// 403 `not_member`, 409 `diverged {epoch}`, `stale_request {number}`, 403 `forbidden`.
  package var error: APIError { fatalError("CONTRACT") }
}

extension ExchangeRequest {
  /// The fast road: the JSON of section 6 of sync.md, written without a tree.
  package var bytes: [UInt8] { fatalError("CONTRACT") }
  package init(bytes: [UInt8]) throws(WireError) { fatalError("CONTRACT") }
}

extension ExchangeReply {
  package var bytes: [UInt8] { fatalError("CONTRACT") }
  package init(bytes: [UInt8]) throws(WireError) { fatalError("CONTRACT") }
}

extension SnapshotPage {
  package var bytes: [UInt8] { fatalError("CONTRACT") }
  package init(bytes: [UInt8]) throws(WireError) { fatalError("CONTRACT") }
}
