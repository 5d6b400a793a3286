internal import Kernel
internal import TestKit
internal import SQL
internal import Testing

@testable internal import Storage

@Suite struct UndoTests {
  let store: Store
  init() throws { store = try .ofPages() }

  @Test func `undo takes back the last write and names it, redo does it again`() throws {
    let id = try store.add("Friday")
    try store.edit(id) { $0.title = "Saturday" }
    #expect(try store.undoLabels() == ("Edit", nil))
    #expect(try store.undo() == Undone(label: "Edit", leftAlone: []))
    #expect(try store.page(id)?.title == "Friday")
    #expect(try store.undoLabels() == ("New Friday", "Edit"))
    #expect(try store.undo()?.label == "New Friday")
    #expect(try store.page(id) == nil)
    #expect(try store.undo() == nil)
    #expect(try store.redo()?.label == "New Friday")
    #expect(try store.redo()?.label == "Edit")
    #expect(try store.redo() == nil)
    #expect(try store.page(id)?.title == "Saturday")
  }

  @Test func `a write after an undo ends what could be redone`() throws {
    let id = try store.add("Friday")
    try store.edit(id) { $0.title = "Saturday" }
    _ = try store.undo()
    try store.edit(id) { $0.mood = 3 }
    #expect(try store.redo() == nil)
    #expect(try store.undoLabels() == ("Edit", nil))
    _ = try store.undo()
    #expect(try store.undoLabels() == ("New Friday", "Edit"))
    #expect(try store.redo()?.label == "Edit")
    #expect(try store.redo() == nil)
    #expect(try store.page(id)?.mood == 3)
  }

