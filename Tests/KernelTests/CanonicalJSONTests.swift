internal import Kernel
internal import Testing

struct CanonicalJSONTests {
  @Test func `what is written is read back, whatever the texts hold`() {
    var dice = Dice(seed: 12)
    for _ in 0..<2_000 {
      var fields: [String: Value] = [:]
      for _ in 0..<Int.random(in: 0...6, using: &dice) {
        fields[dice.hostileText(length: Int.random(in: 0...8, using: &dice))] = value(&dice)
      }
      let text = CanonicalJSON.object(fields.map { (name: $0.key, value: $0.value) })
      #expect(CanonicalJSON.fields(text) == fields)
    }
  }

  private func value(_ dice: inout Dice) -> Value {
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: .null
    case 1: .flag(Bool.random(using: &dice))
    case 2: .number(Int64.random(in: .min ... .max, using: &dice))
    case 3: .number(Int64.random(in: -9...9, using: &dice))
    default: .text(dice.hostileText(length: Int.random(in: 0...40, using: &dice)))
    }
  }

  @Test func `bases are read back`() {
    let bases = [
      "body": Authorship(stamp: Stamp(bits: 0x1A), op: EntryID(high: 1, low: 2)),
      "a \"note\"": Authorship(stamp: Stamp(bits: .max), op: EntryID(high: .max, low: 0)),
    ]
    #expect(CanonicalJSON.bases(CanonicalJSON.bases(bases)) == bases)
    #expect(CanonicalJSON.bases("{}") == [:])
  }

  @Test func `every escape of JSON is understood`() {
    let text = #"{"a":"\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83D\uDe00"}"#
    let value = "\"\\/\u{8}\u{C}\n\r\té€\u{1F600}"
    #expect(CanonicalJSON.fields(text) == ["a": .text(value)])
  }

  @Test(arguments: [
    "", "{", "}", "{}x", " {}", "[]", "null", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{"a":1,}"#,
    #"{"a":1,"a":2}"#, #"{"a": 1}"#, #"{a:1}"#, #"{"a":01}"#, #"{"a":-0}"#, #"{"a":-}"#,
    #"{"a":1.0}"#, #"{"a":1e3}"#, #"{"a":9223372036854775808}"#, #"{"a":nul}"#, #"{"a":True}"#,
    #"{"a":"\ud800"}"#, #"{"a":"\ud800\u0041"}"#, #"{"a":"\udc00"}"#, #"{"a":"\u12"}"#,
    #"{"a":"\u+123"}"#, #"{"a":"\x"}"#, #"{"a":"\"#, #"{"a":"x"#, "{\"a\":\"\n\"}", #"{"a":[]}"#,
  ])
  func `anything else is refused`(text: String) {
    #expect(CanonicalJSON.fields(text) == nil)
  }

  @Test(arguments: [
    #"{"a":["12","01a9"]}"#, #"{"a":"x"}"#, #"{"a":[]}"#,
    #"{"a":["+00000000000001a","00000000000000000000000000000001"]}"#,
    #"{"a":["000000000000001a","0000000000000000000000000000000"]}"#,
    #"{"a":["000000000000001a","00000000000000000000000000000001",1]}"#,
  ])
  func `other bases are refused`(text: String) {
    #expect(CanonicalJSON.bases(text) == nil)
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    let bytes = Array(#"{"a":"é"}"#.utf8)
    for cut in [6, 7] {
      var broken = bytes
      broken.remove(at: cut)
      #expect(broken.withUnsafeBufferPointer { CanonicalJSON.fields($0) } == nil)
    }
  }
}
