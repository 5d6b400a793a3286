internal import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

struct JournalAddCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Write an entry; print its id.",
    discussion: """
      The text is what the arguments say, or standard input where it is “-” or a pipe; on a terminal \
      without a text, your editor opens ($VISUAL, $EDITOR). Of morning pages and reflections there \
      is one a day, of reviews one a week: adding to one that exists continues it.
      """)

  @Option(help: "note, morning, reflection or review.")
  var type = "note"
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The day it belongs to, with a time if you like.", valueName: "date"))
  var date: String?
  @Option(parsing: .unconditional, help: "A title.")
  var title: String?
  @Option(help: ArgumentHelp("A tag; may be repeated.", valueName: "tag"))
  var tag: [String] = []
  @Option(help: "1 (terrible) to 5 (excellent), or the word.")
  var mood: String?
  @Flag(help: "Give it a star.")
  var star = false
  @Option(help: ArgumentHelp("The section that the text belongs to, such as went_well."))
  var section: String?
  @OptionGroup var json: JsonOption
  @Argument(help: "The text, or - for standard input.")
  var text: [String] = []

  func run(on console: Console) throws {
    let type = try JournalArguments.type(type)
    let said = try date.map { try JournalArguments.date($0, console.world) }
    let tags = try tag.map { try JournalArguments.tag($0) }
    let mood = try mood.map { try JournalArguments.mood($0) }
    let section = try section.map { try JournalArguments.section($0, of: type) }
    let day = said?.day ?? console.world.today
    let title = title.map { JournalTextInput.clean($0) } ?? ""
    let at = said?.secondOfDay.map {
      console.world.zone().moment(CivilTime(day: day, secondOfDay: $0))
    }
    var addition = JournalWriting.Addition(
      type: type, day: day, at: at, title: title, tags: tags, isStarred: star, mood: mood)
    if let given = try JournalTextInput.given(text, console) {
      addition.sections =
        section.map { [$0: given] } ?? SectionText.split(given, type: type)
    } else if console.isInteractive {
      return try write(addition, console)
    }
    guard !addition.title.isEmpty || addition.sections.values.contains(where: { !$0.isEmpty })
    else {
      throw Failure(.wrongUsage, "there is nothing to write: give a text, or pipe one in")
    }
    try report(JournalWriting.add(addition, in: console.store()).id, console)
  }

  /// In the person's editor: a structured entry that the day has already is what they go on with.
  private func write(_ addition: JournalWriting.Addition, _ console: Console) throws {
    let store = try console.store()
    let id = JournalWriting.entryID(addition.type, addition.day, in: store)
    if let found = try JournalListing.entry(id, in: store) {
      var revision = JournalRevision(of: found.entry)
      if !addition.title.isEmpty { revision.entry.title = addition.title }
      revision.entry.mood = addition.mood ?? revision.entry.mood
      revision.entry.isStarred = addition.isStarred || revision.entry.isStarred
      revision.addedTags = addition.tags
      try revision.edit(console)
      if try !revision.save(in: store) { console.remark("Nothing changed.") }
      return try report(id, console)
    }
    let blank = JournalEntry(
      id: id, type: addition.type, day: addition.day, at: console.world.now(),
      zone: console.world.zone().name, title: addition.title)
    var revision = JournalRevision(of: blank)
    try revision.edit(console)
    var written = addition
    written.title = revision.entry.title
    written.sections = revision.entry.sections
    guard !written.title.isEmpty || !written.sections.isEmpty else {
      return console.remark("Nothing was written.")
    }
    try report(JournalWriting.add(written, in: store).id, console)
  }

  private func report(_ id: EntryID, _ console: Console) throws {
    guard json.isOn, let found = try JournalListing.entry(id, in: console.store()) else {
      return console.output.line(.plain(id.description))
    }
    console.output.json(JournalReport.json(found.entry, tags: found.tags))
  }
}

