package import Kernel
internal import Storage
package import TUI

/// The account, what waits to be sent, and the devices that share the journal.
package struct AccountScreen: Screen {
  let desk: Desk
  /// What can be chosen, one a line.
  enum Choice: Hashable {
    case signIn, register, syncNow, conflicts, refused, devices, signOut
    case device(Int)

    var isDevice: Bool {
      if case .device = self { return true }
      return false
    }
  }

  private(set) var status = SyncStatus(state: .alone)
  private(set) var account: SyncAccount?
  private(set) var devices: [DeviceLine] = []
  private(set) var isSignedOut = false
  /// What was typed when signing in did not come to an end; never a password.
  private(set) var draft: SignInForm?
  /// Why it did not, until the next try.
  private(set) var problem: SafeText?
  private var selected = 0
  /// The first line that is seen.
  private(set) var top = 0
  private var size = Size(width: 0, height: 0)

  package init(desk: Desk) { self.desk = desk }

  package static let context = "account"
  package var title: String { "Account" }
  /// All kinds: any write changes what waits.
  package var reads: Set<Kind> { [] }
  package var headline: (text: SafeText, figure: SafeText) {
    guard let account else { return ("Your journal lies on this machine alone.", "") }
    return (
      SafeText(isSignedOut ? "\(account.user) is signed out." : "Signed in as \(account.user)."),
      SafeText(AccountScreen.place(account.url))
    )
  }

  /// The address without what says itself.
  static func place(_ url: String) -> String {
    url.hasPrefix("https://") ? String(url.dropFirst(8)) : url
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    account = try desk.store.account()
    status = try desk.store.syncStatus()
    if status.state != .alone, let told = desk.account?.state { status.state = told }
    isSignedOut = account != nil && desk.account?.hasSession == false
    if isSignedOut { status.state = .needsSignIn }
    if account == nil || isSignedOut { devices = [] }
    move(0)
  }

  var choices: [Choice] {
    guard account != nil else { return [.signIn, .register] }
    if wantsSignIn { return [.signIn, .conflicts, .refused] }
    return [.syncNow, .conflicts, .refused, .devices, .signOut]
      + devices.indices.map { .device($0) }
  }

  /// The session has ended, or the server is not the one that was trusted: the way on is signing in.
  var wantsSignIn: Bool {
    if case .untrusted = status.state { return true }
    return status.state == .needsSignIn
  }

  var choice: Choice? { choices.indices.contains(selected) ? choices[selected] : nil }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, choices.count - 1))
    let lines = lines(width: size.width)
    guard let focus = lines.firstIndex(where: { $0.choice != nil && $0.choice == choice }) else {
      return
    }
    // What stands above the first choice is seen with it, as far as there is room.
    if selected == 0 { top = 0 }
    top = min(max(top, focus - size.height + 1), focus, max(0, lines.count - size.height))
  }

  /// Keeps what was typed for the next try; the password is not kept.
  mutating func keep(_ form: SignInForm) {
    draft = form
    draft?.password = ""
    problem = nil
  }

  // MARK: Doing

  package mutating func scroll(_ lines: Int) throws { move(lines) }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let lines = lines(width: rect.width)
    let row = top + point.y - rect.y
    guard lines.indices.contains(row), let wanted = lines[row].choice,
      let index = choices.firstIndex(of: wanted)
    else { return .stay }
    selected = index
    return count > 1 ? try choose() : .stay
  }

  package mutating func receive(_ reply: any Sendable) throws -> Step {
    switch reply {
    case let found as [DeviceLine]:
      devices = found
      if let first = choices.firstIndex(of: .device(0)) { selected = first }
      move(0)
      return .stay
    case let step as AccountStep:
      return try follow(step)
    default:
      return .stay
    }
  }

  mutating func choose() throws -> Step {
    switch choice {
    case .conflicts: return .push(ConflictsScreen(desk: desk))
    case .refused: return .push(RefusedScreen(desk: desk))
    default: break
    }
    guard let door = desk.account else {
      return .say(Notice("There is no way to a server here.", tone: .warn))
    }
    switch choice {
    case .signIn, .register:
      var form = draft ?? SignInForm(url: account?.url ?? "", user: account?.user ?? "")
      form.isNew = choice == .register
      return SignInPrompts(door: door).begin(form)
    case .syncNow:
      door.nudge()
      return .say(Notice("Syncing now."))
    case .devices:
      return .start(Job("Asking the server", isNeeded: false) { try door.devices() })
    case .signOut: return signOut(door)
    case .device: return try revoke()
    case .conflicts, .refused, nil: return .stay
    }
  }

  private func signOut(_ door: any AccountDoor) -> Step {
    let waiting = status.waiting
    return .ask(
      Question(
        "Sign out of this machine?",
        detail: waiting == 0
          ? "The journal stays here. Signing in again goes on where it was."
          : SafeText(
            counted(waiting, "change has", "changes have")
              + " not reached the server yet. They stay here and are sent after signing in again."),
        answers: [
          Question.Answer("s", "Stay signed in"),
          Question.Answer("o", "Sign out") { _ in
            .start(
              Job("Signing out") { AccountStep.said(try door.signOut()) })
          },
        ]))
  }

  mutating func revoke() throws -> Step {
    guard let door = desk.account, case .device(let index) = choice else { return .stay }
    let device = devices[index]
    guard !device.isThisOne else {
      return .say(Notice("This is the machine before you: choose Sign out."))
    }
    return .ask(
      Question(
        SafeText("Sign \(device.name) out?"),
        detail: "It keeps what it has, and can neither send nor read until it signs in again.",
        answers: [
          Question.Answer("k", "Keep it"),
          Question.Answer("o", "Sign it out") { _ in
            .start(
              Job("Signing out") {
                try door.revoke(device.session)
                return AccountStep.devices(try door.devices(), "\(device.name) is signed out.")
              })
          },
        ]))
  }

  private mutating func follow(_ step: AccountStep) throws -> Step {
    switch step {
    case .signedIn(let user):
      (draft, problem, selected, top) = (nil, nil, 0, 0)
      return .all([
        .command("app.redraw"),
        .say(Notice(SafeText("Signed in as \(user). The journal is being synced."), tone: .good)),
      ])
    case .failed(let form, let words, let again):
      keep(form)
      problem = SafeText(words)
      top = 0
      guard let door = desk.account else { return .stay }
      let prompts = SignInPrompts(door: door)
      return .all([
        .say(Notice(SafeText(words), tone: .bad)),
        again == .server ? prompts.begin(form) : prompts.askUser(form),
      ])
    case .said(let text):
      (selected, top) = (0, 0)
      return .all([.command("app.redraw"), .say(Notice(SafeText(text), tone: .good))])
    case .devices(let found, let text):
      devices = found
      move(0)
      return .say(Notice(SafeText(text), tone: .good))
    case .met(let form, let contact):
      guard let door = desk.account else { return .stay }
      return SignInPrompts(door: door).goOn(form, contact)
    }
  }

  package static let commands: [Command<AccountScreen>] = [
    Command("account.move.down", "Down", keys: ["j", "<down>"], help: "The next line.") {
      $0.move(1)
      return .stay
    },
    Command("account.move.up", "Up", keys: ["k", "<up>"], help: "The line before.") {
      $0.move(-1)
      return .stay
    },
    Command("account.move.first", "First", keys: ["g g", "<home>"], help: "The first line.") {
      $0.move(-1000)
      return .stay
    },
    Command("account.move.last", "Last", keys: ["G", "<end>"], help: "The last line.") {
      $0.move(1000)
      return .stay
    },
    Command(
      "account.move.pagedown", "Page down", keys: ["<pagedown>", "<space>"], help: "A page on."
    ) {
      $0.move($0.size.height)
      return .stay
    },
    Command("account.move.pageup", "Page up", keys: ["<pageup>"], help: "A page back.") {
      $0.move(-$0.size.height)
      return .stay
    },
    Command(
      "account.choose", "Choose", keys: ["<enter>"], hint: "choose",
      help: "Does what the line says."
    ) { try $0.choose() },
    Command(
      "account.revoke", "Sign a device out", keys: ["d d", "<delete>"], hint: "sign it out",
      help: "Ends the session of the device on this line.",
      offer: { screen in
        guard case .device(let index) = screen.choice else {
          return .no(because: "choose a device first")
        }
        return screen.devices[index].isThisOne
          ? .no(because: "this is the machine before you: choose Sign out") : .yes
      }
    ) { try $0.revoke() },
  ]
}

/// What a job of the account's screen has found out.
enum AccountStep: Sendable {
  case said(String)
  case signedIn(user: String)
  /// Signing in did not come to an end: what was typed, why, and where to go on.
  case failed(SignInForm, String, again: Again)
  case devices([DeviceLine], String)
  case met(SignInForm, FirstContact)

  /// Where to go on after a failure.
  enum Again: Sendable { case server, user }
}
