internal import Kernel
internal import Life
internal import Storage

/// Reads what people type about entries: types, dates, tags, moods, ids.
enum JournalArguments {
  static func type(_ text: String) throws(Failure) -> JournalType {
    guard let type = JournalType(name: text) else {
      let names = JournalType.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.wrongUsage, "“\(text)” is no type; the types are \(names)")
    }
    return type
  }

  static func date(_ text: String, _ world: World) throws(Failure) -> NaturalDate {
    do {
      return try NaturalDate(text, today: world.today)
    } catch {
      throw Failure(.wrongUsage, error.description)
    }
  }

  static func range(
    from: String?, to: String?, _ world: World
  ) throws(Failure) -> (from: Day?, to: Day?) {
    func part(_ text: String) throws(Failure) -> DayRange {
      if let range = DayRange(text, today: world.today) { return range }
      let day = try date(text, world).day
      return DayRange(from: day, to: day)
    }
    var first: Day?
    var last: Day?
    if let from { first = try part(from).from }
    if let to { last = try part(to).to }
    return (first, last)
  }

  static func tag(_ text: String) throws(Failure) -> String {
    guard let name = TagText.name(text) else {
      throw Failure(.wrongUsage, "“\(text)” is no tag; a tag has letters, digits, - or _")
    }
    return name
  }

  /// The field name of a section, from its name or heading.
  static func section(_ text: String, of type: JournalType) throws(Failure) -> String {
    let wanted = text.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    for (name, title) in type.sections {
      if name == wanted || title.lowercased().replacing(" ", with: "_") == wanted { return name }
    }
    let names = type.sections.map(\.name).joined(separator: ", ")
    throw Failure(.wrongUsage, "“\(text)” is no section of \(type.rawValue); it has \(names)")
  }

  static func mood(_ text: String) throws(Failure) -> Int {
    guard let mood = Mood(text) else {
      throw Failure(.wrongUsage, "“\(text)” is no mood; it is 1 (terrible) to 5 (excellent)")
    }
    return mood.rawValue
  }

  /// The entry that an id or `last` names.
  static func entry(_ text: String, _ console: Console) throws -> (
    entry: JournalEntry, tags: [String]
  ) {
    let store = try console.store()
    if text.lowercased() == "last" {
      guard let last = try JournalListing.last(in: store) else {
        throw Failure(.notFound, "there is no entry yet; `lifeos journal add` writes the first")
      }
      return last
    }
    let id = try IdentityQueries(store).id(of: JournalEntry.kind, text)
    guard let found = try JournalListing.entry(id, in: store) else {
      throw Failure(.notFound, "there is no entry \(text); `lifeos trash` shows deleted ones")
    }
    return found
  }

  /// The entries that an id, `last` or a date names; a text that could be both is a date only where
  /// it is written as one.
  static func entries(
    _ text: String, _ console: Console
  ) throws -> [(entry: JournalEntry, tags: [String])] {
    let isHex = text.allSatisfy { $0.isHexDigit }
    if text.lowercased() == "last" || (isHex && text.count >= IdentityQueries.fewestDigits) {
      return [try entry(text, console)]
    }
    guard let day = try? NaturalDate(text, today: console.world.today).day else {
      // Not a date: then the message should speak about ids, which know best what is wrong.
      return [try entry(text, console)]
    }
    let listing = JournalListing(from: day, to: day)
    let found = try listing.entries(in: console.store(), limit: .max)
    guard !found.isEmpty else { throw Failure(.notFound, "there is no entry on \(day)") }
    return found.reversed()
  }
}
