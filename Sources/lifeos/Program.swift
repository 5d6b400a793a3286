internal import ArgumentParser
internal import Features
internal import Glibc
internal import Kernel
internal import Shell
internal import Storage
internal import Toml

/// The program: a bare start opens the screens, anything else is a command.
@main struct Program {
  static func main() {
    Surroundings.guardStandardStreams()
    let console = console(Surroundings.environment())
    let arguments = Array(CommandLine.arguments.dropFirst())
    let code = arguments.isEmpty ? bare(console) : command(arguments, console)
    exit(code.rawValue)
  }

  private static func console(_ environment: [String: String]) -> Console {
    let places = Places(environment: environment)
    let file = SettingsFile(path: places.settings)
    var settings = ConsoleSettings()
    settings.preferences = Preferences(file.settings)
    settings.backsUpDaily = file.settings.backups
    settings.problems = file.problems.map(\.description)
    settings.editor = file.settings.editor
    var world = World.live(environment)
    world.dayStartHour = file.settings.dayStart
    return Console(environment: environment, places: places, world: world, settings: settings)
  }

  /// `lifeos` alone: the screens on a terminal, a few lines of today anywhere else.
  private static func bare(_ console: Console) -> ExitStatus {
    guard isatty(0) == 1, isatty(1) == 1 else {
      return run(console) { try TodayReport.print(console) }
    }
    let term = console.environment["TERM"] ?? ""
    guard !term.isEmpty, term != "dumb" else {
      return end(
        Failure(
          .failed,
          "this terminal (TERM=\(term)) can't show the screens; every command works here: see "
            + "`lifeos --help`, or set TERM to what your terminal is"), console)
    }
    return openProgram(console)
  }

  private static func command(_ arguments: [String], _ console: Console) -> ExitStatus {
    let parsed: any ParsableCommand
    do {
      parsed = try direct(arguments) ?? Lifeos.parseAsRoot(arguments)
    } catch {
      return usage(error, console)
    }
    guard let command = parsed as? any ConsoleCommand else {
      var group = parsed
      do {
        try group.run()
      } catch {
        return usage(error, console)
      }
      return .done
    }
    let code = run(console) { try command.run(on: console) }
    if !(command is any SyncsItself) { BackgroundSync.startIfDue(console) }
    return code
  }

  /// The command that the first words name, parsed by itself: half the time of a walk through all of
  /// them. nil for what is wrong or asks for help: the walk knows the words for it.
  private static func direct(_ arguments: [String]) -> (any ParsableCommand)? {
    var type: any ParsableCommand.Type = Lifeos.self
    var rest = arguments[...]
    while let word = rest.first,
      let next = type.configuration.subcommands.first(where: { $0._commandName == word })
    {
      type = next
      rest = rest.dropFirst()
    }
    guard rest.count < arguments.count, type.configuration.subcommands.isEmpty else { return nil }
    // The walk below repeats what fails here, and says why.
    return try? parse(type, Array(rest))
  }

  private static func parse<C: ParsableCommand>(_ type: C.Type, _ words: [String]) throws -> C {
    try C.parse(words)
  }

  /// Help that was asked for goes to standard output; a wrong call explains itself on the other.
  private static func usage(_ error: any Error, _ console: Console) -> ExitStatus {
    let isFine = Lifeos.exitCode(for: error).isSuccess
    let output = isFine ? console.output : console.errors
    output.text(Lifeos.fullMessage(for: error))
    output.flush()
    return isFine ? .done : .wrongUsage
  }

  private static func run(_ console: Console, _ body: () throws -> Void) -> ExitStatus {
    var code = ExitStatus.done
    do {
      try body()
    } catch {
      code = end(error, console)
    }
    do {
      try console.output.finish()
    } catch {
      return end(error, console)
    }
    DailyBackup.startIfDue(console)
    return code
  }

  /// Says what went wrong on one line of standard error.
  static func end(_ error: any Error, _ console: Console) -> ExitStatus {
    console.output.flush()
    if Lifeos.exitCode(for: error).isSuccess || error is ValidationError || error is CleanExit {
      return usage(error, console)
    }
    let backups = Store.backups(in: console.places.backups)
    let words = Words.network(error) ?? Words.of(error, backups: backups)
    if !words.isEmpty { console.errors.line(.plain("lifeos: " + words)) }
    console.errors.flush()
    return Words.networkCode(of: error) ?? Words.code(of: error)
  }

  /// Opens the interactive program; returns when the person leaves it.
  private static func openProgram(_ console: Console) -> ExitStatus {
    run(console) { try Screens.open(console) }
  }
}
