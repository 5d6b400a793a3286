package import Storage

extension Area {
  /// All areas, in the order of their tabs.
  package static let all: [Area] = [.today, .journal, .checkIns]
}

extension Schema {
  /// What all areas together bring to the store.
  package static let lifeos = Schema(
    entries: Area.all.flatMap(\.entries), migrations: Area.all.flatMap(\.migrations),
    searches: Area.all.flatMap(\.searches))
}
