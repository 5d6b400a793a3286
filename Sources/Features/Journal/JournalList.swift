internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// The journal as a list: a window of rows around the cursor, however long the journal is.
struct JournalList {
  let desk: Desk
  var filter = JournalFilter()
  /// Rows that are loaded, newest first.
  private(set) var rows: [JournalRow] = []
  private(set) var selected = 0
  private(set) var top = 0
  private(set) var monthCounts: [Day: Int] = [:]
  var marked: Set<EntryID> = []
  var showsFirstMonth = false
  /// What rows say in the list, found out when they are first seen.
  private var summaries: [EntryID: SafeText] = [:]
  private var isAtStart = true
  private var isAtEnd = true
  private var height = 1
  /// Where the cursor goes at the next load.
  private var wanted: JournalKey?
  private var wantedID: EntryID?

  init(desk: Desk) { self.desk = desk }

  var current: JournalRow? { rows.indices.contains(selected) ? rows[selected] : nil }
  var isEmpty: Bool { rows.isEmpty }

  /// What an action works on: the marked rows, else the one under the cursor.
  var targets: [EntryID] {
    marked.isEmpty ? (current.map { [$0.id] } ?? []) : marked.sorted()
  }

  /// Reads the rows around the cursor for a list of `height` lines.
  mutating func load(height: Int) throws {
    self.height = max(1, height)
    let wasAtTop = top == 0 && isAtStart && wanted == nil
    try reload(around: wanted ?? current?.key, offset: selected - top)
    // Who looks at the newest entries sees what comes in above them.
    if wasAtTop, isAtStart { top = 0 }
    wanted = nil
    if let id = wantedID, let index = rows.firstIndex(where: { $0.id == id }) { selected = index }
    wantedID = nil
    keepVisible()
    try countMonths()
  }

  /// Rereads two pages to each side of `key`; the cursor stands on it, or on the next older row.
  private mutating func reload(around key: JournalKey?, offset: Int) throws {
    let (filter, page) = (filter, height * 2 + 1)
    let (before, after): ([JournalRow], [JournalRow]) = try desk.store.read { db in
      guard let key else {
        return ([], try JournalQueries.rows(db, filter, limit: page))
      }
      return (
        try JournalQueries.rows(db, filter, before: key, limit: page),
        try JournalQueries.rows(db, filter, from: key, limit: page)
      )
    }
    rows = before + after
    summaries = [:]
    isAtStart = before.count < page
    isAtEnd = after.count < page
    selected = min(before.count, max(0, rows.count - 1))
    top = max(0, selected - max(0, offset))
  }

  mutating func move(by count: Int) throws {
    guard !rows.isEmpty else { return }
    let target = selected + count
    if target + height >= rows.count, !isAtEnd, let last = rows.last {
      let (filter, page) = (filter, max(count, 0) + height * 3)
      let more = try desk.store.read {
        try JournalQueries.rows($0, filter, after: last.key, limit: page)
      }
      isAtEnd = more.count < page
      rows += more
    }
    if target - height < 0, !isAtStart, let first = rows.first {
      let (filter, page) = (filter, max(-count, 0) + height * 3)
      let more = try desk.store.read {
        try JournalQueries.rows($0, filter, before: first.key, limit: page)
      }
      isAtStart = more.count < page
      rows = more + rows
      selected += more.count
      top += more.count
    }
    selected = min(max(0, selected + count), rows.count - 1)
    keepVisible()
    try countMonths()
    trim()
  }

  /// The newest or the oldest entry.
  mutating func moveToEnd(_ newest: Bool) throws {
    if newest {
      try reload(around: nil, offset: 0)
    } else {
      let (filter, page) = (filter, height * 2 + 1)
      rows = try desk.store.read { try JournalQueries.oldest($0, filter, limit: page) }
      isAtEnd = true
      isAtStart = rows.count < page
      selected = max(0, rows.count - 1)
      top = selected
    }
    keepVisible()
    try countMonths()
  }

  /// The last entry of `day`, or the nearest older one.
  mutating func move(to day: Day) throws {
    try reload(around: JournalKey(endOf: day), offset: 0)
    if current == nil { selected = max(0, rows.count - 1) }
    keepVisible()
    try countMonths()
  }

