internal import GRDB
internal import Kernel
internal import TestKit

@testable internal import Storage

/// A small diary page: a kind of the storage tests alone.
struct Page: Entry {
  static let kind: Kind = "page"
  static let fields = [
    Field("day", .text), Field("title", .text), Field("body", .text, isLong: true),
    Field("mood", .number), Field("star", .flag),
  ]

  let id: EntryID
  var day = Day(number: 20_000)
  var title: String?
  var body: String?
  var mood: Int64?
  var star: Bool?

  init(id: EntryID, title: String? = nil, body: String? = nil, day: Day = Day(number: 20_000)) {
    self.id = id
    self.title = title
    self.body = body
    self.day = day
  }

  init(id: EntryID, values: [Value]) {
    self.id = id
    day = values[0].text.flatMap { Day($0) } ?? Day(number: 0)
    title = values[1].text
    body = values[2].text
    mood = values[3].number
    star = values[4].flag
  }

  var values: [Value] {
    [
      .text(day.description), title.map { .text($0) } ?? .null, body.map { .text($0) } ?? .null,
      mood.map { .number($0) } ?? .null, star.map { .flag($0) } ?? .null,
    ]
  }
}

/// A word on a page: a child that names its target.
struct Label: Entry {
  static let kind: Kind = "label"
  static let fields = [Field("target", .text), Field("name", .text)]

  let id: EntryID
  var target: EntryID
  var name: String

  init(id: EntryID, target: EntryID, name: String) {
    self.id = id
    self.target = target
    self.name = name
  }

  init(id: EntryID, values: [Value]) {
    self.id = id
    target = values[0].text.flatMap { EntryID($0) } ?? id
    name = values[1].text ?? ""
  }

  var values: [Value] { [.text(target.description), .text(name)] }
}

extension Schema {
  static let pages = Schema(
    entries: [Page.self, Label.self],
    migrations: [
      .table("page.1", for: Page.self),
      .table(
        "label.1", for: Label.self, indexes: "CREATE INDEX label_target ON label (target);"),
    ],
    searches: [.pages])
}

extension SearchSource {
  static let pages = SearchSource(kind: Page.kind, children: [Label.kind]) { database, id in
    let select = try database.cachedStatement(
      sql: "SELECT \(Page.columns()) FROM page_live WHERE id = ?")
    guard let page = try Row.fetchOne(select, arguments: [id]).map({ Page(row: $0) }) else {
      return nil
    }
    let names = try database.cachedStatement(
      sql: "SELECT name FROM label_live WHERE target = ? ORDER BY name")
    return SearchDocument(
      day: page.day, title: page.title ?? "", body: page.body ?? "",
      tags: try String.fetchAll(names, arguments: [id.description]),
      facets: page.star == true ? ["starred"] : [])
  }
}

extension Store {
  /// A store of pages: in memory, or in a file.
  static func ofPages(_ path: String? = nil, seed: UInt64 = 1) throws -> Store {
    try Store(path: path, schema: .pages, world: .still(seed: seed))
  }

  func page(_ id: EntryID) throws -> Page? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT \(Page.columns()) FROM page_live WHERE id = ?", arguments: [id]
      ).map { Page(row: $0) }
    }
  }

  func pages() throws -> [Page] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT \(Page.columns()) FROM page_live ORDER BY id")
        .map { Page(row: $0) }
    }
  }

  @discardableResult
  func add(_ title: String, body: String? = nil, day: Day = Day(number: 20_000)) throws -> EntryID {
    let id = world.newID()
    try write("New \(title)") { edit in
      try edit.save(Page(id: id, title: title, body: body, day: day))
    }
    return id
  }

  /// Changes one page.
  func edit(_ id: EntryID, _ change: (inout Page) -> Void) throws {
    try write("Edit") { edit in
      guard var page = try edit.find(Page.self, id: id) else { return }
      change(&page)
      try edit.save(page)
    }
  }

  func count(_ sql: String) throws -> Int {
    try read { try Int.fetchOne($0, sql: sql) ?? 0 }
  }

  func texts(_ sql: String) throws -> [String] {
    try read { try String.fetchAll($0, sql: sql) }
  }
}
