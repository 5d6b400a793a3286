internal import CCurl
internal import Glibc
internal import Wire

/// Why a call brought no answer.
enum TransportProblem: Error {
  /// libcurl is not there.
  case noLibrary(String)
  case interrupted
  /// A stream sent nothing for too long.
  case silent
  /// The answer, unpacked, is longer than may be.
  case tooLong
  /// The answer's head is longer than may be.
  case longHead
  /// What should be sent has control characters where none may be.
  case unsendable
  /// libcurl's code and own words, the system's last error, and OpenSSL's verdict on the
  /// certificate.
  case failed(CURLcode, text: String, system: CInt, verdict: Int)

  /// The same in the one shape that all errors have.
  func error(_ address: ServerAddress) -> APIError {
    switch self {
    case .noLibrary(let text): Self.unreachable("libcurl cannot be loaded: \(text)")
    case .interrupted: Self.unreachable("interrupted")
    case .silent: Self.unreachable("\(address.host) went silent")
    case .tooLong: Self.foreign("the answer is longer than any that lifeos gives")
    case .longHead: Self.foreign("the answer's head is longer than any that lifeos gives")
    case .unsendable: Self.unreachable("the request has characters that cannot be sent")
    case .failed(let code, let text, let system, let verdict):
      Self.error(code, text, system, verdict, address)
    }
  }

  private static func error(
    _ code: CURLcode, _ text: String, _ system: CInt, _ verdict: Int, _ address: ServerAddress
  ) -> APIError {
    let host = address.host
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: return unreachable("there is no host \(host)")
    case CURLE_COULDNT_RESOLVE_PROXY: return unreachable("the proxy's host is not there")
    case CURLE_COULDNT_CONNECT: return unreachable(connecting(system, host))
    case CURLE_OPERATION_TIMEDOUT: return unreachable("\(host) did not answer in time")
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE,
      CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_SSL_SHUTDOWN_FAILED:
      return unreachable("the connection to \(host) was cut")
    case CURLE_BAD_CONTENT_ENCODING: return unreachable("the answer arrived damaged")
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
      return foreign("\(host) does not speak HTTP")
    case CURLE_SSL_CONNECT_ERROR: return handshake(text, host)
    case CURLE_PEER_FAILED_VERIFICATION:
      return untrusted(refusal(text, verdict, host), isDoubt: true)
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return untrusted("the key of \(host) is another one than before", isDoubt: true)
    case CURLE_SSL_CACERT_BADFILE: return untrusted("the stored certificate cannot be read")
    case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
      return untrusted("no secure connection to \(host): \(text)")
    default: return unreachable("no connection to \(host): \(text)")
    }
  }

  private static func connecting(_ system: CInt, _ host: String) -> String {
    switch system {
    case ECONNREFUSED: "\(host) refuses the connection"
    case ENETUNREACH, ENETDOWN: "there is no network"
    case EHOSTUNREACH, EHOSTDOWN: "there is no way to \(host)"
    case ETIMEDOUT: "\(host) did not answer in time"
    default: "\(host) cannot be reached"
    }
  }

  /// A line that breaks in mid-handshake says nothing about the server: that is no reason to stop.
  private static func handshake(_ text: String, _ host: String) -> APIError {
    let text = text.lowercased()
    let cuts = ["syscall", "reset by peer", "unexpected eof", "broken pipe", "timed out"]
    if cuts.contains(where: text.contains) {
      return unreachable("the connection to \(host) was cut")
    }
    if ["wrong version number", "unknown protocol", "http request"].contains(where: text.contains) {
      return untrusted("\(host) does not speak TLS here; is it an http address?")
    }
    return untrusted("no secure connection to \(host): \(text)")
  }

  /// OpenSSL's verdicts: X509_V_ERR_… in x509_vfy.h.
  private static func refusal(_ text: String, _ verdict: Int, _ host: String) -> String {
    switch verdict {
    case 9: "the certificate of \(host) is not valid yet; is this machine's clock right?"
    case 10: "the certificate of \(host) has expired"
    case 18, 19: "the certificate of \(host) is signed by itself"
    case 2, 20, 21: "nobody whom this machine trusts has signed the certificate of \(host)"
    case 62, 64: "the certificate is not for \(host)"
    case 23: "the certificate of \(host) was revoked"
    default:
      text.contains("does not match") || text.contains("no alternative certificate subject")
        ? "the certificate is not for \(host)" : "the certificate of \(host) is not valid: \(text)"
    }
  }

  static func unreachable(_ reason: String) -> APIError {
    APIError(status: 0, code: .unreachable, message: reason)
  }

  /// `isDoubt`: a certificate was shown and not believed.
  static func untrusted(_ reason: String, isDoubt: Bool = false) -> APIError {
    APIError(
      status: 0, code: .untrusted, message: reason,
      details: isDoubt ? ["shown": "certificate"] : [:])
  }

  static func foreign(_ reason: String, status: Int = 0) -> APIError {
    APIError(status: status, code: .notLifeos, message: reason)
  }
}
