package import Kernel

extension ExchangeRequest {
  package static var schema: JSON {
    SyncSchema.object(
      "A device's waiting operations, and the point from which it reads on. At most \(mostOps) "
        + "operations and \(mostBytes) bytes.",
      [
        "v": ["const": .number(API.version)],
        "space": SyncSchema.id, "device": SyncSchema.id,
        "rseq": SyncSchema.count("The request's number: one more than the last one's."),
        "app": SyncSchema.text("Program and version."),
        "cursor": OpenAPI.reference("Cursor"), "seen": OpenAPI.reference("LogPoint"),
        "now": SyncSchema.moment("The device's clock"),
        "want": SyncSchema.count("The most operations to read."),
        "rep": ["type": "array", "items": OpenAPI.reference("Repair")],
        "ops": ["type": "array", "items": OpenAPI.reference("Operation")],
      ], optional: ["v", "seen", "rep", "ops"])
  }
}

extension ExchangeReply {
  package static var schema: JSON {
    SyncSchema.object(
      "Verdicts on what was sent, a page of the log, and where its head is.",
      [
        "epoch": SyncSchema.id, "res": ["type": "array", "items": OpenAPI.reference("Verdict")],
        "stopped": SyncSchema.flag("True where the batch was not looked at to its end."),
        "ops": ["type": "array", "items": OpenAPI.reference("LoggedOperation")],
        "devices": [
          "type": "object", "description": "By the number that operations name them by.",
          "additionalProperties": OpenAPI.reference("Device"),
        ],
        "next": OpenAPI.reference("LogPoint"), "head": OpenAPI.reference("Head"),
        "more": SyncSchema.flag("True where the log goes on after this page."),
        "now": SyncSchema.moment("The server's clock"), "max_t": SyncSchema.hex,
        "min_client": SyncSchema.text("The oldest version that may take part."),
        "poll_s": SyncSchema.count("Seconds between polls where hints don't come."),
      ], optional: ["res", "stopped", "ops", "devices", "next", "more"])
  }
}

extension SnapshotPage {
  package static var schema: JSON {
    SyncSchema.object(
      "A page of a space's registers, in the order of their keys.",
      [
        "epoch": SyncSchema.id, "head": OpenAPI.reference("LogPoint"),
        "rows": ["type": "array", "items": OpenAPI.reference("SnapshotRow")],
        "after": [
          "type": ["string", "null"],
          "description": "The last row of this page, collection,id; null where there are no more.",
        ], "now": SyncSchema.moment("The server's clock"),
      ], optional: ["after"])
  }
}

/// What the sync messages are made of, for the documentation.
enum SyncSchema {
  static let id: JSON = ["type": "string", "pattern": "^[0-9a-fA-F]{32}$"]
  static let hex: JSON = ["type": "string", "pattern": "^[0-9a-fA-F]{16}$"]

  /// Components that messages refer to, by name.
  static var components: [JSON.Member] {
    [
      .init("FieldValue", fieldValue), .init("Operation", operation),
      .init("LoggedOperation", loggedOperation), .init("Repair", repair),
      .init("Verdict", verdict), .init("Device", device), .init("SnapshotRow", snapshotRow),
      .init("Authorship", tuple("Who wrote a value: stamp and operation.", [hex, id])),
      .init("LogPoint", point("A point of a log: its number and the hash of all before.", [:])),
      .init(
        "Cursor",
        point("Where reading goes on; no epoch at the first contact.", ["epoch": id])),
      .init(
        "Head",
        point(
          "The end of the log, and what the registers there add up to.",
          ["digest": hex, "regs": count("The number of registers.")],
          required: ["digest", "regs"])),
    ]
  }

  /// An object whose members are all required but the optional ones.
  static func object(_ about: String, _ properties: JSON, optional: Set<String> = []) -> JSON {
    let names = (properties.members ?? []).map(\.key).filter { !optional.contains($0) }
    return [
      "type": "object", "description": .text(about), "properties": properties,
      "required": .list(names.map { .text($0) }),
    ]
  }

  static func text(_ about: String) -> JSON { ["type": "string", "description": .text(about)] }
  static func flag(_ about: String) -> JSON { ["type": "boolean", "description": .text(about)] }

  static func count(_ about: String) -> JSON {
    ["type": "integer", "format": "int64", "minimum": 0, "description": .text(about)]
  }

  static func moment(_ about: String) -> JSON {
    [
      "type": "integer", "format": "int64",
      "description": .text("\(about), in milliseconds since 1970-01-01 00:00 UTC."),
    ]
  }

  private static func tuple(_ about: String, _ items: [JSON], least: Int? = nil) -> JSON {
    [
      "type": "array", "description": .text(about), "prefixItems": .list(items),
      "minItems": .number(Int64(least ?? items.count)),
    ]
  }

  private static func point(_ about: String, _ more: JSON, required: Set<String> = []) -> JSON {
    let own: JSON = ["seq": count("0 before the first operation."), "chain": hex]
    let names = Set((more.members ?? []).map(\.key))
    return object(
      about, .object((own.members ?? []) + (more.members ?? [])),
      optional: names.subtracting(required))
  }

  private static let fieldValue: JSON = [
    "description": .text(
      "What a register holds: null, a flag, an integer below 2^53, or a text "
        + "without U+0000."),
    "type": ["null", "boolean", "integer", "string"],
    "minimum": -9_007_199_254_740_991, "maximum": 9_007_199_254_740_991,
  ]

  private static let ownMembers: [JSON.Member] = [
    .init("op", id), .init("t", hex), .init("c", text("The row's collection.")), .init("id", id),
    .init(
      "f", ["type": "object", "additionalProperties": OpenAPI.reference("FieldValue")]),
    .init("b", ["type": "object", "additionalProperties": OpenAPI.reference("Authorship")]),
    .init("x", id),
  ]

  private static let operation = object(
    "Writes of one row's fields. b: what long texts were edited from; x: the undo unit, where it "
      + "is not the operation itself.",
    .object(ownMembers), optional: ["b", "x"])

  private static let loggedOperation = object(
    "An operation of the log. s: its number; d: its device; o: whose value it is, where a device "
      + "has given it back.",
    .object(ownMembers + [.init("s", count("From 1.")), .init("d", count("")), .init("o", id)]),
    optional: ["b", "x", "d", "o"])

  private static let repair = tuple(
    "A register that a device gives back: collection, id, field, stamp, operation, value.",
    [text("Collection."), id, text("Field."), hex, id, OpenAPI.reference("FieldValue")])

  private static let verdict = tuple(
    "What became of an operation: its id, a word, after ok its number in the log, and its stamp "
      + "where that is another than was sent.",
    [
      id,
      [
        "type": "string",
        "enum": .list(
          (["ok", "ahead", "skipped"] + Verdict.Refusal.allCases.map(\.rawValue)).map {
            .text($0)
          }),
      ], count("Its number."), hex,
    ], least: 2)

  private static let device = object(
    "A device that the page mentions.", ["id": id, "name": text("For people.")],
    optional: ["name"])

  private static let snapshotRow = tuple(
    "A row: collection, id, and its fields, each with stamp, operation and value.",
    [
      text("Collection."), id,
      [
        "type": "object",
        "additionalProperties": tuple(
          "Stamp, operation, value.", [hex, id, OpenAPI.reference("FieldValue")]),
      ],
    ])
}