  @Test func `undo lasts across a restart`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("life.sqlite")
    var store = try Store.ofPages(path)
    let id = try store.add("Friday")
    try store.edit(id) { $0.title = "Saturday" }
    try store.close()
    store = try Store.ofPages(path, seed: 2)
    #expect(try store.undo()?.label == "Edit")
    try store.close()
    store = try Store.ofPages(path, seed: 3)
    #expect(try store.page(id)?.title == "Friday")
    #expect(try store.redo()?.label == "Edit")
    #expect(try store.page(id)?.title == "Saturday")
  }

  @Test func `a field that was written since is left alone and named`() throws {
    let id = try store.add("Friday", body: "rain")
    try store.edit(id) {
      $0.title = "Saturday"
      $0.body = "sun"
    }
    // Another device's write of one of the fields: there is no group of ours behind it.
    try store.transaction { database in
      store.token.open()
      defer { store.token.close() }
      try database.run("UPDATE page SET title = 'Sunday'")
      try database.run(
        "UPDATE sync_clock SET t = t + 9999, op = x'\(store.world.newID())' WHERE field = 'title'")
    }
    #expect(try store.undo() == Undone(label: "Edit", leftAlone: ["page.title"]))
    #expect(try store.page(id)?.title == "Sunday")
    #expect(try store.page(id)?.body == "rain")
    #expect(try store.undo() == Undone(label: "New Friday", leftAlone: ["page.title"]))
    #expect(try store.page(id)?.title == "Sunday")
  }

  @Test func `undoing a save that revived a row makes it dead again`() throws {
    let id = try store.add("Friday")
    try store.write("Delete") { edit in _ = try edit.delete(Page.kind, id: id) }
    try store.write("Save") { edit in _ = try edit.save(Page(id: id, title: "Saturday")) }
    _ = try store.undo()
    #expect(try store.page(id) == nil)
    #expect(try store.trash(limit: 5).map { $0.fields["title"] } == [.text("Friday")])
    #expect(
      try store.texts("SELECT f FROM sync_outbox ORDER BY n DESC LIMIT 1") == [#"{"_del":true}"#])
    _ = try store.undo()
    #expect(try store.page(id)?.title == "Friday")
    _ = try store.redo()
    _ = try store.redo()
    #expect(try store.page(id)?.title == "Saturday")
  }

  @Test func `a row that was made, changed and deleted in one write comes and goes as a whole`()
    throws
  {
    let (kept, gone) = (store.world.newID(), store.world.newID())
    try store.write("All") { edit in
      for id in [kept, gone] {
        try edit.save(Page(id: id, title: "one"))
        try edit.save(Page(id: id, title: "two"))
      }
      try edit.delete(Page.kind, id: gone)
    }
    #expect(try store.undo() == Undone(label: "All", leftAlone: []))
    #expect(try store.pages().isEmpty)
    #expect(try store.redo() == Undone(label: "All", leftAlone: []))
    #expect(try store.pages().map(\.id) == [kept])
    #expect(try store.page(kept)?.title == "two")
  }

  @Test func `many operations are groups of at most 200 and one undo`() throws {
    try store.add("before")
    try store.write("Import") { edit in
      for index in 0..<450 { try edit.save(Page(id: store.world.newID(), title: "\(index)")) }
    }
    #expect(try store.count("SELECT count(*) FROM undo_group") == 4)
    #expect(
      try store.count("SELECT max(n) FROM (SELECT count(*) AS n FROM sync_outbox GROUP BY x)")
        == 200)
    #expect(try store.undo()?.label == "Import")
    #expect(try store.pages().count == 1)
    #expect(try store.redo()?.label == "Import")
    #expect(try store.pages().count == 451)
    #expect(try store.undo()?.label == "Import")
    #expect(try store.undo()?.label == "New before")
    #expect(try store.undo() == nil)
  }

  @Test func `the writes of a batch are undone together`() throws {
    let batch = store.world.newID()
    for part in 0..<3 {
      try store.write("Import 30 pages", batch: batch) { edit in
        for index in 0..<10 {
          try edit.save(Page(id: store.world.newID(), title: "\(part).\(index)"))
        }
      }
    }
    #expect(try store.undo() == Undone(label: "Import 30 pages", leftAlone: []))
    #expect(try store.pages().isEmpty)
    #expect(try store.undoLabels() == (nil, "Import 30 pages"))
    _ = try store.redo()
    #expect(try store.pages().count == 30)
  }

  /// A random life of writes, undos and redos beside two plain stacks of whole states.
  @Test(arguments: 1...25 as ClosedRange<UInt64>)
  func `any sequence of writes, undos and redos agrees with two stacks`(seed: UInt64) throws {
    let store = try Store.ofPages(seed: seed)
    let random = World.still(seed: seed &* 7919).random
    func pick(_ count: Int) -> Int { Int(random() % UInt64(count)) }
    let ids = (0..<4).map { _ in store.world.newID() }
    var state: [EntryID: [Value]] = [:]
    var past: [[EntryID: [Value]]] = []
    var future: [[EntryID: [Value]]] = []

    func now() throws -> [EntryID: [Value]] {
      Dictionary(uniqueKeysWithValues: try store.pages().map { ($0.id, $0.values) })
    }

    for _ in 0..<60 {
      switch pick(10) {
      case 0..<5:
        let before = state
        try store.write("Write") { edit in
          for _ in 0...pick(3) {
            let id = ids[pick(ids.count)]
            switch pick(5) {
            case 0: try edit.delete(Page.kind, id: id)
            case 1: try edit.revive(Page.kind, id: id)
            default:
              var page = try edit.find(Page.self, id: id) ?? Page(id: id)
              switch pick(3) {
              case 0: page.title = pick(3) == 0 ? nil : "\(pick(5))"
              case 1: page.mood = Int64(pick(5))
              default: page.star = pick(2) == 0
              }
              try edit.save(page)
            }
          }
        }
        state = try now()
        // A write that changes nothing is no step; one that changes and changes back is.
        if try store.undoDepth() > past.count {
          past.append(before)
          future = []
        }
      case 5..<8:
        let undone = try store.undo()
        #expect((undone == nil) == past.isEmpty)
        #expect(undone?.leftAlone ?? [] == [])
        if let last = past.popLast() {
          future.append(state)
          state = last
        }
      default:
        let redone = try store.redo()
        #expect((redone == nil) == future.isEmpty)
        if let next = future.popLast() {
          past.append(state)
          state = next
        }
      }
      let found = try now()
      #expect(found == state)
      guard found == state else { return }
    }
  }
}

extension Store {
  /// The writes and redos that have not been taken back.
  func undoDepth() throws -> Int {
    try count("SELECT count(*) FROM undo_group WHERE turn IN (0, 2) AND taken = 0")
  }
}
