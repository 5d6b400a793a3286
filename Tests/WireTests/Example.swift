internal import Kernel
internal import Wire

/// The examples of sync.md, section 6, with whole ids.
enum Example {
  static func id(_ low: UInt64) -> EntryID { EntryID(high: 0x0198_F200_0000_7000, low: low) }
  static func stamp(_ counter: Int) -> Stamp {
    Stamp(milliseconds: 1_795_132_800_123, counter: counter)
  }

  static let request = ExchangeRequest(
    space: id(1), device: id(2), number: 412, app: "lifeos/1.4.0", epoch: id(3),
    cursor: LogPoint(seq: 88_123, chain: 0x9F1C), seen: LogPoint(seq: 88_140, chain: 0x02AA),
    now: Moment(milliseconds: 1_795_132_800_123), want: 5_000, repairs: [],
    ops: [
      Op(
        id: id(0x1A9), stamp: stamp(0), kind: "journal", row: id(0x1A9),
        fields: ["title": .text("Friday"), "body": .text("One\nTwo \u{7F}\u{85}é\u{1}")],
        group: id(0x1A9)),
      Op(
        id: id(0x1AA), stamp: stamp(1), kind: "journal", row: id(0x197),
        fields: ["body": .text("new")],
        bases: ["body": Authorship(stamp: Stamp(bits: 0x01A1_F63F_0000_0000), op: id(0x1A8))],
        group: id(0x1AA)),
      Op(
        id: id(0x1AB), stamp: stamp(2), kind: "task", row: id(0x199),
        fields: ["_del": .flag(true)], group: id(0x1AC)),
    ])

  static let requestText =
    #"{"v":1,"space":"0198f200000070000000000000000001","#
    + #""device":"0198f200000070000000000000000002","rseq":412,"app":"lifeos/1.4.0","#
    + #""cursor":{"epoch":"0198f200000070000000000000000003","seq":88123,"#
    + #""chain":"0000000000009f1c"},"seen":{"seq":88140,"chain":"00000000000002aa"},"#
    + #""now":1795132800123,"want":5000,"ops":["#
    + #"{"op":"0198f2000000700000000000000001a9","t":"01a1f640bc7b0000","c":"journal","#
    + #""id":"0198f2000000700000000000000001a9","#
    + #""f":{"body":"One\nTwo \u007f\u0085é\u0001","title":"Friday"}},"#
    + #"{"op":"0198f2000000700000000000000001aa","t":"01a1f640bc7b0001","c":"journal","#
    + #""id":"0198f200000070000000000000000197","f":{"body":"new"},"#
    + #""b":{"body":["01a1f63f00000000","0198f2000000700000000000000001a8"]}},"#
    + #"{"op":"0198f2000000700000000000000001ab","t":"01a1f640bc7b0002","c":"task","#
    + #""id":"0198f200000070000000000000000199","f":{"_del":true},"#
    + #""x":"0198f2000000700000000000000001ac"}]}"#

  static let reply = ExchangeReply(
    epoch: id(3),
    verdicts: [
      id(0x1A9): .ok(seq: 88_141, stamp: nil), id(0x1AA): .ok(seq: 88_142, stamp: nil),
      id(0x1AB): .ahead,
    ],
    page: [
      LoggedOp(
        seq: 88_124,
        op: Op(
          id: id(0x100), stamp: stamp(0), kind: "meal", row: id(0x101),
          fields: ["kcal": .number(420)], group: id(0x100)),
        device: id(2)),
      LoggedOp(
        seq: 88_125,
        op: Op(
          id: id(0x102), stamp: stamp(1), kind: "meal", row: id(0x101), fields: ["kcal": .null],
          group: id(0x102)),
        origin: id(0x103), device: nil),
    ],
    next: LogPoint(seq: 88_142, chain: 0x77D0), head: LogPoint(seq: 88_142, chain: 0x77D0),
    digest: 0x5B20, registers: 51_234, now: Moment(milliseconds: 1_795_132_800_455),
    greatest: stamp(1), oldestClient: "1.2.0", devices: [id(2): "phone"])

  static let replyText =
    #"{"epoch":"0198f200000070000000000000000003","res":["#
    + #"["0198f2000000700000000000000001a9","ok",88141],"#
    + #"["0198f2000000700000000000000001aa","ok",88142],"#
    + #"["0198f2000000700000000000000001ab","ahead"]],"stopped":true,"ops":["#
    + #"{"s":88124,"op":"0198f200000070000000000000000100","d":0,"t":"01a1f640bc7b0000","#
    + #""c":"meal","id":"0198f200000070000000000000000101","f":{"kcal":420}},"#
    + #"{"s":88125,"op":"0198f200000070000000000000000102","t":"01a1f640bc7b0001","#
    + #""c":"meal","id":"0198f200000070000000000000000101","f":{"kcal":null},"#
    + #""o":"0198f200000070000000000000000103"}],"#
    + #""devices":{"0":{"id":"0198f200000070000000000000000002","name":"phone"}},"#
    + #""head":{"seq":88142,"chain":"00000000000077d0","digest":"0000000000005b20","#
    + #""regs":51234},"now":1795132800455,"max_t":"01a1f640bc7b0001","#
    + #""min_client":"1.2.0","poll_s":60}"#

  static let page = SnapshotPage(
    epoch: id(3), head: LogPoint(seq: 88_142, chain: 0x77D0),
    registers: [
      Register(
        kind: "journal", row: id(0x197), field: "body",
        authorship: Authorship(stamp: stamp(0), op: id(0x1A8)), value: .text("new")),
      Register(
        kind: "journal", row: id(0x197), field: "title",
        authorship: Authorship(stamp: stamp(1), op: id(0x1A9)), value: .null),
      Register(
        kind: "task", row: id(0x197), field: "done",
        authorship: Authorship(stamp: stamp(2), op: id(0x1AA)), value: .flag(false)),
    ],
    after: SnapshotKey(kind: "task", row: id(0x197)),
    now: Moment(milliseconds: 1_795_132_800_455))

  static let pageText =
    #"{"epoch":"0198f200000070000000000000000003","#
    + #""head":{"seq":88142,"chain":"00000000000077d0"},"rows":["#
    + #"["journal","0198f200000070000000000000000197",{"#
    + #""body":["01a1f640bc7b0000","0198f2000000700000000000000001a8","new"],"#
    + #""title":["01a1f640bc7b0001","0198f2000000700000000000000001a9",null]}],"#
    + #"["task","0198f200000070000000000000000197",{"#
    + #""done":["01a1f640bc7b0002","0198f2000000700000000000000001aa",false]}]],"#
    + #""after":"task,0198f200000070000000000000000197","now":1795132800455}"#
}
