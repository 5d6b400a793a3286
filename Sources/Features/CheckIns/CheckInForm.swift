internal import Kernel
internal import Life
internal import Storage

/// A week's answers while they are filled in: four cells one after the other, and what goes with them.
struct CheckInForm: Equatable {
  /// What stands beside the scores.
  struct Extras: Equatable {
    var mood = ""
    var energy: Int?
    var note = ""
    var isPrivate = false

    init() {}
    init(_ checkIn: CheckIn) {
      mood = checkIn.mood
      energy = checkIn.energy
      note = checkIn.note
      isPrivate = checkIn.isPrivate
    }
  }

  /// The week's.
  let key: String
  /// What was typed so far, four at most.
  private(set) var cells: [Int] = []
  var extras = Extras()
  /// True once a check-in that is there is to be answered anew.
  var isChanging = false
  private(set) var stored: Scores?
  private(set) var storedExtras = Extras()
  private(set) var isStored = false
  /// What stands in the cells that are still empty: this week's as it was, or last week's.
  private(set) var hint: Scores?

  init(key: String) { self.key = key }

  /// All four, as they would be posted; nil while some are open.
  var scores: Scores? {
    guard !cells.isEmpty else { return stored }
    guard cells.count == 4 else { return nil }
    return Scores(productive: cells[0], satisfied: cells[1], body: cells[2], care: cells[3])
  }

  var isDirty: Bool { !cells.isEmpty || extras != storedExtras }

  /// Whether the next digit goes into a cell.
  var isFilling: Bool {
    cells.count < 4 && (!cells.isEmpty || isChanging || stored == nil)
  }

  /// What is to be posted; nil while answers are open.
  var draft: CheckInDraft? {
    scores.map {
      CheckInDraft(
        scores: $0, mood: extras.mood, energy: extras.energy, note: extras.note,
        isPrivate: extras.isPrivate)
    }
  }

  mutating func fill(_ answer: Int) {
    guard cells.count < 4, (1...10).contains(answer) else { return }
    cells.append(answer)
  }

  /// Takes the answer that stands dimmed in the next cell. False where there is none.
  mutating func keep() -> Bool {
    guard cells.count < 4, let hint else { return false }
    cells.append(hint.all[cells.count])
    return true
  }

  mutating func back() {
    if cells.isEmpty { isChanging = false } else { cells.removeLast() }
  }

  /// Lets go of what was typed.
  mutating func clear() {
    cells = []
    isChanging = false
    extras = storedExtras
  }

  /// What stands now, after a load; what was typed here stays.
  mutating func follow(_ checkIn: CheckIn?, last: Scores?) {
    let new = checkIn.map { Extras($0) } ?? Extras()
    if extras.mood == storedExtras.mood { extras.mood = new.mood }
    if extras.energy == storedExtras.energy { extras.energy = new.energy }
    if extras.note == storedExtras.note { extras.note = new.note }
    if extras.isPrivate == storedExtras.isPrivate { extras.isPrivate = new.isPrivate }
    storedExtras = new
    stored = checkIn?.scores
    isStored = checkIn != nil
    hint = stored ?? last
  }

  // MARK: - Drafts

  /// Keeps what was typed on disk, or forgets what is no longer there.
  func keep(in store: Store) throws {
    let target = CheckIn.ownID(key)
    guard isDirty else { return try store.discardDraft(of: target) }
    var fields = ["cells": cells.map(String.init).joined(separator: " ")]
    if extras.mood != storedExtras.mood { fields["mood"] = extras.mood }
    if extras.energy != storedExtras.energy { fields["energy"] = String(extras.energy ?? 0) }
    if extras.note != storedExtras.note { fields["note"] = extras.note }
    if extras.isPrivate != storedExtras.isPrivate { fields["private"] = String(extras.isPrivate) }
    let draft = Draft(
      target: target, kind: CheckIn.kind, fields: fields, savedAt: store.world.now())
    if try store.draft(of: target)?.fields != fields { try store.save(draft) }
  }

  /// Goes on with what the last session left.
  mutating func restore(from store: Store) throws {
    guard let fields = try store.draft(of: CheckIn.ownID(key))?.fields else { return }
    for cell in (fields["cells"] ?? "").split(separator: " ") { fill(Int(cell) ?? 0) }
    if let mood = fields["mood"] { extras.mood = mood }
    if let energy = fields["energy"].flatMap({ Int($0) }) {
      extras.energy = (1...5).contains(energy) ? energy : nil
    }
    if let note = fields["note"] { extras.note = note }
    if let isPrivate = fields["private"] { extras.isPrivate = isPrivate == "true" }
  }
}
