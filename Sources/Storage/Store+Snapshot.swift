internal import GRDB
package import Kernel
internal import SQL

extension Store {
  /// Whether a space wants a snapshot before it is read on, and from which row; nil where it does not.
  package func snapshotStart(_ space: EntryID) throws -> SnapshotStart? {
    let state = try read { try SyncSpace(space, in: $0) }
    switch state?.state {
    case .boot: return SnapshotStart(after: state?.bootAfter)
    case .index:
      try indexSnapshot(space)
      return nil
    default: return nil
    }
  }

  /// Takes a page of a snapshot in, in transactions of at most 1,000 rows; resumable at any point.
  /// Throws as `accept` of a reply does; the transactions before stay.
  package func accept(_ page: SnapshotPage, of space: EntryID) throws {
    try Absorbing.check(page.registers)
    try DiskRoom.check(path)
    var rest = page.registers[...]
    repeat {
      let chunk = Self.chunk(of: &rest)
      let last =
        rest.isEmpty ? page.after : chunk.last.map { SnapshotKey(kind: $0.kind, row: $0.row) }
      let goesOn = try take(chunk, of: page, upTo: last, isLast: rest.isEmpty, space)
      guard goesOn else { return }
    } while !rest.isEmpty
    if page.after == nil { try indexSnapshot(space) }
  }

  private static let mostRegisters = 1000

  /// The next registers, whole rows, about a transaction's worth.
  private static func chunk(of rest: inout ArraySlice<Register>) -> ArraySlice<Register> {
    var end =
      rest.index(rest.startIndex, offsetBy: mostRegisters, limitedBy: rest.endIndex)
      ?? rest.endIndex
    // Back to the beginning of the row that would be cut, unless that one fills the chunk.
    if end < rest.endIndex {
      let (kind, row) = (rest[end].kind, rest[end].row)
      var start = end
      while start > rest.startIndex, rest[start - 1].row == row, rest[start - 1].kind == kind {
        start -= 1
      }
      if start > rest.startIndex { end = start }
    }
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  /// One transaction; false where no snapshot is wanted (any more).
  private func take(
    _ registers: ArraySlice<Register>, of page: SnapshotPage, upTo last: SnapshotKey?,
    isLast: Bool, _ space: EntryID
  ) throws -> Bool {
    let changed = try transaction { database -> Set<Kind>? in
      token.open()
      defer { token.close() }
      guard let absorbing = try Absorbing(space, store: self, database: database),
        absorbing.space.state == .boot
      else { return nil }
      let head = absorbing.space.bootHead ?? page.head
      absorbing.space.bootHead = head
      if absorbing.space.epoch == nil { absorbing.space.epoch = page.epoch }
      try absorbing.merge(registers, seq: head.seq)
      absorbing.space.bootAfter = last
      if isLast, page.after == nil {
        absorbing.space.state = .index
        absorbing.space.bootAfter = nil
        absorbing.space.cursor = head
        // `seen` stays: it alone can prove that the server has lost what it had acknowledged before.
      }
      try absorbing.guardAgainstDeletions()
      try absorbing.finish()
      return absorbing.changed
    }
    notices.send(changed ?? [])
    return changed != nil
  }

  // MARK: - The search index

  private static let mostDocuments = 250

  /// Indexes all rows, a few a transaction, and ends the bootstrap. It goes on where it was stopped.
  private func indexSnapshot(_ space: EntryID) throws {
    while try indexSome(space) {}
  }

  private func indexSome(_ space: EntryID) throws -> Bool {
    try transaction { database in
      guard var state = try SyncSpace(space, in: database), state.state == .index else {
        return false
      }
      let sources = schema.searches.sorted { $0.kind.name < $1.kind.name }
      guard let source = sources.first(where: { $0.kind.name >= state.bootAfter?.kind.name ?? "" })
      else { return try finish(&state, database) }
      let after = state.bootAfter?.kind == source.kind ? state.bootAfter?.row : nil
      var stale = StaleDocuments(sources: [source])
      var last: EntryID?
      let start = after ?? EntryID(high: 0, low: 0)
      try database.each(
        "SELECT id FROM \"\(source.kind.name)\" WHERE id > ? ORDER BY id LIMIT ?",
        [.id(start), .integer(Int64(Self.mostDocuments))]
      ) {
        guard let id = $0.id(0) else { return }
        stale.note(source.kind, id)
        last = id
      }
      if let last {
        try SearchIndex(database: database).refresh(stale, sources: [source])
        state.bootAfter = SnapshotKey(kind: source.kind, row: last)
      } else {
        let next = sources.first { $0.kind.name > source.kind.name }
        guard let next else { return try finish(&state, database) }
        state.bootAfter = SnapshotKey(kind: next.kind, row: EntryID(high: 0, low: 0))
      }
      try state.save(in: database)
      return true
    }
  }

  private func finish(_ state: inout SyncSpace, _ database: Database) throws -> Bool {
    state.state = .live
    state.bootAfter = nil
    state.bootHead = nil
    try state.save(in: database)
    return false
  }
}

extension Absorbing {
  /// Merges a snapshot's registers, row by row.
  func merge(_ registers: ArraySlice<Register>, seq: Int64) throws {
    var writes: [Incoming] = []
    var row: Register?
    func flush() throws {
      guard let row, !writes.isEmpty else { return }
      try merge(row.kind, row.row, writes)
      writes.removeAll(keepingCapacity: true)
    }
    for register in registers {
      if let row, row.row != register.row || row.kind != register.kind { try flush() }
      row = register
      writes.append(
        Incoming(
          field: register.field, author: register.authorship, value: register.value, base: nil,
          device: nil, seq: seq, source: .copy))
      observe(register.authorship.stamp)
    }
    try flush()
  }
}
