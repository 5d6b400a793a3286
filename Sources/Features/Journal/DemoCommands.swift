package import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

/// `lifeos demo`.
package struct DemoCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Make up a life, the same one for the same seed.",
    discussion: """
      For looking around, for tests and for measurements. Open it with LIFEOS_HOME=DIR lifeos. Your \
      own journal is not touched.
      """)

  @Option(help: "How many years.")
  var years = 1
  @Option(help: "Which life: any number.")
  var seed: UInt64 = 1
  @Option(name: .customLong("per-week"), help: "Entries in an average week.")
  var perWeek = 30
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The last day; yesterday where nothing is said.", valueName: "date"))
  var until: String?
  @Option(help: ArgumentHelp("An empty or new folder.", valueName: "dir"))
  var into: String
  package init() {}

  package func validate() throws {
    if !(1...100).contains(years) { throw ValidationError("--years is 1 to 100.") }
    if !(1...1000).contains(perWeek) { throw ValidationError("--per-week is 1 to 1000.") }
    if into.isEmpty { throw ValidationError("--into names a folder.") }
  }

  package func run(on console: Console) throws {
    let last = try until.map { try JournalArguments.date($0, console.world).day }
    let demo = JournalDemo(
      years: years, seed: seed, perWeek: perWeek, until: last ?? console.world.today - 1)
    let count = try JournalDemoWriter(demo: demo, folder: into, console: console).write()
    console.output.line(.plain("\(count) entries from \(demo.from) to \(demo.until)"))
    console.output.line(.plain("Open them: LIFEOS_HOME=\(into) lifeos"))
  }
}
