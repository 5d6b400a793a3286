internal import Kernel

/// The documents that a write has made stale: each is indexed once, at its end.
struct StaleDocuments {
  private let sources: [SearchSource]
  private var order: [Kind: [EntryID]] = [:]
  private var seen: [Kind: Set<EntryID>] = [:]

  init(sources: [SearchSource]) { self.sources = sources }

  var isEmpty: Bool { order.isEmpty }
  func rows(of kind: Kind) -> [EntryID] { order[kind] ?? [] }

  /// A row of its own kind.
  mutating func note(_ kind: Kind, _ id: EntryID) {
    for source in sources where source.kind == kind { add(kind, id) }
  }

  /// The row that a child's field `target` names.
  mutating func note(child: Kind, of target: Value) {
    guard let id = target.text.flatMap({ EntryID($0) }) else { return }
    for source in sources where source.children.contains(child) { add(source.kind, id) }
  }

  private mutating func add(_ kind: Kind, _ id: EntryID) {
    guard seen[kind, default: []].insert(id).inserted else { return }
    order[kind, default: []].append(id)
  }
}
