internal import Kernel

extension ExchangeRequest {
  package static var schema: JSON { [:] }
}
extension ExchangeReply {
  package static var schema: JSON { [:] }
}
extension SnapshotPage {
  package static var schema: JSON { [:] }
}
