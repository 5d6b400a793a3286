internal import Kernel
internal import Life
package import Storage

/// One's own check-ins as JSON Lines: a head line, then a check-in, a week left out or a choice of a
/// group on each. Field names are those of the database; what is empty is left out. `CheckInImport`
/// turns it back into the same.
package enum CheckInExport {
  /// Writes to `path`; what stands there is only overwritten with `replacing`. How many check-ins were
  /// written. Throws `ExportError`.
  @discardableResult
  package static func run(
    of store: Store, to path: String, replacing: Bool = false
  ) throws -> Int {
    let file = try ExportFile(path: path, replacing: replacing)
    let count = try write(of: store) { try file.write($0) }
    try file.finish()
    return count
  }

  /// Hands the lines over one by one.
  @discardableResult
  package static func write(of store: Store, _ body: (String) throws -> Void) throws -> Int {
    try body("{\"lifeos\":\"checkins\",\"version\":1}\n")
    return try store.read { db in
      let own = try CheckInQueries.own(db)
      for checkIn in own.reversed() { try body(JSONLinesExport.line(checkIn)) }
      for skip in try NoticeQueries.skips(db) { try body(JSONLinesExport.line(skip)) }
      for choice in try NoticeQueries.choices(db) { try body(JSONLinesExport.line(choice)) }
      return own.count
    }
  }
}

/// The lines that `CheckInExport` writes, read back.
struct CheckInLines {
  private(set) var checkIns: [CheckIn] = []
  private(set) var skips: [StreakSkip] = []
  private(set) var choices: [GroupChoice] = []
  private(set) var issues: [ImportIssue] = []
  private let today: Day

  init(path: String, today: Day) throws {
    self.today = today
    var lines = try ImportLines(path: path)
    defer { lines.close() }
    var weeks: Set<String> = []
    while let line = try lines.next() {
      guard !line.isBlank else { continue }
      do {
        let node = try JSONReader.value(Array(line.utf8))
        if node["lifeos"] != nil { continue }  // the head line
        if let reason = take(node, &weeks) {
          issues.append(ImportIssue(line: lines.number, reason: reason))
        }
      } catch {
        issues.append(
          ImportIssue(
            line: lines.number, reason: "The line is no JSON object: \(error.reason)."))
      }
    }
  }

  /// What is wrong with a line; nil where it was taken in.
  private mutating func take(_ node: JSONNode, _ weeks: inout Set<String>) -> String? {
    func values(_ type: any Entry.Type) -> Result<[Value], JSONLinesImport.Misfit> {
      JSONLinesImport.values(node, type.fields)
    }
    switch node["kind"]?.text {
    case CheckIn.kind.name:
      switch values(CheckIn.self) {
      case .failure(let misfit): return misfit.reason
      case .success(let values):
        let key = node["key"]?.text ?? ""
        let checkIn = CheckIn(id: CheckIn.ownID(key), values: values)
        if let reason = misfit(checkIn) { return reason }
        guard weeks.insert(key).inserted else { return "\(key) stands in the file twice." }
        checkIns.append(checkIn)
      }
    case StreakSkip.kind.name:
      guard case .success(let values) = values(StreakSkip.self),
        let day = node["day"]?.text.flatMap({ Day($0) }),
        node["streak"]?.text == CheckInWriting.streak
      else { return "This is no week left out of the streak of check-ins." }
      let id = Digest.derivedID(StreakSkip.kind, [CheckInWriting.streak, day.description])
      skips.append(StreakSkip(id: id, values: values))
    case GroupChoice.kind.name:
      guard case .success(let values) = values(GroupChoice.self),
        let space = node["space"]?.text.flatMap({ EntryID($0) })
      else { return "This is no choice of a group." }
      choices.append(GroupChoice(id: GroupChoice(space: space).id, values: values))
    case nil: return "The line has no kind."
    case .some(let kind): return "“\(kind)” is no kind of check-ins."
    }
    return nil
  }

  private func misfit(_ checkIn: CheckIn) -> String? {
    guard let week = Week(checkIn.key) else { return "“\(checkIn.key)” is no week." }
    if week.monday > today { return "\(checkIn.key) has not begun." }
    if checkIn.member != nil { return "Somebody else's check-in is not taken in." }
    let answers = [checkIn.productive, checkIn.satisfied, checkIn.body, checkIn.care]
    if answers.contains(where: { $0.map { !(1...10).contains($0) } ?? false }) {
      return "An answer is 1 to 10."
    }
    if let energy = checkIn.energy, !(1...5).contains(energy) { return "Energy is 1 to 5." }
    if checkIn.mood.count > CheckInDraft.mostMood { return "The mood is too long." }
    if checkIn.note.count > DaylioWeeks.mostNote { return "The note is too long." }
    return nil
  }
}
