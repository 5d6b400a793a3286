internal import CCurl
internal import Glibc

/// A call on its way: libcurl's handle, and what has arrived. Lives on the thread that calls.
final class CurlTransfer {
  /// The most bytes of all headers together.
  static let mostHeadBytes = 64 << 10

  let easy: UnsafeMutableRawPointer
  /// Set once the last header is there.
  private(set) var head: HTTPHead?
  /// What has arrived of the body and was not taken yet.
  private(set) var body: [UInt8] = []
  /// Grows with each arrival.
  private(set) var arrivals = 0
  /// Why a callback has refused to go on.
  private(set) var refusal: TransportProblem?

  private let call: HTTPCall
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var list: UnsafeMutablePointer<curl_slist>?
  private var status = 0
  private var headers: [(name: String, value: String)] = []
  private var headBytes = 0

  /// nil where there is no memory.
  init?(_ call: HTTPCall) {
    guard let easy = cc_easy_init() else {
      errorText.deallocate()
      return nil
    }
    self.easy = easy
    self.call = call
    errorText[0] = 0
  }

  deinit {
    cc_easy_cleanup(easy)
    cc_list_free(list)
    errorText.deallocate()
  }

  /// Tells libcurl all of the call. What an older libcurl does not know is only comfort, but for
  /// what is checked.
  func prepare() throws(TransportProblem) {
    let path = call.purpose == .exchange ? call.path : "/"
    cc_set_text(easy, CURLOPT_URL, call.address.text + path)
    cc_set_long(easy, CURLOPT_NOSIGNAL, 1)
    cc_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    cc_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    cc_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    cc_set_long(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    cc_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    cc_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    cc_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, 5_000)
    // A proxy is never asked for what is on this machine.
    if call.address.isLoopback { cc_set_text(easy, CURLOPT_NOPROXY, "*") }
    try must(cc_set_protocol(easy, call.address.isTLS))
    if let timeout = call.timeout {
      cc_set_long(easy, CURLOPT_TIMEOUT_MS, timeout)
      cc_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, 16)
      cc_set_long(easy, CURLOPT_LOW_SPEED_TIME, 20)
      cc_set_text(easy, CURLOPT_ACCEPT_ENCODING, "")  // every encoding that is built in
    }
    cc_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    try prepareTrust()
    if call.purpose == .exchange {
      try prepareRequest()
    } else {
      cc_set_long(easy, CURLOPT_CONNECT_ONLY, 1)
      cc_set_long(easy, CURLOPT_CERTINFO, 1)
      cc_set_long(easy, CURLOPT_FORBID_REUSE, 1)
    }
    prepareCallbacks()
  }

  /// What has arrived of the body since the last time.
  func takeBody() -> [UInt8] {
    defer { body = [] }
    return body
  }

  /// libcurl's result as a problem; nil where all went well.
  func problem(_ code: CURLcode) -> TransportProblem? {
    if code == CURLE_OK { return nil }
    if let refusal { return refusal }
    var system = 0
    var verdict = 0
    cc_get_long(easy, CURLINFO_OS_ERRNO, &system)
    cc_get_long(easy, CURLINFO_SSL_VERIFYRESULT, &verdict)
    let detail = String(cString: errorText)
    let text = detail.isEmpty ? cc_easy_strerror(code).map { String(cString: $0) } ?? "" : detail
    return .failed(code, text: text, system: CInt(truncatingIfNeeded: system), verdict: verdict)
  }

  /// The other side's own certificate in PEM, after a handshake.
  var certificate: String? { cc_leaf_certificate(easy).map { String(cString: $0) } }

  private func prepareTrust() throws(TransportProblem) {
    guard call.address.isTLS else { return }
    let verifies = call.purpose != .look
    try must(cc_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)))
    try must(cc_set_long(easy, CURLOPT_SSL_VERIFYPEER, verifies ? 1 : 0))
    try must(cc_set_long(easy, CURLOPT_SSL_VERIFYHOST, verifies ? 2 : 0))
    guard verifies, case .pinned(let certificate) = call.trust else { return }
    let pem = Array(certificate.pem.utf8)
    // Nobody else's signature counts: neither the system's folder nor its file.
    try must(cc_set_text(easy, CURLOPT_CAPATH, nil))
    try must(cc_set_blob(easy, CURLOPT_CAINFO_BLOB, pem, pem.count))
    try must(cc_set_text(easy, CURLOPT_PINNEDPUBLICKEY, certificate.pin))
  }

  private func prepareRequest() throws(TransportProblem) {
    cc_set_text(easy, CURLOPT_CUSTOMREQUEST, call.method)
    // "Expect: 100-continue" would cost a second on servers that don't know it.
    for (name, value) in call.headers + [("Expect", "")] {
      let line = value.isEmpty ? "\(name):" : "\(name): \(value)"
      guard line.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .unsendable }
      guard let longer = cc_list_append(list, line) else { throw .unsendable }
      list = longer
    }
    cc_set_list(easy, CURLOPT_HTTPHEADER, list)
    guard let body = call.body else { return }
    cc_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
    let code = body.withUnsafeBytes {
      cc_set_pointer(
        easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress))
    }
    try must(code)
  }

  private func prepareCallbacks() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    cc_set_data_function(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
      let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return transfer.take(piece) ? piece.count : 0
    }
    cc_set_pointer(easy, CURLOPT_WRITEDATA, me)
    cc_set_data_function(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
      let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return transfer.takeHeader(line) ? line.count : 0
    }
    cc_set_pointer(easy, CURLOPT_HEADERDATA, me)
  }

  private func take(_ piece: UnsafeRawBufferPointer) -> Bool {
    arrivals += 1
    guard body.count + piece.count <= call.mostBytes else {
      refusal = .tooLong
      return false
    }
    body += piece
    return true
  }

  private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    arrivals += 1
    headBytes += bytes.count
    guard headBytes <= Self.mostHeadBytes else {
      refusal = .longHead
      return false
    }
    let line = String(decoding: bytes, as: UTF8.self).filter { $0 != "\r\n" && $0 != "\n" }
    if line.hasPrefix("HTTP/") {  // a new answer: forget the interim one before
      headers = []
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
      let end = value.lastIndex { !$0.isWhitespace }
      headers.append((line[..<colon].lowercased(), end.map { String(value[...$0]) } ?? ""))
    } else if line.isEmpty, status >= 200, head == nil {
      head = HTTPHead(status: status, headers: headers)
    }
    return true
  }

  private func must(_ code: CURLcode) throws(TransportProblem) {
    if code != CURLE_OK { throw problem(code) ?? .unsendable }
  }
}
