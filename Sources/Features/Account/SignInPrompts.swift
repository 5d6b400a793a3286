internal import Kernel
internal import TUI

/// The questions of signing in, one after the other: server, its fingerprint, name, password.
enum SignInPrompts {
  static func begin(isNew: Bool, at known: String? = nil) -> Step {
    .prompt(
      Prompt(
        "Server", text: known ?? "https://", preview: { preview($0) },
        accept: { screen, typed in
          guard let url = url(typed) else {
            return .say(Notice("A server is an address like https://home:8480", tone: .warn))
          }
          guard let account = screen as? AccountScreen, let door = account.desk.account else {
            return .stay
          }
          let form = SignInForm(url: url, isNew: isNew)
          return .start(
            Job("Looking at the server", isNeeded: false) {
              AccountStep.met(form, try door.meet(url))
            })
        }))
  }

  /// After the first look at the server.
  static func goOn(_ form: SignInForm, _ contact: FirstContact) -> Step {
    switch contact {
    case .trusted: return askUser(form)
    case .selfSigned(let hex, let words):
      return .ask(
        Question(
          "Is this your server's fingerprint?",
          detail: SafeText("\(words)\n\(hex)\nThe server shows the same where it was started."),
          answers: [
            Question.Answer("n", "No, stop"),
            Question.Answer("y", "Yes, it is the same") { _ in
              var form = form
              form.fingerprint = hex
              return askUser(form)
            },
          ]))
    case .plain:
      return .ask(
        Question(
          "Go on without encryption?",
          detail: "Everyone on the way could read your journal and your password.",
          answers: [
            Question.Answer("n", "No, stop"),
            Question.Answer("y", "Yes, this way is my own") { _ in
              var form = form
              form.allowsPlain = true
              return askUser(form)
            },
          ]))
    }
  }

  private static func askUser(_ form: SignInForm) -> Step {
    .prompt(
      Prompt(form.isNew ? "Your user name, as you want it" : "User name") { _, typed in
        let user = typed.trimmingSpaces
        guard !user.isEmpty else { return .say(Notice("Nothing was done.")) }
        var form = form
        form.user = user
        return askPassword(form)
      })
  }

  private static func askPassword(_ form: SignInForm) -> Step {
    var prompt = Prompt(
      form.isNew ? "A new password" : "Password",
      preview: { _ in
        form.isNew ? "at least 8 characters, with upper case, lower case and a digit" : ""
      },
      accept: { screen, typed in
        guard !typed.isEmpty else { return .say(Notice("Nothing was done.")) }
        var form = form
        form.password = typed
        return form.isNew ? askAgain(form) : start(form, screen)
      })
    prompt.isSecret = true
    return .prompt(prompt)
  }

  private static func askAgain(_ form: SignInForm) -> Step {
    var prompt = Prompt("The password once more") { screen, typed in
      guard typed == form.password else {
        return .all([
          .say(Notice("The two passwords differ. Once more.", tone: .warn)), askPassword(form),
        ])
      }
      return start(form, screen)
    }
    prompt.isSecret = true
    return .prompt(prompt)
  }

  private static func start(_ form: SignInForm, _ screen: any Screen) -> Step {
    guard let account = screen as? AccountScreen, let door = account.desk.account else {
      return .stay
    }
    return .start(
      Job("Signing in") {
        let user = try door.signIn(form)
        return AccountStep.said("Signed in as \(user). The journal is being synced.")
      })
  }

  /// The address with its scheme, without a path; nil for what is no address.
  static func url(_ typed: String) -> String? {
    var text = typed.trimmingSpaces
    if !text.contains("://") { text = "https://" + text }
    while text.hasSuffix("/") { text.removeLast() }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "https:" || parts[0] == "http:", !parts[2].isEmpty,
      parts[2].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") })
    else { return nil }
    return text
  }

  private static func preview(_ typed: String) -> SafeText {
    guard typed != "https://", let url = url(typed) else { return "such as https://home:8480" }
    return SafeText(url)
  }
}

extension String {
  /// Without spaces at both ends.
  fileprivate var trimmingSpaces: String {
    let text = drop { $0.isWhitespace }
    guard let end = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(text[...end])
  }
}