  /// The first row of the next older (newer) day.
  mutating func moveDay(older: Bool) throws {
    guard let current else { return }
    let step = older ? 1 : -1
    var index = selected
    while rows.indices.contains(index + step), rows[index].day == current.day { index += step }
    if !older {  // the first row of that day
      while index > 0, rows[index - 1].day == rows[index].day { index -= 1 }
    }
    try move(by: index - selected)
  }

  /// Where the cursor shall stand after the next load: a row that was just written.
  mutating func want(_ id: EntryID, key: JournalKey) {
    wanted = key
    wantedID = id
  }

  mutating func want(_ key: JournalKey) { wanted = key }

  mutating func select(_ index: Int) throws {
    guard rows.indices.contains(index) else { return }
    try move(by: index - selected)
  }

  /// A screenful, less a line that stays in sight.
  var page: Int { max(1, height - 2) }

  /// Marks every entry of the month under the cursor, or lets go of them where all are marked.
  mutating func markMonth() throws {
    guard let month = current?.day.firstOfMonth else { return }
    var only = filter
    only.from = max(only.from ?? month, month)
    only.to = min(only.to ?? month.lastOfMonth, month.lastOfMonth)
    let ids = Set(try desk.store.read { try JournalQueries.ids($0, only) })
    marked = ids.isSubset(of: marked) ? marked.subtracting(ids) : marked.union(ids)
  }

  mutating func toggleMark() throws {
    guard let id = current?.id else { return }
    if marked.remove(id) == nil { marked.insert(id) }
    try move(by: 1)
  }

  // MARK: lines

  enum Line: Equatable {
    case month(Day)
    case row(Int)
    case blank
  }

  /// What stands on each line: rows, with a heading where a month begins. The first line has one only
  /// where no headline tells the month.
  func lines(height: Int) -> [Line] {
    var lines: [Line] = []
    for index in rows.indices.dropFirst(top) {
      let month = rows[index].day.firstOfMonth
      if index == top {
        if showsFirstMonth { lines.append(.month(month)) }
      } else if rows[index - 1].day.firstOfMonth != month {
        lines += [.blank, .month(month)]
      }
      lines.append(.row(index))
      if lines.count >= height { break }
    }
    return Array(lines.prefix(max(0, height)))
  }

  /// The line of a row.
  func summary(of row: JournalRow) -> SafeText { summaries[row.id] ?? SafeText(row.summary) }

  private mutating func summarize() {
    for case .row(let index) in lines(height: height) where summaries[rows[index].id] == nil {
      summaries[rows[index].id] = SafeText(rows[index].summary)
    }
  }

  private mutating func keepVisible() {
    // A cursor that leaves the page takes most of a page along: one repaint then, none for a while,
    // where scrolling line by line would paint all of the list at every key.
    if selected < top { top = max(0, selected - height * 2 / 3) }
    if !lines(height: height).contains(.row(selected)) {
      let last = isAtEnd ? max(0, rows.count - height) : rows.count
      top = max(top, min(selected - height / 3, last))
    }
    while top < selected, !lines(height: height).contains(.row(selected)) { top += 1 }
    summarize()
  }

  private mutating func countMonths() throws {
    let months = Set(
      lines(height: height).compactMap { line in
        if case .month(let day) = line { day } else { nil }
      } + [current?.day.firstOfMonth].compactMap { $0 })
    let missing = months.filter { monthCounts[$0] == nil }
    guard !missing.isEmpty else { return }
    let filter = filter
    try desk.store.read { db in
      for month in missing {
        monthCounts[month] = try JournalQueries.count(
          db, filter, from: month, to: month.lastOfMonth)
      }
    }
  }

  /// Counts are read again after a change.
  mutating func forgetCounts() { monthCounts = [:] }

  /// A long walk does not keep every row that it passed.
  private mutating func trim() {
    let most = 2000
    guard rows.count > most else { return }
    let from = max(0, selected - most / 4)
    let to = min(rows.count, selected + most / 4)
    isAtStart = isAtStart && from == 0
    isAtEnd = isAtEnd && to == rows.count
    rows = Array(rows[from..<to])
    selected -= from
    top = max(0, top - from)
  }
}
