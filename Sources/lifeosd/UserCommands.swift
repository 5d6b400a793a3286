#if Server
  internal import ArgumentParser
  internal import Kernel
  internal import Server
  internal import Wire

  /// `lifeosd user`.
  struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "user", abstract: "Accounts: add, list, disable, enable, reset a password.",
      subcommands: [
        UserAddCommand.self, UserListCommand.self, UserDisableCommand.self, UserEnableCommand.self,
        UserResetPasswordCommand.self,
      ])
  }

  /// `lifeosd user add`.
  struct UserAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Make an account, also where registration is closed.")

    @Argument(help: "3 to 32 of a-z, 0-9, . _ -") var name: String
    @Option(help: "An e-mail address.") var email: String?
    @OptionGroup var password: PasswordOptions
    @OptionGroup var options: DataOptions

    func run() async throws {
      let secret = try password.read(of: name)
      try await options.withAccounts { accounts, _ in
        let id = try await accounts.addUser(name, email: email, password: secret)
        Say.line("\(name) can sign in now (\(id))")
      }
    }
  }

  /// `lifeosd user list`.
  struct UserListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Show all accounts.")

    @Flag(help: "As JSON.") var json = false
    @OptionGroup var options: DataOptions

    func run() async throws {
      try await options.withAccounts { accounts, _ in
        let users = try await accounts.users()
        guard !json else { return Say.line(Self.json(users)) }
        if users.isEmpty { Say.line("There are no accounts. Make one: lifeosd user add NAME") }
        let width = users.map(\.name.count).max() ?? 0
        for user in users {
          let sessions = user.sessions == 1 ? "1 session" : "\(user.sessions) sessions"
          let gap = String(repeating: " ", count: width - user.name.count + 2)
          let mail = user.email.map { "  \($0)" } ?? ""
          let state = user.disabled == nil ? "" : "  DISABLED"
          let since = Zone.current().civil(user.created).day
          Say.line("\(user.name)\(gap)since \(since)  \(sessions)\(mail)\(state)")
        }
      }
    }

    private static func json(_ users: [UserInfo]) -> String {
      let list = users.map { user in
        JSON.object([
          JSON.Member("id", .text(user.id.description)), JSON.Member("name", .text(user.name)),
          JSON.Member("email", user.email.map { .text($0) } ?? .null),
          JSON.Member("created", .number(user.created.milliseconds)),
          JSON.Member("disabled", user.disabled.map { .number($0.milliseconds) } ?? .null),
          JSON.Member("sessions", .number(Int64(user.sessions))),
        ])
      }
      let bytes = JSON.object([JSON.Member("users", .list(list))]).bytes
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// `lifeosd user disable`.
  struct UserDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "disable", abstract: "Switch an account off and end its sessions; keep its data."
    )

    @Argument(help: "The account's name.") var name: String
    @OptionGroup var options: DataOptions

    func run() async throws {
      try await options.withAccounts { accounts, _ in
        try await accounts.setDisabled(true, user: name)
        Say.line("\(name) can't sign in any more; its data is kept")
      }
    }
  }

  /// `lifeosd user enable`.
  struct UserEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "enable", abstract: "Switch an account on again.")

    @Argument(help: "The account's name.") var name: String
    @OptionGroup var options: DataOptions

    func run() async throws {
      try await options.withAccounts { accounts, _ in
        try await accounts.setDisabled(false, user: name)
        Say.line("\(name) can sign in again")
      }
    }
  }

  /// `lifeosd user reset-password`.
  struct UserResetPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset-password",
      abstract: "Give an account another password and end its sessions.")

    @Argument(help: "The account's name.") var name: String
    @OptionGroup var password: PasswordOptions
    @OptionGroup var options: DataOptions

    func run() async throws {
      let secret = try password.read(of: name)
      try await options.withAccounts { accounts, _ in
        try await accounts.resetPassword(of: name, to: secret)
        Say.line("\(name) has another password; its sessions have ended")
      }
    }
  }
#endif
