internal import Kernel
internal import Life
internal import Storage

/// What became of an entry over time: its states after each change, oldest first.
struct JournalChanges {
  struct Change {
    let field: String
    let from: Value
    let to: Value
  }

  struct State {
    /// 1 for the first.
    let number: Int
    let at: Moment
    let changes: [Change]
    /// All fields as they stood then.
    let values: [Value]
  }

  let states: [State]

  /// Every field's values in the order of their stamps; values written together make one state.
  init(of id: EntryID, in store: Store) throws {
    var writes: [Stamp: [(place: Int, value: Value)]] = [:]
    for (place, field) in JournalEntry.fields.enumerated() {
      for version in try store.versions(of: JournalEntry.kind, id: id, field: field.name) {
        writes[version.stamp, default: []].append((place, version.value))
      }
    }
    var values = [Value](repeating: .null, count: JournalEntry.fields.count)
    var states: [State] = []
    for (stamp, written) in writes.sorted(by: { $0.key < $1.key }) {
      let before = values
      for (place, value) in written { values[place] = value }
      let changes = values.indices.filter { values[$0] != before[$0] }.map {
        Change(field: JournalEntry.fields[$0].name, from: before[$0], to: values[$0])
      }
      guard !changes.isEmpty else { continue }
      states.append(
        State(
          number: states.count + 1, at: Moment(milliseconds: stamp.milliseconds), changes: changes,
          values: values))
    }
    self.states = states
  }
}

extension JournalChanges.State {
  /// The shape in which `--json` prints it.
  func json(isCurrent: Bool) -> Json {
    .object([
      ("number", .number(number)), ("at", .moment(at)), ("is_current", .flag(isCurrent)),
      ("changes", .list(changes.map(\.json))),
    ])
  }
}

extension JournalChanges.Change {
  var json: Json {
    .object([("field", .text(field)), ("from", Json(from)), ("to", Json(to))])
  }
}

extension Json {
  init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .flag(let flag): self = .flag(flag)
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    }
  }
}
