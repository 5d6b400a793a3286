/// A table while it grows, with what TOML 1.0 wants to know about how it came to be.
struct TomlTable {
  enum Item {
    case value(TomlValue)
    case table(TomlTable)
    case tables([TomlTable])
  }

  enum Origin {
    /// Only named on the way to another: `a` in `[a.b]`. A header may still define it.
    case implicit
    /// By its header, or the root.
    case header
    /// By a dotted key: `a` in `a.b = 1`.
    case dotted
  }

  private(set) var items: [(key: String, item: Item)] = []
  private var origin: Origin

  init(origin: Origin = .header) { self.origin = origin }

  var pairs: [TomlValue.Pair] {
    items.map { key, item in
      switch item {
      case .value(let value): TomlValue.Pair(key: key, value: value)
      case .table(let table): TomlValue.Pair(key: key, value: .table(table.pairs))
      case .tables(let tables):
        TomlValue.Pair(key: key, value: .list(tables.map { .table($0.pairs) }))
      }
    }
  }

  /// Opens the table `[path]`, or with `isList` one more of `[[path]]`. False where the path is taken.
  mutating func open(_ path: ArraySlice<String>, isList: Bool) -> Bool {
    guard let key = path.first else { return false }
    let rest = path.dropFirst()
    let index = items.firstIndex { $0.key == key }
    guard let index else {
      var table = TomlTable(origin: rest.isEmpty ? .header : .implicit)
      let isOpen = rest.isEmpty || table.open(rest, isList: isList)
      items.append((key, rest.isEmpty && isList ? .tables([table]) : .table(table)))
      return isOpen
    }
    switch items[index].item {
    case .value:
      return false
    case .table(var table):
      if rest.isEmpty {
        guard !isList, table.origin == .implicit else { return false }
        table.origin = .header
      } else {
        guard table.open(rest, isList: isList) else { return false }
      }
      items[index].item = .table(table)
    case .tables(var tables):
      if rest.isEmpty {
        guard isList else { return false }
        tables.append(TomlTable())
      } else {
        guard tables[tables.count - 1].open(rest, isList: isList) else { return false }
      }
      items[index].item = .tables(tables)
    }
    return true
  }

  /// Sets the dotted `key` in the open table `header`. False where it is taken.
  mutating func put(
    _ value: TomlValue, at key: ArraySlice<String>, in header: ArraySlice<String> = []
  ) -> Bool {
    let isHeader = !header.isEmpty
    guard let name = isHeader ? header.first : key.first else { return false }
    let index = items.firstIndex { $0.key == name }
    if !isHeader, key.count == 1 {
      guard index == nil else { return false }
      items.append((name, .value(value)))
      return true
    }
    let rest = (key: isHeader ? key : key.dropFirst(), header: header.dropFirst())
    guard let index else {
      var table = TomlTable(origin: .dotted)
      let isPut = table.put(value, at: rest.key, in: rest.header)
      items.append((name, .table(table)))
      return isPut
    }
    switch items[index].item {
    case .value:
      return false
    case .table(var table):
      guard isHeader || table.origin == .dotted else { return false }
      guard table.put(value, at: rest.key, in: rest.header) else { return false }
      items[index].item = .table(table)
    case .tables(var tables):
      guard isHeader else { return false }
      guard tables[tables.count - 1].put(value, at: rest.key, in: rest.header) else { return false }
      items[index].item = .tables(tables)
    }
    return true
  }
}
