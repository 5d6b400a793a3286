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
  }

  private(set) var status = SyncStatus(state: .alone)
  private(set) var account: SyncAccount?
  private var devices: [DeviceLine] = []
  private var isSignedOut = false
  private var selected = 0
  private var top = 0
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
    if status.state == .needsSignIn { return [.signIn, .conflicts, .refused] }
    return [.syncNow, .conflicts, .refused, .devices, .signOut]
      + devices.indices.map { .device($0) }
  }

  var choice: Choice? { choices.indices.contains(selected) ? choices[selected] : nil }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, choices.count - 1))
  }

  // MARK: Drawing

  package func draw(on surface: inout Surface, in rect: Rect) {
    let lines = account == nil ? alone(width: rect.width) : signedIn(width: rect.width)
    let focus = lines.firstIndex { $0.choice != nil && $0.choice == choice } ?? 0
    let first = max(0, min(focus - rect.height / 2, lines.count - rect.height))
    for (row, line) in lines.dropFirst(first).prefix(rect.height).enumerated() {
      let place = rect.row(row)
      if let choice = line.choice, choice == self.choice {
        surface.ground(.selection, in: place)
        surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
        surface.cursor = Point(x: place.x, y: place.y)
      }
      var right = place.maxX
      if !line.figure.isEmpty {
        right =
          surface.right(line.figure, line.figureRole, y: place.y, in: place.inset(right: 1)) - 2
      }
      surface.fit(
        line.text, line.role, at: Point(x: place.x + 1, y: place.y),
        in: Rect(x: place.x, y: place.y, width: right - place.x, height: 1))
    }
  }

  struct Line {
    var text: SafeText = ""
    var role: Role = .text
    var figure: SafeText = ""
    var figureRole: Role = .muted
    var choice: Choice?
  }

  private func paragraph(_ text: SafeText, width: Int) -> [Line] {
    Wrap.lines(text, width: max(10, min(72, width - 2))).map { Line(text: $0, role: .muted) }
  }

  private func alone(width: Int) -> [Line] {
    var lines = [Line(text: "ON ALL YOUR MACHINES", role: .strong)]
    lines += paragraph(
      "Everything works without an account. With lifeosd, a server of your own, the same journal "
        + "is on each of your machines, and each works offline. What is here is joined to the "
        + "account; nothing is replaced.", width: width)
    lines += [
      Line(),
      Line(text: "Sign in", figure: "with an account that you have", choice: .signIn),
      Line(text: "Make an account", figure: "on your server", choice: .register),
      Line(),
    ]
    lines += paragraph("To run a server at home:", width: width)
    lines.append(Line(text: "lifeosd serve --self-signed --listen 0.0.0.0:8480"))
    return lines
  }

  private func signedIn(width: Int) -> [Line] {
    var lines = [Line(text: "SYNC", role: .strong)]
    let words = SyncWords(status, now: desk.world.now(), zone: desk.world.zone())
    if isSignedOut {
      lines += paragraph(
        "The journal is on this machine alone until you sign in again. Nothing is lost: what you "
          + "write waits here.", width: width)
    } else {
      lines.append(Line(text: words.sentence, role: words.role))
    }
    if let offset = words.clock { lines.append(Line(text: offset, role: .warn)) }
    lines.append(Line())
    let mayAsk = status.state != .needsSignIn
    lines.append(
      mayAsk
        ? Line(
          text: "Sync now",
          figure: SafeText(counted(status.waiting, "change waits", "changes wait")),
          choice: .syncNow)
        : Line(text: "Sign in", figure: "goes on where it was", choice: .signIn))
    lines += [
      Line(
        text: "Overwritten texts", figure: SafeText(grouped(status.conflicts)),
        figureRole: status.conflicts > 0 ? .warn : .muted, choice: .conflicts),
      Line(
        text: "Refused changes", figure: SafeText(grouped(status.quarantined)),
        figureRole: status.quarantined > 0 ? .warn : .muted, choice: .refused),
    ]
    guard mayAsk else { return lines }
    lines += [
      Line(text: "Devices", figure: devices.isEmpty ? "look" : "look again", choice: .devices),
      Line(text: "Sign out", figure: "the journal stays here", choice: .signOut),
    ]
    guard !devices.isEmpty else { return lines }
    lines += [Line(), Line(text: "DEVICES", role: .strong)]
    for (index, device) in devices.enumerated() {
      let civil = desk.world.zone().civil(device.lastUsed)
      let day = Dates.relative(civil.day, to: desk.world.zone().civil(desk.world.now()).day)
      let used = device.isThisOne ? "this one" : "used \(day) \(civil.clock)"
      lines.append(
        Line(
          text: SafeText(device.name), figure: SafeText("\(device.app)   \(used)"),
          choice: .device(index)))
    }
    return lines
  }

  package mutating func scroll(_ lines: Int) throws { move(lines) }

  // MARK: Doing

  package mutating func receive(_ reply: any Sendable) throws -> Step {
    switch reply {
    case let found as [DeviceLine]:
      devices = found
      if let first = choices.firstIndex(of: .device(0)) { selected = first }
      return .stay
    case let step as AccountStep:
      return try follow(step)
    default:
      return .stay
    }
  }

  mutating func choose() throws -> Step {
    guard let door = desk.account else {
      return .say(Notice("There is no way to a server here.", tone: .warn))
    }
    switch choice {
    case .signIn: return SignInPrompts.begin(isNew: false, at: account?.url)
    case .register: return SignInPrompts.begin(isNew: true)
    case .syncNow:
      door.nudge()
      return .say(Notice("Syncing now."))
    case .conflicts: return .push(ConflictsScreen(desk: desk))
    case .refused: return .push(RefusedScreen(desk: desk))
    case .devices:
      return .start(Job("Asking the server", isNeeded: false) { try door.devices() })
    case .signOut: return signOut(door)
    case .device: return try revoke()
    case nil: return .stay
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
    case .said(let text):
      return .all([.command("app.redraw"), .say(Notice(SafeText(text), tone: .good))])
    case .devices(let found, let text):
      devices = found
      move(0)
      return .say(Notice(SafeText(text), tone: .good))
    case .met(let form, let contact):
      return SignInPrompts.goOn(form, contact)
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
    Command(
      "account.choose", "Choose", keys: ["<enter>"], hint: "choose",
      help: "Does what the line says."
    ) { try $0.choose() },
    Command(
      "account.revoke", "Sign a device out", keys: ["d d", "<delete>"],
      help: "Ends the session of the device on this line.",
      offer: { screen in
        if case .device = screen.choice { return .yes }
        return .no(because: "choose a device first")
      }
    ) { try $0.revoke() },
  ]
}

/// What a job of the account's screen has found out.
enum AccountStep: Sendable {
  case said(String)
  case devices([DeviceLine], String)
  case met(SignInForm, FirstContact)
}
