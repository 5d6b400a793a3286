internal import Kernel
internal import TUI

/// The questions of signing in, one after the other: server, its fingerprint, name, password.
///
/// What is answered is kept by the account's screen, so that the next try begins with it.
struct SignInPrompts {
  let door: any AccountDoor

  func begin(_ form: SignInForm) -> Step { askServer(form, shown: form.url) }

  private func askServer(_ form: SignInForm, shown: String) -> Step {
    .prompt(
      Prompt(
        "Server", text: shown.isEmpty ? "https://" : shown, preview: { Self.preview($0) },
        accept: { screen, typed in
          guard let url = Self.url(typed) else {
            return .all([
              .say(Notice("A server is an address like https://home:8480", tone: .warn)),
              askServer(form, shown: typed),
            ])
          }
          var form = form
          if form.url != url { (form.fingerprint, form.allowsPlain) = (nil, false) }
          form.url = url
          keep(form, &screen)
          return .start(
            Job("Looking at the server", isNeeded: false) { [form, door] in
              do {
                return AccountStep.met(form, try door.meet(url))
              } catch {
                return AccountStep.failed(form, Words.of(error), again: .server)
              }
            })
        }))
  }

  private func keep(_ form: SignInForm, _ screen: inout any Screen) {
    guard var account = screen as? AccountScreen else { return }
    account.keep(form)
    screen = account
  }

  /// After the first look at a server.
  func goOn(_ form: SignInForm, _ contact: FirstContact) -> Step {
    switch contact {
    case .trusted: return askUser(form)
    case .selfSigned(let hex, let words):
      return .ask(
        Question(
          "Is this your server's fingerprint?",
          detail: SafeText(
            lines: "\(words)\n\(hex)\nThe server printed it at its start."),
          answers: [
            Question.Answer("n", "No, stop") { _ in
              .say(Notice("Stopped. Nothing was sent to that server."))
            },
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
            Question.Answer("n", "No, stop") { _ in
              .say(Notice("Stopped. An https address is encrypted."))
            },
            Question.Answer("y", "Yes, this way is my own") { _ in
              var form = form
              form.allowsPlain = true
              return askUser(form)
            },
          ]))
    }
  }

  func askUser(_ form: SignInForm) -> Step {
    .prompt(
      Prompt(
        form.isNew ? "New user name" : "User name", text: form.user,
        preview: { typed in
          typed.trimmingSpaces.isEmpty && form.isNew
            ? "letters and digits, as you like" : "at \(AccountScreen.place(form.url))"
        },
        accept: { screen, typed in
          var form = form
          form.user = typed.trimmingSpaces
          guard !form.user.isEmpty else {
            return .all([.say(Notice("A user name is needed.", tone: .warn)), askUser(form)])
          }
          keep(form, &screen)
          return askPassword(form)
        }))
  }

  private func askPassword(_ form: SignInForm) -> Step {
    var prompt = Prompt(
      form.isNew ? "New password" : "Password",
      preview: { typed in
        guard form.isNew else { return "of \(form.user)" }
        let missing = NewPassword.missing(in: typed)
        return missing.isEmpty
          ? "good" : SafeText("needs " + missing.joined(separator: ", "))
      },
      accept: { _, typed in
        guard !typed.isEmpty else {
          return .all([.say(Notice("A password is needed.", tone: .warn)), askPassword(form)])
        }
        let missing = form.isNew ? NewPassword.missing(in: typed) : []
        guard missing.isEmpty else {
          let words = "The password needs " + missing.joined(separator: ", ") + "."
          return .all([.say(Notice(SafeText(words), tone: .warn)), askPassword(form)])
        }
        var form = form
        form.password = typed
        return form.isNew ? askAgain(form) : start(form)
      })
    prompt.isSecret = true
    return .prompt(prompt)
  }

  private func askAgain(_ form: SignInForm) -> Step {
    var prompt = Prompt("The same password again") { _, typed in
      guard typed == form.password else {
        return .all([
          .say(Notice("The two passwords differ: begin with the first.", tone: .warn)),
          askPassword(form),
        ])
      }
      return start(form)
    }
    prompt.isSecret = true
    return .prompt(prompt)
  }

  private func start(_ form: SignInForm) -> Step {
    .start(
      Job(form.isNew ? "Making the account" : "Signing in") { [door] in
        do {
          return AccountStep.signedIn(user: try door.signIn(form))
        } catch {
          return AccountStep.failed(form, Words.of(error), again: .user)
        }
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
    return url == typed ? "the address of your lifeosd" : SafeText(url)
  }
}

/// What every lifeosd asks of a new password.
enum NewPassword {
  /// What is missing still, in words; empty for a password that will be taken.
  static func missing(in typed: String) -> [String] {
    var missing: [String] = []
    if typed.count < 8 { missing.append("8 characters") }
    if !typed.contains(where: \.isUppercase) { missing.append("a capital") }
    if !typed.contains(where: \.isLowercase) { missing.append("a small letter") }
    if !typed.contains(where: \.isNumber) { missing.append("a digit") }
    if typed.utf8.count > 72 { missing = ["at most 72 bytes"] }
    return missing
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
