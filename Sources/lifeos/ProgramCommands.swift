internal import ArgumentParser
internal import Features
internal import Kernel
internal import Shell
internal import Storage

/// `lifeos manual`.
struct ManualCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual, or one section of it.",
    discussion: "The sections: \(Manual.sectionNames.joined(separator: ", ")).")

  @Argument(help: "Only this section.")
  var section: String?
  @Option(
    name: .customLong("section"), help: ArgumentHelp("Only this section.", visibility: .hidden))
  var namedSection: String?
  @Option(help: "text, or man for the man page.")
  var format = Format.text
  @Flag(
    name: .customLong("man"), help: ArgumentHelp("The same as --format man.", visibility: .hidden))
  var isManPage = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, man }

  func run(on console: Console) throws {
    let manual = Manual(
      tree: Lifeos._dumpHelp(), version: LifeosVersion.current, keys: KeysPage.lines)
    switch isManPage ? .man : format {
    case .man: console.output.own(manual.page)
    case .text: console.output.text(try manual.text(section: section ?? namedSection))
    }
  }
}

/// `lifeos config`.
struct ConfigCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print every setting with its default, as a config file.",
    discussion: "Start from it: `lifeos config > ~/.config/lifeos/config.toml`.")

  @Flag(help: "Print the path of the config file instead.")
  var path = false

  func run(on console: Console) throws {
    if path {
      console.output.line(.plain(console.places.settings))
    } else {
      console.output.own(Settings.documentation)
    }
  }
}

/// `lifeos completions`.
struct CompletionsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print what a shell needs to complete lifeos's commands.",
    discussion:
      "For bash: `lifeos completions bash > ~/.local/share/bash-completion/completions/lifeos`.")

  enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run(on console: Console) throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    console.output.own(Lifeos.completionScript(for: kind))
  }
}