struct JournalEditCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change an entry: by options, or in your editor.",
    discussion: "What is not named stays. The text before stays readable in `journal history`.")

  @Argument(help: ArgumentHelp("An id, or “last”.", valueName: "id"))
  var id: String
  @Option(parsing: .unconditional, help: "A new title; \"\" takes it away.")
  var title: String?
  @Option(parsing: .unconditional, help: "A new text; - reads standard input.")
  var text: String?
  @Option(help: ArgumentHelp("The section that --text replaces, such as went_well."))
  var section: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Another day, with a time if you like (notes only).", valueName: "date"))
  var date: String?
  @Option(help: ArgumentHelp("Add a tag; may be repeated.", valueName: "tag"))
  var tag: [String] = []
  @Option(help: ArgumentHelp("Take a tag away; may be repeated.", valueName: "tag"))
  var untag: [String] = []
  @Option(help: "1 to 5, or the word; \"\" takes it away.")
  var mood: String?
  @Flag(inversion: .prefixedNo, help: "Give it a star, or take it away.")
  var star: Bool?
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let found = try JournalArguments.entry(id, console)
    var revision = JournalRevision(of: found.entry)
    try change(&revision, console)
    let store = try console.store()
    let isChanged = try revision.save(in: store)
    guard let after = try JournalListing.entry(found.entry.id, in: store) else {
      throw JournalError.notFound(found.entry.id)
    }
    if json.isOn { console.output.json(JournalReport.json(after.entry, tags: after.tags)) }
    if !isChanged { return console.remark("Nothing changed.") }
    if !json.isOn {
      console.output.line(.plain("Changed: "), .bold(JournalReport.name(after.entry)))
    }
  }

  private var hasOptions: Bool {
    [title, text, section, date, mood].contains { $0 != nil } || star != nil || !tag.isEmpty
      || !untag.isEmpty
  }

  private func change(_ revision: inout JournalRevision, _ console: Console) throws {
    guard hasOptions else {
      guard console.isInteractive else {
        throw Failure(.wrongUsage, "say what to change: --title, --text, --tag, --mood, --star, …")
      }
      return try revision.edit(console)
    }
    if let title { revision.entry.title = JournalTextInput.clean(title) }
    if let text {
      let given = try JournalTextInput.given([text], console) ?? ""
      let type = revision.entry.type ?? .note
      try revision.replace(
        given, section: section.map { try JournalArguments.section($0, of: type) })
    } else if section != nil {
      throw Failure(.wrongUsage, "--section says where --text goes; give --text too")
    }
    if let date { try revision.move(to: JournalArguments.date(date, console.world)) }
    revision.addedTags = try tag.map { try JournalArguments.tag($0) }
    revision.removedTags = try untag.map { try JournalArguments.tag($0) }
    if let mood {
      revision.entry.mood = mood.isEmpty ? nil : try JournalArguments.mood(mood)
    }
    if let star { revision.entry.isStarred = star }
  }
}

struct JournalDeleteCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Move entries to the trash.",
    discussion:
      "`lifeos undo` takes it back, and so does `lifeos trash restore`, at any later time.")

  @Argument(help: ArgumentHelp("Ids, or “last”.", valueName: "id"))
  var ids: [String]
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    var entries: [JournalEntry] = []
    for id in ids {
      let entry = try JournalArguments.entry(id, console).entry
      if !entries.contains(where: { $0.id == entry.id }) { entries.append(entry) }
    }
    try JournalWriting.delete(entries.map(\.id), in: console.store())
    if json.isOn {
      console.output.json(.object([("deleted", .list(entries.map { .id($0.id) }))]))
      return
    }
    for entry in entries {
      console.output.line(.plain("Deleted: "), .bold(JournalReport.name(entry)))
    }
    console.remark("`lifeos undo` brings \(entries.count == 1 ? "it" : "them") back.")
  }
}
