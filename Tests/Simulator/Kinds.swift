internal import Kernel
internal import Storage

/// An entry of the simulator: whatever its kind, a list of values.
protocol Plain: Entry {
  var values: [Value] { get set }
}

/// A text of some length, with a field that older programs do not know.
struct Note: Plain {
  static let kind: Kind = "page"
  static let fields = [
    Field("title", .text), Field("body", .text, isLong: true), Field("star", .flag),
    Field("mood", .number),
  ]
  let id: EntryID
  var values: [Value]
}

/// A note as an older program knows it.
struct OldNote: Plain {
  static let kind: Kind = "page"
  static let fields = [
    Field("title", .text), Field("body", .text, isLong: true), Field("star", .flag),
  ]
  let id: EntryID
  var values: [Value]
}

/// A note whose fields have other types: what it is told does not fit its columns, and the reverse.
struct OddNote: Plain {
  static let kind: Kind = "page"
  static let fields = [
    Field("title", .text), Field("body", .text, isLong: true), Field("star", .number),
    Field("mood", .text),
  ]
  let id: EntryID
  var values: [Value]
}

/// A child that names its note.
struct Item: Plain {
  static let kind: Kind = "part"
  static let fields = [Field("name", .text), Field("done", .flag), Field("target", .text)]
  let id: EntryID
  var values: [Value]
}

/// A kind that older programs do not know at all.
struct Meal: Plain {
  static let kind: Kind = "meal"
  static let fields = [Field("name", .text), Field("kcal", .number), Field("vegan", .flag)]
  let id: EntryID
  var values: [Value]
}

/// What a person shows to a group, and keeps for themself.
struct Shown: Plain {
  static let kind: Kind = "shown"
  static let isShared = true
  static let fields = [
    Field(OwnedRow.member, .text), Field(OwnedRow.key, .text), Field("title", .text),
    Field("body", .text, isLong: true), Field("score", .number), Field("done", .flag),
  ]
  let id: EntryID
  var values: [Value]
}

/// The same with other types.
struct OddShown: Plain {
  static let kind: Kind = "shown"
  static let isShared = true
  static let fields = [
    Field(OwnedRow.member, .text), Field(OwnedRow.key, .text), Field("title", .text),
    Field("body", .text, isLong: true), Field("score", .text), Field("done", .number),
  ]
  let id: EntryID
  var values: [Value]
}

/// Which program a device runs.
enum Edition: Int, CaseIterable, Sendable {
  case current, older, odd

  /// The kinds of a personal life.
  var own: [any Plain.Type] {
    switch self {
    case .current: [Note.self, Item.self, Meal.self]
    case .older: [OldNote.self, Item.self]
    case .odd: [OddNote.self, Item.self, Meal.self]
    }
  }

  /// What is shown to groups; nil for a program that knows of none.
  var shown: (any Plain.Type)? {
    switch self {
    case .current: Shown.self
    case .older: nil
    case .odd: OddShown.self
    }
  }

  var types: [any Plain.Type] { own + (shown.map { [$0] } ?? []) }

  /// Migrations are the same history for all; an older program has the beginning of it.
  var schema: Schema {
    let migrations = types.map { Migration.table("\($0.kind.name).1", for: $0) }
    return Schema(entries: types, migrations: migrations)
  }

  static let schemas: [Edition: Schema] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.schema) })
}
