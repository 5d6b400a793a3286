internal import Kernel
internal import Life
internal import Storage
internal import TUI

// What a member says to another's check-in, and chooses for themselves: all of it works offline.
extension GroupScreen {
  /// Why nothing can be said to the chosen line; nil where something can.
  var silence: String? {
    guard let block, let line else { return "there is nobody here" }
    if block.group.isLeft { return "you are no longer in this group" }
    if block.group.me == nil { return "you are not signed in" }
    if line.checkIn == nil { return "there is no check-in to say something to" }
    return nil
  }

  func react(_ sign: CheckInReaction.Sign) throws -> Step {
    if let silence { return .say(Notice(SafeText(silence.sentence + "."))) }
    guard let line, let target = line.checkIn, let me = block?.group.me else { return .stay }
    guard !line.isMe else { return .say(Notice("Signs are for the others' check-ins.")) }
    try CheckInWriting.react(sign, to: target.id, in: space, of: me, desk: desk)
    return .stay
  }

  func pickSign() -> Step {
    guard let line else { return .stay }
    let signs = CheckInReaction.Sign.allCases.map { sign in
      Picker.Item(
        SafeText("\(GroupWords.glyph(of: sign)) \(sign.rawValue)"),
        detail: SafeText("key \(GroupWords.key(of: sign))"),
        run: { screen in
          guard let screen = screen as? GroupScreen else { return .stay }
          return try screen.react(sign)
        })
    }
    let comment = Picker.Item("Write a comment", detail: "key n") { screen in
      guard let screen = screen as? GroupScreen else { return .stay }
      return screen.comment()
    }
    return .pick(Picker("To \(line.name)", items: signs + [comment]))
  }

  func comment(_ text: String = "") -> Step {
    if let silence { return .say(Notice(SafeText(silence.sentence + "."))) }
    guard let target = line?.checkIn, let me = block?.group.me else { return .stay }
    let most = CheckInComment.mostCharacters
    return .prompt(
      Prompt(
        "Comment", text: text, preview: { SafeText("\($0.count) of \(most) characters") },
        accept: { [desk, space] screen, typed in
          guard typed.contains(where: { !$0.isWhitespace }) else { return .stay }
          guard typed.count <= most else {
            guard let screen = screen as? GroupScreen else { return .stay }
            return .all([
              .say(Notice("At most \(most) characters.", tone: .warn)), screen.comment(typed),
            ])
          }
          try CheckInWriting.comment(typed, on: target.id, in: space, of: me, desk: desk)
          return .stay
        }))
  }

  /// The comments under the chosen line that the person may take away.
  var removable: [CheckInComment] {
    guard let block, let line, !block.group.isLeft else { return [] }
    let moderates = block.group.role != "member"
    return line.comments.filter { moderates || $0.member == block.group.me }
  }

  func uncomment() throws -> Step {
    let comments = removable
    guard comments.count > 1 else {
      guard let comment = comments.first else { return .stay }
      return try remove(comment)
    }
    return .pick(
      Picker(
        "Delete which comment",
        items: comments.reversed().map { comment in
          Picker.Item(
            SafeText(comment.text), detail: SafeText(block?.group.name(of: comment.member) ?? ""),
            run: { screen in
              guard let screen = screen as? GroupScreen else { return .stay }
              return try screen.remove(comment)
            })
        }))
  }

  private func remove(_ comment: CheckInComment) throws -> Step {
    try CheckInWriting.deleteComment(comment.id, desk: desk)
    return .say(Notice("The comment is deleted. u undoes", tone: .good))
  }

  // MARK: Choosing

  func share() -> Step {
    guard let choice = block?.group.choice else { return .stay }
    let details: [GroupChoice.Sharing: SafeText] = [
      .score: "one figure, nothing else", .answers: "the four answers, mood and energy",
      .note: "all of it, with what you wrote",
    ]
    func mark(_ isOn: Bool) -> String { isOn ? " (now)" : "" }
    var items = GroupChoice.Sharing.allCases.map { sharing in
      Picker.Item(
        SafeText(
          GroupWords.sharing(sharing).sentence
            + mark(sharing == choice.sharing && !choice.isLeftOut)),
        detail: details[sharing] ?? "",
        run: { [desk] _ in
          var choice = choice
          choice.sharing = sharing
          choice.isLeftOut = false
          try CheckInWriting.choose(choice, desk: desk)
          return .say(
            Notice(
              SafeText(
                "From your next post on the group sees \(GroupWords.sharing(sharing)). u undoes"),
              tone: .good))
        })
    }
    items.append(
      Picker.Item(
        SafeText("Nothing, unless I choose this group" + mark(choice.isLeftOut)),
        detail: "posts leave it out",
        run: { [desk] _ in
          var choice = choice
          choice.isLeftOut = true
          try CheckInWriting.choose(choice, desk: desk)
          return .say(Notice("Your posts leave this group out. u undoes", tone: .good))
        }))
    return .pick(Picker("What the group sees of you", items: items))
  }

  func mute() throws -> Step {
    guard var choice = block?.group.choice else { return .stay }
    choice.isMuted.toggle()
    try CheckInWriting.choose(choice, desk: desk)
    return .say(
      Notice(choice.isMuted ? "No more notices of this group." : "Notices of this group again."))
  }
}
