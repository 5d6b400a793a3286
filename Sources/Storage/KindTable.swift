internal import Kernel
internal import SQL

/// The table of one kind, with the SQL that reads and writes its rows.
struct KindTable: Sendable {
  let kind: Kind
  let fields: [Field]
  /// True where rows may lie in a group's space: the table has a column `_space` then, which is NULL in
  /// the personal one.
  let isShared: Bool
  /// The fields, `_del`, `_dead` and the space of the row ?1.
  let select: String
  /// A new row: id, the fields, `_del`, `_dead`, and `_space` where there is one.
  let insert: String
  /// Where the field `target` stands, which names the row that this one belongs to.
  let target: Int?
  private let places: [String: Int]

  init(_ type: any Entry.Type) {
    kind = type.kind
    fields = type.fields
    isShared = type.isShared
    let names = fields.map { "\"\($0.name)\"" } + ["_del", "_dead"]
    select =
      "SELECT \((names + [isShared ? Self.space : "NULL"]).joined(separator: ", ")) "
      + "FROM \"\(kind.name)\" WHERE id = ?"
    let columns = ["id"] + names + (isShared ? [Self.space] : [])
    insert =
      "INSERT INTO \"\(kind.name)\" (\(columns.joined(separator: ", ")))"
      + " VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    target = fields.firstIndex { $0.name == "target" }
    places = Dictionary(
      fields.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The column of a shared kind's rows that tells whose space they lie in.
  static let space = "_space"

  /// What `insert` takes for a row; `space` is nil for the personal one.
  func inserting(
    _ id: EntryID, _ values: [Value], deleted: Value, isDead: Bool, space: EntryID?
  ) -> [Datum] {
    [.id(id)] + values.map { Datum($0) } + [Datum(deleted), .integer(isDead ? 1 : 0)]
      + (isShared ? [space.map { .id($0) } ?? .null] : [])
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
