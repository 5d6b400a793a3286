internal import Kernel

/// What every operation must be, whatever its kind.
enum OpCheck {
  private static let mostFields = 100
  private static let mostNameBytes = 64
  /// Numbers stay below 2^53, so that every language can hold them.
  private static let numbers = -(Int64(1) << 53) + 1..<Int64(1) << 53

  /// Why an operation is refused for good; nil where nothing is wrong with it. `fields` and `bases`
  /// are its canonical JSON.
  static func refusal(of op: Op, fields: String, bases: String) -> Verdict.Refusal? {
    let none = EntryID(high: 0, low: 0)
    guard op.id != none, op.row != none, isName(op.kind.name) else { return .invalid }
    guard !op.fields.isEmpty, op.fields.count <= mostFields, op.bases.count <= mostFields
    else { return .invalid }
    guard op.fields.keys.allSatisfy(isName), op.bases.keys.allSatisfy(isName) else {
      return .invalid
    }
    for (name, value) in op.fields {
      if let refusal = refusal(of: value, in: name) { return refusal }
    }
    let size = fields.utf8.count + bases.utf8.count
    return size > ExchangeRequest.mostOpBytes ? .tooLarge : nil
  }

  private static func refusal(of value: Value, in name: String) -> Verdict.Refusal? {
    if name == Op.deleted, value.flag == nil { return .invalid }
    switch value {
    case .null, .flag: return nil
    case .number(let number): return numbers.contains(number) ? nil : .invalid
    case .text(let text):
      if text.utf8.count > ExchangeRequest.mostFieldBytes { return .tooLarge }
      return text.utf8.contains(0) ? .invalid : nil
    }
  }

  /// 1 to 64 of A–Z, a–z, 0–9 and _.
  private static func isName(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= mostNameBytes else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
