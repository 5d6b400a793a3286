internal import ArgumentParser
internal import Features
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Wire

/// What `register` and `login` share.
struct SignInOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The server, such as https://home:8480.", valueName: "url"))
  var url: String
  @Option(help: "Your name on the server; asked for where it is missing.")
  var user: String?
  @OptionGroup var password: PasswordOptions
  @Option(
    help: ArgumentHelp(
      "Trust a server's own certificate if this is its fingerprint, for scripts.",
      valueName: "hex"))
  var fingerprint: String?
  @Flag(
    name: .customLong("allow-http"),
    help: "Go on without encryption: everybody on the way can read your journal and password.")
  var allowHTTP = false

  /// The whole of it: from the first look at the server to a journal that is in step.
  func run(on console: Console, email: String?, isNew: Bool) throws {
    let address = try ServerWay.address(url)
    let store = try console.store()
    let certificate = try Meeting(console: console).meet(
      address, fingerprint: fingerprint, allowsPlain: allowHTTP)
    let wish = SigningIn.Wish(
      address: address, user: try name(console),
      password: try password.password(
        console, prompt: isNew ? "A password for your account" : "Password", isNew: isNew),
      email: email, isNew: isNew, certificate: certificate, allowsPlain: allowHTTP)
    let arrival = try SigningIn(ground: ServerWay.Ground(console), store: store).run(wish)
    console.output.line(
      .plain("Signed in as "), .bold(arrival.me.user), .plain(" on \(address.text)"))
    if arrival.isOtherProfile {
      console.output.line(
        .plain("This account has a journal of its own: \(arrival.access.ground.places.database)"))
    }
    if !address.isPrivate {
      console.remark("! The way there is not encrypted: everybody on it can read along.")
    }
    console.output.flush()
    let report = arrival.access.engine().round(patience: 10_000, want: 5000)
    if let trouble = report.trouble { throw trouble }
    SyncCommand.show(report, console)
  }

  private func name(_ console: Console) throws -> String {
    if let user { return user }
    guard console.isInteractive else {
      throw Failure(.wrongUsage, "say --user where nobody can be asked")
    }
    console.output.flush()
    console.errors.line("Your name on the server:")
    console.errors.flush()
    let typed = (readLine() ?? "").filter { !$0.isWhitespace }
    guard !typed.isEmpty else { throw Failure(.wrongUsage, "no name was typed") }
    return typed
  }
}

/// `lifeos register`.
struct RegisterCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Make an account on a server, and join this journal to it.",
    discussion: "What is here stays, and is sent to the server. See `lifeos manual sync`.")

  @OptionGroup var options: SignInOptions
  @Option(help: "An e-mail address, by which you can sign in too.")
  var email: String?

  func run(on console: Console) throws {
    try options.run(on: console, email: email, isNew: true)
  }
}

/// `lifeos login`.
struct LoginCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "login", abstract: "Sign in to a server, and join this journal to the account.",
    discussion: """
      What is here and what is there merge; nothing is replaced. Where this journal belongs to \
      another account, the new one gets a journal of its own.
      """)

  @OptionGroup var options: SignInOptions

  func run(on console: Console) throws {
    try options.run(on: console, email: nil, isNew: false)
  }
}

/// `lifeos logout`.
struct LogoutCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "logout", abstract: "Sign out of the server; the journal stays on this machine.")

  func run(on console: Console) throws {
    console.output.line(.plain(try Leaving.run(Access(console))))
  }
}

/// Signing out: on the server, where it can be reached, and here in any case.
enum Leaving {
  /// Returns what was done, in a sentence.
  static func run(_ access: Access) throws -> String {
    let file = TokenFile(folder: access.ground.places.folder)
    guard let account = try access.store.account() else { throw SyncTrouble.alone }
    var missed: String?
    do {
      _ = try access.way().remote().call(Routes.logout, Nothing())
    } catch {
      missed = Words.network(error) ?? Words.of(error)
    }
    try file.delete()
    let done = "Signed \(account.user) out; the journal stays on this machine."
    guard let missed else { return done }
    return done
      + " The server could not be told (\(missed)); the session there ends by itself, or by "
      + "`lifeos devices revoke` on another machine."
  }
}
