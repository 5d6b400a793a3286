internal import Kernel
internal import TestKit
internal import Testing

@testable internal import Storage

@Suite struct OutboxTests {
  @Test func `operations come back in order, with fields of every shape`() throws {
    let store = try Store.ofPages()
    let text = "\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}\u{2028}é👍"
    var page = Page(id: store.world.newID(), title: text)
    page.mood = -9_007_199_254_740_991
    page.star = false
    try store.write("New") { edit in _ = try edit.save(page) }
    try store.edit(page.id) {
      $0.title = nil
      $0.star = true
    }
    try store.write("Delete") { edit in _ = try edit.delete(Page.kind, id: page.id) }
    let operations = try store.outbox(limit: 10)
    #expect(
      operations.map(\.fields) == [
        [
          "title": .text(text), "mood": .number(-9_007_199_254_740_991), "star": .flag(false),
          "day": .text(page.day.description),
        ],
        ["title": .null, "star": .flag(true)],
        ["_del": .flag(true)],
      ])
    #expect(operations.allSatisfy { $0.kind == Page.kind && $0.row == page.id })
    #expect(operations.map(\.stamp) == operations.map(\.stamp).sorted())
    #expect(Set(operations.map(\.group)).count == 3)
    #expect(try store.outbox(limit: 2).count == 2)
    #expect(try store.waitingOperations() == 3)
  }

  @Test func `equal fields have one JSON`() {
    let fields: [(String, Value)] = [
      ("b", .number(-5)), ("a", .text("\u{1}\"\\\n/é")), ("é", .null), ("Z", .flag(true)),
    ]
    let text = #"{"Z":true,"a":"\u0001\"\\\n/é","b":-5,"é":null}"#
    #expect(CanonicalJSON.object(fields) == text)
    #expect(CanonicalJSON.object(fields.reversed()) == text)
    #expect(CanonicalJSON.object([]) == "{}")
  }
}
