internal import ArgumentParser
internal import Kernel

#if Server
  /// The root of the command line.
  struct Lifeosd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lifeosd",
      abstract: "The server that keeps the lives of your devices together.",
      discussion: """
        `lifeosd serve` starts it. Everything it keeps lies in one folder (--data). Settings come \
        from flags, from the environment (LIFEOSD_…), and from the file lifeosd.toml in that folder.
        """,
      version: LifeosVersion.current,
      subcommands: [
        ServeCommand.self, UserCommand.self, BackupCommand.self, RestoreCommand.self,
        DoctorCommand.self, RoutesCommand.self,
      ])
  }
#else
  /// What is left of the command line where the program was built without its server.
  struct Lifeosd: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lifeosd", version: LifeosVersion.current)
    @Argument(parsing: .captureForPassthrough) var words: [String] = []
  }
#endif
