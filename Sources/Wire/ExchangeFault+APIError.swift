package import Kernel

extension ExchangeFault {
  /// The fault that an error of the sync routes tells; nil for any other error.
  package init?(_ error: APIError) {
    switch error.code {
    case .diverged:
      guard let epoch = error.details["epoch"].flatMap({ EntryID($0) }) else { return nil }
      self = .diverged(epoch: epoch)
    case .staleRequest:
      guard let number = error.details["number"].flatMap({ Int64($0) }) else { return nil }
      self = .staleRequest(number: number)
    case .notMember: self = .notMember
    case .forbidden where error.details["what"] == "device": self = .forbiddenDevice
    default: return nil
    }
  }

  /// 409 `diverged {epoch}`, 409 `stale_request {number}`, 403 `not_member`, 403 `forbidden`.
  package var error: APIError {
    switch self {
    case .diverged(let epoch):
      APIError(
        status: 409, code: .diverged,
        message: "The device's history is not the server's: it must give back what it holds.",
        details: ["epoch": epoch.description])
    case .staleRequest(let number):
      APIError(
        status: 409, code: .staleRequest, message: "A later request was already here.",
        details: ["number": String(number)])
    case .notMember:
      APIError(status: 403, code: .notMember, message: "There is no such space for this account.")
    case .forbiddenDevice:
      APIError(
        status: 403, code: .forbidden, message: "This device may not sync with this account.",
        details: ["what": "device"])
    }
  }
}
