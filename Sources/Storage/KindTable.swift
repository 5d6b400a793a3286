internal import Kernel

/// The table of one kind, with the SQL that reads and writes its rows.
struct KindTable: Sendable {
  let kind: Kind
  let fields: [Field]
  /// The fields, `_del` and `_dead` of the row ?1.
  let select: String
  /// A new row: id, the fields, `_del`, `_dead`.
  let insert: String
  /// Where the field `target` stands, which names the row that this one belongs to.
  let target: Int?
  private let places: [String: Int]

  init(_ type: any Entry.Type) {
    kind = type.kind
    fields = type.fields
    let names = fields.map { "\"\($0.name)\"" }
    select =
      "SELECT \((names + ["_del", "_dead"]).joined(separator: ", ")) FROM \"\(kind.name)\" WHERE id = ?"
    insert =
      "INSERT INTO \"\(kind.name)\" (\((["id"] + names + ["_del", "_dead"]).joined(separator: ", ")))"
      + " VALUES (\(Array(repeating: "?", count: names.count + 3).joined(separator: ", ")))"
    target = fields.firstIndex { $0.name == "target" }
    places = Dictionary(
      fields.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Where `field` stands among the fields; nil for `_del` and for unknown ones.
  func place(of field: String) -> Int? { places[field] }

  /// The shape of `field`; nil for a field that this kind does not have.
  func shape(of field: String) -> Field.Shape? {
    field == Op.deleted ? .flag : places[field].map { fields[$0].shape }
  }

  /// The definition of a column.
  static func column(_ field: Field) -> String {
    "\"\(field.name)\" \(field.shape == .text ? "TEXT" : "INTEGER")"
  }

  /// Whether `value` can lie in the column of `field`; an unknown field has none.
  func fits(_ value: Value, _ field: String) -> Bool {
    guard let shape = shape(of: field) else { return false }
    return switch (value, shape) {
    case (.null, _), (.flag, .flag), (.number, .number), (.text, .text): true
    default: false
    }
  }

  /// Whether `field` is a long text.
  func isLong(_ field: String) -> Bool { places[field].map { fields[$0].isLong } ?? false }

  /// Makes sure that every value can lie in its register.
  func check(_ values: [Value]) throws(StoreError) {
    precondition(values.count == fields.count, "an entry has one value a field")
    for (field, value) in zip(fields, values) {
      let isFit =
        switch (value, field.shape) {
        case (.null, _), (.flag, .flag): true
        case (.number(let number), .number): number.magnitude < 1 << 53
        case (.text(let text), .text): !text.utf8.contains(0)
        default: false
        }
      guard isFit else { throw .unfit(field: field.name) }
    }
  }
}
