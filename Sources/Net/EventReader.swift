internal import Kernel
internal import Wire

/// Reads server-sent events byte by byte as they come; lines end with LF, CR or CRLF.
struct EventReader {
  /// A line that is longer is no hint of ours.
  static let mostLineBytes = 64 << 10

  private var line: [UInt8] = []
  private var name = ""
  private var data = ""
  private var hasData = false
  private var isAfterCR = false

  /// The events that `bytes` complete; nil where what comes is no stream of events.
  mutating func feed(_ bytes: [UInt8]) -> [ServerEvent]? {
    var events: [ServerEvent] = []
    for byte in bytes {
      defer { isAfterCR = byte == 13 }
      if byte == 10, isAfterCR { continue }
      guard byte == 10 || byte == 13 else {
        guard line.count < Self.mostLineBytes else { return nil }
        line.append(byte)
        continue
      }
      if let event = end() { events.append(event) }
      line.removeAll(keepingCapacity: true)
    }
    return events
  }

  /// A line has ended.
  private mutating func end() -> ServerEvent? {
    if line.isEmpty { return dispatch() }
    if line[0] == UInt8(ascii: ":") { return .heartbeat }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "event": name = String(decoding: value, as: UTF8.self)
    case "data" where data.utf8.count + value.count < Self.mostLineBytes:
      data += (hasData ? "\n" : "") + String(decoding: value, as: UTF8.self)
      hasData = true
    default: break
    }
    return nil
  }

  private mutating func dispatch() -> ServerEvent? {
    defer { (name, data, hasData) = ("", "", false) }
    guard hasData else { return nil }
    let event =
      switch name {
      case "head": head()
      case "presence": presence()
      default: nil as ServerEvent?
      }
    return event ?? .other(name.isEmpty ? "message" : name)
  }

  private func head() -> ServerEvent? {
    guard let json, let space = json["space"]?.text.flatMap({ EntryID($0) }),
      let seq = json["head"]?.number
    else { return nil }
    return .head(space: space, seq: seq)
  }

  private func presence() -> ServerEvent? {
    guard let json, let space = json["space"]?.text.flatMap({ EntryID($0) }),
      let account = json["account"]?.text.flatMap({ EntryID($0) }),
      let isOnline = json["online"]?.flag
    else { return nil }
    return .presence(space: space, account: account, isOnline: isOnline)
  }

  /// The data; nil where it is no JSON.
  private var json: JSON? {
    do throws(WireError) {
      return try JSON(bytes: Array(data.utf8))
    } catch {
      return nil
    }
  }
}
