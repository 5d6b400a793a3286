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
  @Option(help: ArgumentHelp("The day it belongs to, with a time if you like.", valueName: "date"))
  var date: String?
  @Option(help: "A title.")
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
    let store = try console.store()
    var addition = try JournalAddition.start(type, on: day, said?.secondOfDay, console)
    addition.tags += tags
    addition.entry.mood = mood ?? addition.entry.mood
    addition.entry.isStarred = star || addition.entry.isStarred
    if let title { addition.entry.title = JournalTextInput.clean(title) }
    if let given = try JournalTextInput.given(text, console) {
      addition.add(given, section: section)
    } else if console.isInteractive {
      try addition.edit(console)
    }
    guard addition.hasContent else {
      throw Failure(.wrongUsage, "there is nothing to write: give a text, or pipe one in")
    }
    try addition.save(in: store)
    if json.isOn {
      console.output.json(JournalReport.json(addition.entry, tags: addition.tags.sorted()))
    } else {
      console.output.line(.plain(addition.entry.id.description))
    }
  }
}

struct JournalEditCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change an entry: by options, or in your editor.",
    discussion: "What is not named stays. The text before stays readable in `journal history`.")

  @Argument(help: ArgumentHelp("An id, or “last”.", valueName: "id"))
  var id: String
  @Option(help: "A new title; \"\" takes it away.")
  var title: String?
  @Option(help: "A new text; - reads standard input.")
  var text: String?
  @Option(help: ArgumentHelp("The section that --text replaces, such as went_well."))
  var section: String?
  @Option(help: ArgumentHelp("Another day, with a time if you like (notes only).", valueName: "date"))
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
    var addition = JournalAddition(entry: found.entry, tags: found.tags, old: found.entry)
    try change(&addition, console)
    guard addition.entry != found.entry || Set(addition.tags) != Set(found.tags) else {
      if json.isOn { console.output.json(JournalReport.json(found.entry, tags: found.tags)) }
      return console.remark("Nothing changed.")
    }
    try addition.save(in: console.store())
    if json.isOn {
      console.output.json(JournalReport.json(addition.entry, tags: addition.tags.sorted()))
    } else {
      console.output.line(.plain("Changed: "), .bold(JournalReport.name(addition.entry)))
    }
  }

  private var hasOptions: Bool {
    [title, text, section, date, mood].contains { $0 != nil } || star != nil || !tag.isEmpty
      || !untag.isEmpty
  }

  private func change(_ addition: inout JournalAddition, _ console: Console) throws {
    guard hasOptions else {
      guard console.isInteractive else {
        throw Failure(.wrongUsage, "say what to change: --title, --text, --tag, --mood, --star, …")
      }
      return try addition.edit(console)
    }
    if let title { addition.entry.title = JournalTextInput.clean(title) }
    if let text {
      let given = try JournalTextInput.given([text], console) ?? ""
      let type = addition.entry.type ?? .note
      try addition.replace(given, section: section.map { try JournalArguments.section($0, of: type) })
    } else if section != nil {
      throw Failure(.wrongUsage, "--section says where --text goes; give --text too")
    }
    if let date { try addition.move(to: JournalArguments.date(date, console.world)) }
    let added = try tag.map { try JournalArguments.tag($0) }
    let removed = try untag.map { try JournalArguments.tag($0) }
    addition.tags = (addition.tags + added).filter { !removed.contains($0) }
    if let mood {
      addition.entry.mood = mood.isEmpty ? nil : try JournalArguments.mood(mood)
    }
    if let star { addition.entry.isStarred = star }
  }
}

struct JournalDeleteCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Move entries to the trash.",
    discussion: "`lifeos undo` takes it back, and so does `lifeos trash restore`, at any later time.")

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
    for entry in entries { console.output.line(.plain("Deleted: "), .bold(JournalReport.name(entry))) }
    console.remark("`lifeos undo` brings \(entries.count == 1 ? "it" : "them") back.")
  }
}
