package import Kernel

extension ExchangeReply {
  /// The JSON of sync.md, section 6; verdicts in the order of their ids, which is that of birth.
  /// What is empty or false is left out, and `next` where it is the head.
  package var bytes: [UInt8] {
    var numbers = DeviceNumbers()
    var writer = JSONWriter(capacity: 1024 + 256 * page.count + 64 * verdicts.count)
    writer.raw("{\"epoch\":")
    writer.id(epoch)
    if !verdicts.isEmpty {
      writer.raw(",\"res\":")
      writer.list(verdicts.sorted { $0.key < $1.key }) { (writer, entry) in
        writer.verdict(entry.key, entry.value)
      }
    }
    if isStopped { writer.raw(",\"stopped\":true") }
    if !page.isEmpty {
      writer.raw(",\"ops\":")
      writer.list(page) { (writer, logged) in
        writer.logged(logged, device: logged.device.map { numbers[$0] })
      }
    }
    for device in devices.keys.sorted() { _ = numbers[device] }
    if !numbers.devices.isEmpty {
      writer.raw(",\"devices\":")
      writer.devices(numbers.devices, names: devices)
    }
    if next != head {
      writer.raw(",\"next\":")
      writer.point(next)
    }
    writer.raw(",\"head\":{")
    writer.members(of: head)
    writer.raw(",\"digest\":")
    writer.hex(digest)
    writer.raw(",\"regs\":")
    writer.number(registers)
    writer.raw(more ? "},\"more\":true" : "}")
    writer.raw(",\"now\":")
    writer.number(now.milliseconds)
    writer.raw(",\"max_t\":")
    writer.hex(greatest.bits)
    writer.raw(",\"min_client\":")
    writer.text(oldestClient)
    writer.raw(",\"poll_s\":")
    writer.number(Int64(pollSeconds))
    writer.raw("}")
    return writer.bytes
  }

  /// True where the batch ended before its last operation was looked at, or at it.
  private var isStopped: Bool {
    verdicts.values.contains {
      switch $0 {
      case .ahead, .skipped: true
      case .ok(_, let stamp): stamp != nil
      case .refused: false
      }
    }
  }
}

/// Devices numbered by their first mention, so that an operation names its device by a digit.
private struct DeviceNumbers {
  private(set) var devices: [EntryID] = []
  private var numbers: [EntryID: Int] = [:]
  private var last: (device: EntryID, number: Int)?

  subscript(device: EntryID) -> Int {
    mutating get {
      if let last, last.device == device { return last.number }
      let number = numbers[device] ?? devices.count
      if number == devices.count {
        numbers[device] = number
        devices.append(device)
      }
      last = (device, number)
      return number
    }
  }
}

extension JSONWriter {
  fileprivate mutating func verdict(_ op: EntryID, _ verdict: Verdict) {
    raw("[")
    id(op)
    switch verdict {
    case .ok(let seq, let stamp):
      raw(",\"ok\",")
      number(seq)
      if let stamp {
        raw(",")
        hex(stamp.bits)
      }
    case .ahead: raw(",\"ahead\"")
    case .skipped: raw(",\"skipped\"")
    case .refused(let refusal):
      raw(",")
      text(refusal.rawValue)
    }
    raw("]")
  }

  fileprivate mutating func logged(_ logged: LoggedOp, device: Int?) {
    raw("{\"s\":")
    number(logged.seq)
    raw(",\"op\":")
    id(logged.op.id)
    if let device {
      raw(",\"d\":")
      number(Int64(device))
    }
    raw(",")
    members(of: logged.op)
    if let origin = logged.origin {
      raw(",\"o\":")
      id(origin)
    }
    raw("}")
  }

  fileprivate mutating func devices(_ devices: [EntryID], names: [EntryID: String]) {
    raw("{")
    for (index, device) in devices.enumerated() {
      if index > 0 { raw(",") }
      raw("\"")
      number(Int64(index))
      raw("\":{\"id\":")
      id(device)
      if let name = names[device] {
        raw(",\"name\":")
        text(name)
      }
      raw("}")
    }
    raw("}")
  }
}
