internal import ArgumentParser
internal import Features
internal import Kernel

/// The root of the command line.
struct Lifeos: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lifeos",
    abstract: "A journal and check-ins with friends in the terminal: calm, fast, offline.",
    discussion: """
      Without a command, lifeos opens its screens; where there is no terminal it prints today in a \
      few lines. `lifeos manual` is the whole manual.
      """,
    version: LifeosVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Journal",
        subcommands: [
          JournalCommand.self, SearchCommand.self, StreakCommand.self, ImportCommand.self,
          ExportCommand.self,
        ]),
      CommandGroup(
        name: "Check-ins and groups",
        subcommands: [
          CheckInCommand.self, GroupCommand.self, DueCommand.self, NoticesCommand.self,
        ]),
      CommandGroup(
        name: "Safety",
        subcommands: [
          UndoCommand.self, RedoCommand.self, TrashCommand.self, BackupCommand.self,
          RestoreCommand.self,
        ]),
      CommandGroup(
        name: "Account and sync",
        subcommands: [
          RegisterCommand.self, LoginCommand.self, LogoutCommand.self, SyncCommand.self,
          StatusCommand.self, ConflictsCommand.self, QuarantineCommand.self, DevicesCommand.self,
          AccountCommand.self,
        ]),
      CommandGroup(
        name: "About lifeos",
        subcommands: [
          DoctorCommand.self, ManualCommand.self, ConfigCommand.self, CompletionsCommand.self,
          DemoCommand.self,
        ]),
    ])
}
