internal import Kernel
internal import Life
package import TUI

extension GroupsScreen {
  /// One line of the page.
  struct Line {
    var text: SafeText = ""
    var role: Role = .text
    /// Behind the text, in a column of its own.
    var words: SafeText = ""
    var wordsRole: Role = .muted
    var figure: SafeText = ""
    var figureRole: Role = .muted
    var item: Item?
  }

  var listWidth: Int { isWide ? min(66, size.width * 54 / 100) : size.width }

  var lines: [Line] {
    var lines: [Line] = []
    if !invitations.isEmpty {
      lines.append(Line(text: "INVITATIONS", role: .strong))
      for invitation in invitations {
        lines.append(
          Line(
            text: SafeText(invitation.name), words: SafeText("from \(invitation.from)"),
            figure: SafeText(expiry(of: invitation)), item: .invitation(invitation.id)))
      }
      lines.append(Line())
    }
    let active = blocks.filter { !$0.group.isLeft }
    if !active.isEmpty {
      lines.append(Line(text: "GROUPS", role: .strong))
      lines += active.map(line)
    }
    let left = blocks.filter(\.group.isLeft)
    if !left.isEmpty {
      if !lines.isEmpty, !active.isEmpty { lines.append(Line()) }
      lines.append(Line(text: "ARCHIVES", role: .strong))
      lines += left.map {
        Line(
          text: name(of: $0), role: .muted, words: "your own check-ins of it",
          item: .group($0.group.space))
      }
    }
    return lines
  }

  private func name(of block: GroupBlock) -> SafeText {
    let name = SafeText(block.group.info.name)
    return name.isEmpty ? "(not read yet)" : name
  }

  private func line(_ block: GroupBlock) -> Line {
    var line = Line(
      text: name(of: block), words: SafeText(block.summary), item: .group(block.group.space))
    if block.standing == .open, let mine = block.mine, mine.checkIn == nil {
      line.wordsRole = .warn
    }
    let count = unread[block.group.space] ?? 0
    if count > 0, !block.group.choice.isMuted {
      line.figure = SafeText("\(grouped(count)) new")
      line.figureRole = .accent
    } else if block.group.choice.isMuted {
      line.figure = "muted"
    } else if block.group.role != "member" {
      line.figure = SafeText(block.group.role)
    }
    return line
  }

  private func expiry(of invitation: Invitation) -> String {
    guard let expires = invitation.expires else { return "" }
    let today = desk.world.today
    return "until \(Dates.relative(desk.world.zone().civil(expires).day, to: today))"
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    guard !items.isEmpty else { return drawEmpty(on: &surface, in: rect) }
    let list = Rect(x: rect.x, y: rect.y, width: listWidth, height: rect.height)
    let all = lines
    let widest = all.filter { $0.item != nil }.map { Width.of($0.text) }.max() ?? 0
    let nameWidth = min(widest, max(12, (listWidth - 4) * 45 / 100))
    for (row, line) in all.dropFirst(top).prefix(rect.height).enumerated() {
      draw(line, nameWidth, on: &surface, in: list.row(row))
    }
    Scrollbar(total: all.count, first: top).draw(
      on: &surface, in: list, isASCII: desk.preferences.isASCII)
    if isWide {
      drawAside(on: &surface, in: rect.split(left: listWidth, gap: 3).right)
    } else if all.count + 3 < rect.height, invitation != nil {
      drawInvitation(on: &surface, in: rect.inset(left: 1, top: all.count + 1))
    }
  }

  private func draw(
    _ line: Line, _ nameWidth: Int, on surface: inout Surface, in row: Rect
  ) {
    let isSelected = line.item != nil && line.item == current
    if isSelected {
      surface.ground(.selection, in: row)
      surface.put("▌", .accent, at: Point(x: row.x, y: row.y), in: row)
      surface.cursor = Point(x: row.x, y: row.y)
    }
    let point = Point(x: row.x + 1, y: row.y)
    guard line.item != nil else {
      surface.fit(line.text, line.role, at: point, in: row)
      return
    }
    surface.put(
      Width.cut(line.text, to: nameWidth), isSelected ? .text : line.role, at: point, in: row)
    var right = row.maxX - 2
    let room = right - (point.x + nameWidth + 2)
    // A figure gives way to the words where both have no room.
    if !line.figure.isEmpty, room >= Width.of(line.words) + Width.of(line.figure) + 2 {
      right =
        surface.right(
          line.figure, isSelected ? .text : line.figureRole, y: row.y, in: row.inset(right: 2))
        - 2
    }
    let x = point.x + nameWidth + 2
    surface.fit(
      line.words, isSelected && line.wordsRole == .muted ? .text : line.wordsRole,
      at: Point(x: x, y: row.y), in: Rect(x: x, y: row.y, width: right - x, height: 1))
  }

  private func drawAside(on surface: inout Surface, in rect: Rect) {
    if invitation != nil { return drawInvitation(on: &surface, in: rect) }
    guard let preview else { return }
    let view = GroupBlockView(
      preview, online: desk.groups?.online[preview.group.space] ?? [],
      isASCII: desk.preferences.isASCII)
    view.draw(on: &surface, in: rect)
    var row = view.height + 1
    let about = preview.group.info.about
    for line in Wrap.lines(SafeText(lines: about), width: max(8, rect.width - 2)).prefix(6)
    where !about.isEmpty {
      let place = rect.row(row)
      surface.fit(line, .muted, at: Point(x: place.x + 1, y: place.y), in: place)
      row += 1
    }
  }

  private func drawInvitation(on surface: inout Surface, in rect: Rect) {
    guard let invitation else { return }
    let words =
      "\(invitation.from) asks you into \(invitation.name). Whoever is in a group sees what you post "
      + "there, from then on: score and answers, never the note unless you say so. Nothing of before "
      + "is shown. You can leave at any time."
    var row = 0
    for line in Wrap.lines(SafeText(words), width: max(8, rect.width - 2)) {
      let place = rect.row(row)
      surface.fit(line, .text, at: Point(x: place.x, y: place.y), in: place)
      row += 1
    }
    let place = rect.row(row + 1)
    surface.fit("a accepts   x declines", .muted, at: Point(x: place.x, y: place.y), in: place)
  }

  private func drawEmpty(on surface: inout Surface, in rect: Rect) {
    let first: [(String, Role)] = [
      ("You are in no group yet.", .text),
      ("", .text),
    ]
    let ways: [(String, Role)] =
      isSignedIn
      ? [
        ("c   makes one: a name, and Enter twice", .text),
        ("J   joins one by its code", .text),
      ]
      : [
        ("g a signs in to your server, where groups live", .text),
        ("c   then makes a group, J joins one by its code", .muted),
      ]
    let about = Wrap.lines(
      "A group is a few friends who each answer the same four questions once a week, and see each "
        + "other's answers, also offline. Nobody is ranked. Your note stays with you unless you share "
        + "it. Checking in for yourself needs no group and no account.",
      width: max(10, min(72, rect.width - 2))
    ).map { ($0.string, Role.muted) }
    for (row, line) in (first + ways + [("", .text)] + about).enumerated() {
      let place = rect.row(row).inset(left: 1)
      surface.fit(SafeText(line.0), line.1, at: Point(x: place.x, y: place.y), in: place)
    }
    surface.cursor = Point(x: rect.x + 1, y: rect.y)
  }
}
