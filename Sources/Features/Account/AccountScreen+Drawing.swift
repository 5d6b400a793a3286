internal import Kernel
package import TUI

extension AccountScreen {
  /// One line of the page.
  struct Line {
    var text: SafeText = ""
    var role: Role = .text
    var figure: SafeText = ""
    var figureRole: Role = .muted
    var choice: Choice?
  }

  /// Wider than this a line's figure stands too far from its text.
  private static let widest = 76

  package func draw(on surface: inout Surface, in rect: Rect) {
    let all = lines(width: rect.width)
    for (row, line) in all.dropFirst(top).prefix(rect.height).enumerated() {
      var place = rect.row(row)
      place.width = min(place.width, Self.widest)
      if let choice = line.choice, choice == self.choice {
        surface.ground(.selection, in: place)
        surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
        surface.cursor = Point(x: place.x, y: place.y)
      }
      var right = place.maxX
      if Width.of(line.text) + Width.of(line.figure) + 4 > place.width, line.figureRole == .muted,
        line.choice?.isDevice != true
      {
        // A figure that only explains gives way to the text.
      } else if !line.figure.isEmpty {
        right =
          surface.right(line.figure, line.figureRole, y: place.y, in: place.inset(right: 1)) - 2
      }
      surface.fit(
        line.text, line.role, at: Point(x: place.x + 1, y: place.y),
        in: Rect(x: place.x, y: place.y, width: right - place.x, height: 1))
    }
    Scrollbar(total: all.count, first: top).draw(
      on: &surface, in: rect, isASCII: desk.preferences.isASCII)
  }

  func lines(width: Int) -> [Line] {
    account == nil ? alone(width: width) : signedIn(width: width)
  }

  private func paragraph(_ text: SafeText, _ role: Role = .muted, width: Int) -> [Line] {
    Wrap.lines(text, width: max(10, min(72, width - 2))).map { Line(text: $0, role: role) }
  }

  /// Why signing in did not come to an end.
  private func trouble(width: Int) -> [Line] {
    guard let problem else { return [] }
    let words = SafeText("That did not work: \(problem.string). Choose it again to go on.")
    return paragraph(words, .bad, width: width) + [Line()]
  }

  private func alone(width: Int) -> [Line] {
    let choices = [
      Line(text: "Sign in", figure: "with an account that you have", choice: .signIn),
      Line(text: "Make an account", figure: "on your server", choice: .register),
      Line(),
    ]
    let about =
      [Line(text: "ON ALL YOUR MACHINES", role: .strong)]
      + paragraph(
        "Everything works without an account. With lifeosd, a server of your own, the same journal "
          + "is on each of your machines, and each works offline. What is here is joined to the "
          + "account; nothing is replaced.", width: width)
    let serving =
      paragraph("To run a server at home:", width: width)
      + paragraph("lifeosd serve --self-signed --listen 0.0.0.0:8480", .text, width: width)
    // On a small screen what can be chosen comes first.
    return trouble(width: width)
      + (width < 60 ? choices + about + [Line()] : about + [Line()] + choices) + serving
  }

  private func signedIn(width: Int) -> [Line] {
    var lines = [Line(text: "SYNC", role: .strong)]
    let words = SyncWords(status, now: desk.world.now(), zone: desk.world.zone())
    if isSignedOut {
      lines += paragraph(
        "The journal is on this machine alone until you sign in again. Nothing is lost: what you "
          + "write waits here.", width: width)
    } else {
      // What else waits for a look has lines of its own below.
      let role = words.role == .warn && status.state == .online ? Role.muted : words.role
      lines += paragraph(words.sentence, role, width: width)
    }
    if let offset = words.clock { lines += paragraph(offset, .warn, width: width) }
    lines.append(Line())
    lines += trouble(width: width)
    let waiting = SafeText(counted(status.waiting, "change waits", "changes wait"))
    lines.append(
      wantsSignIn
        ? Line(
          text: "Sign in", figure: status.waiting > 0 ? waiting : "goes on where it was",
          choice: .signIn)
        : Line(
          text: "Sync now", figure: status.waiting > 0 ? waiting : "nothing waits",
          choice: .syncNow))
    lines += [
      Line(
        text: "Overwritten texts",
        figure: SafeText(status.conflicts > 0 ? grouped(status.conflicts) : "none"),
        figureRole: status.conflicts > 0 ? .warn : .muted, choice: .conflicts),
      Line(
        text: "Refused changes",
        figure: SafeText(status.quarantined > 0 ? grouped(status.quarantined) : "none"),
        figureRole: status.quarantined > 0 ? .warn : .muted, choice: .refused),
    ]
    guard !wantsSignIn else { return lines }
    lines += [
      Line(
        text: "Devices", figure: devices.isEmpty ? "who is signed in" : "look again",
        choice: .devices),
      Line(text: "Sign out", figure: "the journal stays here", choice: .signOut),
    ]
    guard !devices.isEmpty else { return lines }
    lines += [Line(), Line(text: "DEVICES", role: .strong, figure: "\(grouped(devices.count))")]
    let app = devices.map { Width.of(SafeText($0.app)) }.max() ?? 0
    let used = devices.map { Width.of(self.used($0)) }.max() ?? 0
    for (index, device) in devices.enumerated() {
      // The columns are aligned; where it is narrow the program gives way to the name.
      let columns = width < 60 ? "" : padded(SafeText(device.app), app).string + "   "
      let figure = SafeText(columns + padded(self.used(device), used).string)
      lines.append(
        Line(
          text: SafeText(device.name), figure: figure,
          figureRole: device.isThisOne ? .good : .muted, choice: .device(index)))
    }
    return lines
  }

  private func used(_ device: DeviceLine) -> SafeText {
    guard !device.isThisOne else { return "this one" }
    let civil = desk.world.zone().civil(device.lastUsed)
    let today = desk.world.zone().civil(desk.world.now()).day
    return SafeText("\(Dates.relative(civil.day, to: today)) \(civil.clock)")
  }

  private func padded(_ text: SafeText, _ width: Int) -> SafeText {
    SafeText(text.string + String(repeating: " ", count: max(0, width - Width.of(text))))
  }
}
