internal import ArgumentParser
internal import Features
internal import Glibc
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Wire

/// `lifeos account`.
struct AccountCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Show, export or delete the account on the server.",
    subcommands: [
      AccountShowCommand.self, AccountExportCommand.self, AccountChangePasswordCommand.self,
      AccountDeleteCommand.self,
    ],
    defaultSubcommand: AccountShowCommand.self)
  func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}

struct AccountShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Ask the server who you are.")

  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let access = try Access(console)
    let me = try access.way().remote().call(Routes.me, Nothing())
    let url = try access.account().url
    if json.isOn {
      return console.output.json(
        .object([
          ("id", .id(me.id)), ("user", .text(me.user)), ("email", .text(me.email)),
          ("server", .text(url)), ("server_id", .id(me.serverID)), ("created", .moment(me.created)),
          ("profile", .text(console.places.database)),
        ]))
    }
    let created = console.world.zone().civil(me.created)
    console.output.line(.bold(me.user), .plain(me.email.map { " <\($0)>" } ?? ""))
    console.output.line(.dim("server   "), .plain(url))
    console.output.line(.dim("since    "), .plain("\(created.day)"))
    console.output.line(.dim("journal  "), .plain(console.places.database))
  }
}

struct AccountExportCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write all that the server holds of you to a file, as JSON.")

  @Argument(help: "A new file; - for standard output.")
  var file: String

  func run(on console: Console) throws {
    let export = try Access(console).way().remote().call(Routes.exportAccount, Nothing())
    let bytes = export.content.bytes + [0x0A]
    if file == "-" { return console.output.own(String(decoding: bytes, as: UTF8.self)) }
    let target = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard target >= 0 else {
      throw Failure(
        .failed,
        errno == EEXIST
          ? "\(file) is there already; choose another name"
          : "\(file) can not be written: \(String(cString: strerror(errno)))")
    }
    defer { close(target) }
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else {
        throw Failure(
          .failed, "\(file) could not be written: \(String(cString: strerror(errno)))")
      }
      start += max(0, count)
    }
    fsync(target)
    console.output.line(.plain("Exported: "), .bold(file))
  }
}

struct AccountChangePasswordCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "change-password",
    abstract: "Change the password; all other machines have to sign in again.",
    discussion: "Asks for the old password, then twice for the new one.")

  @OptionGroup var old: PasswordOptions
  @Option(
    name: .customLong("new-password-file"),
    help: "Read the new password from this file, which nobody else may be able to read.")
  var newFile: String?

  func run(on console: Console) throws {
    let remote = try Access(console).way().remote()
    let current = try old.password(console, prompt: "The password until now")
    var new = PasswordOptions()
    new.file = newFile
    new.command = nil
    let query = ChangePasswordQuery(
      current: current, new: try new.password(console, prompt: "The new password", isNew: true))
    _ = try remote.call(Routes.changePassword, query)
    console.output.line("The password is changed; all other sessions have ended.")
  }
}

struct AccountDeleteCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete the account with all that the server holds of it.",
    discussion: """
      What is on your machines stays there. The journal of this one is nobody's then: the next \
      `lifeos register` or `lifeos login` joins it to another account.
      """)

  @OptionGroup var password: PasswordOptions
  @Flag(name: [.customLong("yes"), .customShort("y")], help: "Do not ask.")
  var isSure = false

  func run(on console: Console) throws {
    let access = try Access(console)
    let account = try access.account()
    if !isSure {
      guard console.isInteractive else {
        throw Failure(.wrongUsage, "this can not be undone; say --yes where nobody can be asked")
      }
      let question = "Delete the account \(account.user) on \(account.url), for ever?"
      guard console.confirm(question) else { throw Failure(.failed, "nothing was deleted") }
    }
    let typed = try password.password(console, prompt: "Your password")
    _ = try access.way().remote().call(Routes.deleteAccount, DeleteAccountQuery(password: typed))
    try TokenFile(folder: console.places.folder).delete()
    // The account's name and password stood for this journal until now: it is free for another one.
    try access.store.leave()
    console.output.line(
      .plain("The account \(account.user) is deleted; the journal stays on this machine."))
  }
}
