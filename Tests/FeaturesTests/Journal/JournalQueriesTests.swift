internal import GRDB
internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

struct JournalQueriesTests {
  /// Forty notes over twenty days, each fourth starred, each fifth tagged.
  private func filled() throws -> Store {
    let store = try journalStore()
    for index in 0..<40 {
      try store.jot(
        "note \(index)", on: "2026-11-\(index / 2 + 1 < 10 ? "0" : "")\(index / 2 + 1)",
        tags: index % 5 == 0 ? ["fifth"] : [], isStarred: index % 4 == 0)
    }
    return store
  }

  @Test func `pages meet without gap or overlap, forwards and backwards`() throws {
    let store = try filled()
    let filters = [
      JournalFilter(), JournalFilter(type: .note), JournalFilter(isStarred: true),
      JournalFilter(tags: ["fifth"]), JournalFilter(from: day("2026-11-05"), to: day("2026-11-15")),
      JournalFilter(type: .note, tags: ["fifth"], isStarred: true),
    ]
    for filter in filters {
      let whole = try store.rows(filter)
      #expect(whole.map(\.key) == whole.map(\.key).sorted(by: >))
      var paged: [JournalRow] = try store.rows(filter, limit: 7)
      while let last = paged.last {
        let more = try store.read {
          try JournalQueries.rows($0, filter, after: last.key, limit: 7)
        }
        if more.isEmpty { break }
        paged += more
      }
      #expect(paged == whole)
      var back = try store.read { try JournalQueries.oldest($0, filter, limit: 7) }
      while let first = back.first {
        let more = try store.read {
          try JournalQueries.rows($0, filter, before: first.key, limit: 7)
        }
        if more.isEmpty { break }
        back = more + back
      }
      #expect(back == whole)
      #expect(try store.read { try JournalQueries.count($0, filter) } == whole.count)
      #expect(try store.read { try JournalQueries.ids($0, filter) } == whole.map(\.id))
      for (index, row) in whole.enumerated() {
        #expect(
          try store.read { try JournalQueries.position($0, filter, of: row.key) } == index)
      }
    }
  }

  @Test func `filters show what they say`() throws {
    let store = try filled()
    #expect(try store.rows(JournalFilter(isStarred: true)).count == 10)
    #expect(try store.rows(JournalFilter(tags: ["fifth"])).count == 8)
    #expect(try store.rows(JournalFilter(tags: ["fifth"], isStarred: true)).count == 2)
    #expect(try store.rows(JournalFilter(tags: ["none"])).isEmpty)
    #expect(try store.rows(JournalFilter(from: day("2026-11-20"))).count == 2)
    #expect(try store.rows(JournalFilter(type: .review)).isEmpty)
    let some = try store.rows(limit: 5).map(\.id)
    #expect(try store.rows(JournalFilter(ids: some)).map(\.id) == some)
    #expect(try store.rows(JournalFilter(ids: [])).isEmpty)
  }

  @Test func `a tag that is on nearly everything filters as one that is rare`() throws {
    let store = try journalStore()
    _ = try store.write("fill") { edit in
      for index in 0..<1100 {
        var entry = JournalEntry(
          id: store.world.newID(), type: .note, day: day("2026-01-01") + index % 300,
          at: store.world.now(), zone: "UTC")
        entry.sections["body"] = index % 11 == 0 ? "rare" : "common"
        try JournalWriting.put(entry, explicit: index % 11 == 0 ? [] : ["common"], edit, store)
        try JournalWriting.addTag("all", to: entry.id, edit, store)
      }
    }
    #expect(try store.rows(JournalFilter(tags: ["all"]), limit: 2000).count == 1100)
    #expect(try store.rows(JournalFilter(tags: ["common"]), limit: 2000).count == 1000)
    #expect(try store.rows(JournalFilter(tags: ["all", "common"]), limit: 2000).count == 1000)
    #expect(try store.read { try JournalQueries.count($0, JournalFilter(tags: ["all"])) } == 1100)
  }

  @Test func `every list walks down an index and sorts nothing`() throws {
    let store = try filled()
    let key = JournalKey(endOf: day("2026-11-10"))
    let filters = [
      JournalFilter(), JournalFilter(type: .note), JournalFilter(isStarred: true),
      JournalFilter(from: day("2026-11-05"), to: day("2026-11-15")),
      JournalFilter(type: .note, from: day("2026-11-05")),
    ]
    for filter in filters {
      for isBackward in [false, true] {
        let plan = try store.read { db in
          var question = try JournalQuestion(db, filter)
          question.add(
            "(day, at, id) \(isBackward ? ">" : "<") (?, ?, ?)", [key.day, key.at, key.id])
          let sql = JournalQueries.pageSQL(question, isBackward: isBackward)
          return try Row.fetchAll(
            db, sql: "EXPLAIN QUERY PLAN " + sql,
            arguments: StatementArguments(question.arguments + [20])
          ).map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("USING INDEX journal_") }, "\(plan)")
        #expect(
          !plan.contains {
            $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN") && !$0.contains("USING INDEX")
          })
      }
    }
  }

  @Test func `a row carries enough for its line and no more`() throws {
    let store = try journalStore()
    let long = String(repeating: "long text ", count: 100_000)
    try store.jot("# Heading\n" + long, isStarred: true)
    try JournalWriting.add(
      JournalWriting.Addition(
        type: .reflection, day: day("2026-11-19"), sections: ["grateful_for": "tea"], mood: 4),
      in: store)
    let rows = try store.rows()
    #expect(rows[0].summary == "Heading")
    #expect(rows[0].opening.count <= 300)
    #expect(rows[0].isStarred)
    #expect(rows[1].summary == "tea")
    #expect(rows[1].type == .reflection)
    #expect(rows[1].mood == 4)
  }

  @Test func `a key and a filter survive their text`() throws {
    let key = try #require(try filled().rows().first).key
    #expect(JournalKey(text: key.text) == key)
    #expect(JournalKey(text: "x") == nil)
    let filter = JournalFilter(
      type: .note, tags: ["a", "b"], isStarred: true, from: day("2026-01-01"),
      to: day("2026-02-01"), onThisDay: day("2026-01-15"))
    #expect(JournalFilter(bookmark: filter.bookmark) == filter)
    var worded = filter
    worded.onThisDay = nil
    #expect(JournalFilter(worded.words, today: day("2026-11-20")) == worded)
  }

  @Test func `on this day finds other years, and the 29th of February on the 28th`() throws {
    let store = try journalStore()
    for text in ["2024-02-29", "2023-02-28", "2025-02-28", "2024-02-28", "2025-03-01"] {
      try store.jot("x", on: text)
    }
    func days(_ text: String) throws -> [String] {
      try store.read { try JournalQueries.onThisDay($0, day(text)) }.map { $0.day.description }
    }
    #expect(try days("2025-02-28") == ["2024-02-29", "2024-02-28", "2023-02-28"])
    #expect(try days("2024-02-28") == ["2025-02-28", "2023-02-28"])
    #expect(try days("2028-02-29") == ["2024-02-29"])
    #expect(try days("2026-07-07") == [])
  }

  @Test func `years, months and days are counted`() throws {
    let store = try filled()
    try store.jot("old", on: "2024-05-01")
    #expect(try store.read { try JournalQueries.years($0) } == 2024...2026)
    let counts = try store.read { try JournalQueries.yearCounts($0, year: 2026) }
    #expect(counts.count == 20 && counts[day("2026-11-03")] == 2)
    let lengths = try store.read { try JournalQueries.yearLengths($0, year: 2024) }
    #expect(lengths == [day("2024-05-01"): 3])
    let months = try store.read { try JournalQueries.monthCounts($0) }
    #expect(months.map(\.month) == [day("2026-11-01"), day("2024-05-01")])
    #expect(months.map(\.count) == [40, 1])
    let tags = try store.read { try JournalQueries.allTags($0) }
    #expect(tags.map(\.name) == ["fifth"] && tags.map(\.count) == [8])
  }

  @Test func `neighbours are the next newer and the next older entry`() throws {
    let store = try filled()
    let rows = try store.rows()
    let around = try store.read { try JournalQueries.neighbours($0, of: rows[3].key) }
    #expect(around.newer == rows[2] && around.older == rows[4])
    let first = try store.read { try JournalQueries.neighbours($0, of: rows[0].key) }
    #expect(first.newer == nil)
  }

  @Test func `a week's entries come whole and in order`() throws {
    let store = try filled()
    let week = Week(of: day("2026-11-11"))
    let entries = try store.read { try JournalQueries.entries($0, of: week) }
    #expect(entries.count == 14)
    #expect(entries.allSatisfy { Week(of: $0.day) == week })
    #expect(entries.map(\.day) == entries.map(\.day).sorted())
  }

  @Test func `revisions count the writes`() throws {
    let store = try journalStore()
    let id = try store.jot("one")
    #expect(try store.read { try JournalQueries.revisions($0, of: id) } == 1)
    var entry = try #require(try store.entry(id))
    for text in ["two", "three"] {
      entry.sections["body"] = text
      try JournalWriting.save(entry, in: store)
    }
    #expect(try store.read { try JournalQueries.revisions($0, of: id) } == 3)
  }

  @Test func `search finds entries by word, tag, type and star`() throws {
    let store = try journalStore()
    let fog = try store.jot("Fog over the harbour", tags: ["sea"], isStarred: true)
    let tea = try store.jot("Tea @home", on: "2026-11-18")
    func find(_ text: String) throws -> [EntryID] {
      try store.search(SearchQuery(JournalSearch(text, today: day("2026-11-21")))).map(\.id)
    }
    #expect(try find("harb") == [fog])
    #expect(try find("tag:sea") == [fog])
    #expect(try find("#home") == [tea])
    #expect(try find("type:note") == [fog, tea])
    #expect(try find("starred") == [fog])
    #expect(try find("to:2026-11-19") == [tea])
    #expect(try find("\"over the\"") == [fog])
    try JournalWriting.tag([tea], adding: ["sea"], in: store)
    #expect(try find("tag:sea") == [fog, tea])
  }

  @Test func `a streak counts days of writing and shows those written later`() throws {
    // the world stands on 2026-11-20, noon UTC
    let store = try journalStore(at: Moment(seconds: 1_795_176_000))
    let today = store.world.today
    for back in 0..<3 {
      let moment = store.world.now() + -Int64(back) * 86_400_000
      _ = try store.write("x") { edit in
        try edit.save(
          JournalEntry(
            id: EntryID(high: 0, low: UInt64(back)), type: .note, day: today - back, at: moment,
            zone: "UTC", title: "x"))
      }
    }
    try store.jot("later", on: (today - 4).description)
    let facts = try store.read {
      try JournalQueries.streakFacts($0, type: nil, world: store.world)
    }
    let streak = Streak(facts: facts, rules: StreakRules(today: today, allowance: 1))
    #expect(streak.current == 4)
    #expect(streak.days.first?.state == .backfilled(on: today))
    try JournalWriting.skip(today - 3, reason: "ill", in: store)
    let skips = try store.read { try JournalQueries.skips($0) }
    #expect(skips == [today - 3: "ill"])
    let kept = Streak(facts: facts, rules: StreakRules(today: today, allowance: 0, skips: skips))
    #expect(kept.current == 4)
    #expect(try JournalWriting.unskip(today - 3, in: store))
    #expect(try store.read { try JournalQueries.skips($0) }.isEmpty)
    let morning = try store.read {
      try JournalQueries.streakFacts($0, type: .morning, world: store.world)
    }
    #expect(morning.isEmpty)
  }
}
