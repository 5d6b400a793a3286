/// What a register holds. Numbers are integers in a named unit; there are no floats, lists or objects.
package enum Value: Hashable, Sendable {
  case null
  case flag(Bool)
  /// |n| < 2^53
  case number(Int64)
  /// Without U+0000.
  case text(String)

  package var isNull: Bool { self == .null }
  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var number: Int64? { if case .number(let number) = self { number } else { nil } }
  package var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
}

/// A kind of entry: the name of its table, and of its collection on the wire.
package struct Kind: Hashable, Sendable, Codable, ExpressibleByStringLiteral {
  package let name: String
  package init(_ name: String) { self.name = name }
  package init(stringLiteral name: String) { self.name = name }
}

/// One column of a kind's table: a register that is merged on its own.
package struct Field: Hashable, Sendable {
  package enum Shape: Sendable { case flag, number, text }
  package let name: String
  package let shape: Shape
  /// Long text: an operation carries the version that it was edited from.
  package let isLong: Bool

  package init(_ name: String, _ shape: Shape, isLong: Bool = false) {
    self.name = name
    self.shape = shape
    self.isLong = isLong
  }
}

/// A thing that a person keeps: an id and a value for each of its kind's fields.
package protocol Entry: Equatable, Sendable, Identifiable where ID == EntryID {
  static var kind: Kind { get }
  /// True for kinds whose rows may lie in a group's space too; all others lie in the personal one.
  static var isShared: Bool { get }
  /// The table's columns beside `id`, in the order of `values`.
  static var fields: [Field] { get }
  var id: EntryID { get }
  /// One value a field, in the order of `fields`; null where there is none.
  var values: [Value] { get }
  /// The reverse of `values`. Unknown enumeration values are kept raw, missing ones read as null.
  init(id: EntryID, values: [Value])
}

extension Entry {
  package static var isShared: Bool { false }
}
