internal import Kernel
internal import Life
internal import Storage
package import TUI

extension CheckInScreen {
  package static let commands: [Command<CheckInScreen>] = filling + beside + going

  // MARK: - The answers

  private static let filling: [Command<CheckInScreen>] =
    (1...10).map { number in
      let digit = number % 10
      return Command(
        "checkin.score.\(digit)", "Answer \(number)", keys: [String(digit)],
        hint: number == 1 ? "score" : nil, keysLabel: number == 1 ? "1–9 0" : nil,
        help: number == 1
          ? "Answers the next of the four, 1 to 9, and 0 for 10. Alt with the digit changes the area."
          : "The answer \(number).",
        offer: { $0.isFilling || number > 1 ? .yes : .hidden }
      ) { try $0.digit(digit) }
    } + [
      Command(
        "checkin.keep", "Keep last week’s answer", keys: ["<tab>"], hint: "last week’s",
        help: "Takes the dimmed answer and goes on to the next.",
        offer: { $0.isFilling && $0.form.hint != nil ? .yes : .hidden }
      ) { try $0.keepOne() },
      Command(
        "checkin.back", "Back one answer", keys: ["<backspace>"],
        help: "Takes the last answer away.", offer: { $0.form.cells.isEmpty ? .hidden : .yes }
      ) {
        try $0.back()
        return .stay
      },
      Command(
        "checkin.post", "Post", keys: ["<enter>"], hint: "post",
        help: "Writes the check-in, and shows it to the groups as told below the answers.",
        offer: { $0.postOffer }
      ) { try $0.enter() },
      Command(
        "checkin.change", "Answer anew", keys: ["c"], hint: "change",
        help: "Answers the week once more; Tab keeps what is there.",
        offer: { $0.canWrite && !$0.isFilling && !$0.isReady ? .yes : .hidden }
      ) {
        $0.form.isChanging = true
        return .stay
      },
      Command(
        "checkin.clear", "Let go of what was typed", keys: ["<delete>"],
        help: "Back to what stands.", offer: { $0.form.isDirty ? .yes : .hidden }
      ) {
        $0.form.clear()
        try $0.form.keep(in: $0.desk.store)
        try $0.makePlan()
        return .stay
      },
    ]

  private static func writable(_ screen: borrowing CheckInScreen) -> Offer {
    screen.canWrite ? .yes : .no(because: "this week is closed: it can be read, not changed")
  }

  // MARK: - What goes with them

  private static let beside: [Command<CheckInScreen>] = [
    Command(
      "checkin.groups", "Which groups", keys: ["p"], hint: "groups",
      help: "Chooses the groups that this one goes to.",
      offer: {
        if ($0.weeks?.groups ?? []).isEmpty { return .hidden }
        return writable($0)
      }
    ) { $0.pickGroups() },
    Command(
      "checkin.note", "Note", keys: ["n"], hint: "note",
      help: "A few lines about the week. Groups see them only where you said so.",
      offer: { writable($0) }
    ) { .push(CheckInNoteScreen(form: $0.form, readers: $0.noteReaders, desk: $0.desk)) },
    Command(
      "checkin.editor", "Note in your editor", keys: ["E"],
      help: "Opens the note in $VISUAL or $EDITOR.", offer: { writable($0) }
    ) { screen in
      .edit(
        ExternalEdit(text: screen.form.extras.note) { screen, text in
          guard var own = screen as? CheckInScreen else { return .stay }
          own.form.extras.note = JournalTextInput.clean(text)
          try own.makePlan()
          screen = own
          return .stay
        })
    },
    Command(
      "checkin.mood", "Mood", keys: ["m"], help: "A word or an emoji for the week.",
      offer: { writable($0) }
    ) { _ in moodPicker },
    Command(
      "checkin.energy", "Energy", keys: ["e"], help: "How much there was of it, 1 to 5.",
      offer: { writable($0) }
    ) { _ in energyPicker },
    Command(
      "checkin.private", "Private", keys: ["v"],
      help: "For you alone: no group is shown anything of it.", offer: { writable($0) }
    ) {
      $0.form.extras.isPrivate.toggle()
      try $0.makePlan()
      return .stay
    },
    Command(
      "checkin.explain", "Explain", keys: ["x"], hint: "explain",
      help: "Where the score is from, and what is usual for you."
    ) { $0.explain() },
    Command(
      "checkin.delete", "Delete", keys: ["d d"],
      help: "Deletes the week’s check-in, and what groups see of it.",
      offer: { $0.weeks?.own == nil ? .no(because: "there is nothing to delete") : .yes }
    ) { screen in
      try CheckInWriting.delete(week: screen.week.key, of: screen.weeks?.me, desk: screen.desk)
      return .say(Notice("Deleted, also for the groups. u undoes", tone: .good))
    },
    Command(
      "checkin.skip", "Leave the week out", keys: ["s"],
      help: "The week neither counts nor breaks the streak; once more counts it again.",
      offer: {
        $0.form.stored == nil ? .yes : .no(because: "it is answered: that counts already")
      }
    ) { try $0.skip() },
  ]

  // MARK: - Other weeks and screens

  private static let going: [Command<CheckInScreen>] = [
    Command(
      "checkin.move.older", "The week before", keys: ["[", "j", "<down>"], help: "A week back."
    ) {
      try $0.move(to: $0.index + 1)
      return .stay
    },
    Command(
      "checkin.move.newer", "The week after", keys: ["]", "k", "<up>"], help: "A week on."
    ) {
      try $0.move(to: $0.index - 1)
      return .stay
    },
    Command("checkin.move.pageolder", "Weeks back", keys: ["<pagedown>"], help: "12 weeks back.") {
      try $0.move(to: $0.index + 12)
      return .stay
    },
    Command("checkin.move.pagenewer", "Weeks on", keys: ["<pageup>"], help: "12 weeks on.") {
      try $0.move(to: $0.index - 12)
      return .stay
    },
    Command(
      "checkin.move.now", "This week", keys: ["t", "<home>"], help: "Back to this week.",
      offer: { $0.index == 0 ? .hidden : .yes }
    ) {
      try $0.move(to: 0)
      return .stay
    },
    Command(
      "checkin.history", "History", keys: ["h"], hint: "history", help: "All weeks, with notes."
    ) { .push(CheckInHistoryScreen(desk: $0.desk, week: $0.week)) },
    Command(
      "checkin.analytics", "Analytics", keys: ["a"], hint: "analytics",
      help: "What the weeks come to: trends, what is usual for you, streaks, best and hardest."
    ) { .push(CheckInAnalyticsScreen(desk: $0.desk)) },
    Command(
      "checkin.grouplist", "Groups", keys: ["G"], hint: "groups",
      help: "Your groups: make, join, leave; who is in, and what they say."
    ) { .push(GroupsScreen(desk: $0.desk)) },
    Command(
      "checkin.notices", "Notices", keys: ["i"], help: "What is new in your groups."
    ) { .push(NoticesScreen(desk: $0.desk)) },
  ]

  // MARK: - Pickers

  /// Who would see a note: groups by name.
  var noteReaders: [String] {
    form.extras.isPrivate
      ? [] : targets.filter { $0.choice.sharing == .note }.map(\.info.name)
  }

  func pickGroups() -> Step {
    let targets = Set(targets.map(\.space))
    let items = (weeks?.groups ?? []).map { group in
      let isIn = targets.contains(group.space)
      let glyph = isIn ? (desk.preferences.isASCII ? "x" : "✓") : " "
      return Picker.Item(
        SafeText("\(glyph) \(group.info.name)"),
        detail: isIn ? SafeText(GroupWords.sharing(group.choice.sharing)) : "not this time",
        run: { screen in
          guard var own = screen as? CheckInScreen else { return .stay }
          var chosen = Set(own.targets.map(\.space))
          if chosen.remove(group.space) == nil { chosen.insert(group.space) }
          own.chosen = chosen
          try own.makePlan()
          screen = own
          return own.pickGroups()
        })
    }
    return .pick(Picker("This one goes to (Esc when it is right)", items: items))
  }

  private static func set(
    _ change: @escaping (inout CheckInForm.Extras) -> Void
  ) -> (inout any Screen) throws -> Step {
    { screen in
      guard var own = screen as? CheckInScreen else { return .stay }
      change(&own.form.extras)
      try own.makePlan()
      screen = own
      return .stay
    }
  }

  private static var moodPicker: Step {
    let words = (1...5).reversed().compactMap { rank in
      MoodNames.word(rank).map { word in
        Picker.Item(
          SafeText(word), detail: SafeText(MoodNames.emoji(rank) ?? ""),
          run: set { $0.mood = word })
      }
    }
    let own = Picker.Item("a word or emoji of your own") { screen in
      let text = (screen as? CheckInScreen)?.form.extras.mood ?? ""
      return .prompt(
        Prompt("Mood", text: text) { screen, typed in
          let mood = String(JournalTextInput.clean(typed).prefix(CheckInDraft.mostMood))
          return try set { $0.mood = mood }(&screen)
        })
    }
    let none = Picker.Item("none", detail: "says nothing", run: set { $0.mood = "" })
    return .pick(Picker("Mood", items: words + [own, none]))
  }

  private static var energyPicker: Step {
    let words = ["none", "little", "some", "plenty", "full of it"]
    let items = (1...5).reversed().map { energy in
      Picker.Item(
        SafeText(String(energy)), detail: SafeText(words[energy - 1]),
        run: set { $0.energy = energy })
    }
    let none = Picker.Item("–", detail: "says nothing", run: set { $0.energy = nil })
    return .pick(Picker("Energy", items: items + [none]))
  }

  // MARK: - Words

  func explain() -> Step {
    let rule = ScoreRule.hucares
    var text = ScoreWords.formula(rule)
    if let scores = form.scores {
      let all = scores.all.map(String.init)
      text =
        "\(ScoreWords.text(rule.score(scores), by: rule)) = \(all[0]) + \(all[1]) + \(all[2]) − "
        + all[3]
    }
    var details = [
      ScoreWords.explanationLine(rule),
      "A score is \(ScoreWords.possible(rule)); four equal answers make twice one of them.",
    ]
    if let baseline = weeks?.analysis.baseline(before: week) {
      details.append(
        "\(baseline.sentence.sentence): the middle half of the 12 weeks before. Compare with that, "
          + "not with others.")
    }
    return .ask(
      Question(
        SafeText(text), detail: SafeText(details.joined(separator: " ")),
        answers: [.init("c", "Close")]))
  }

  mutating func skip() throws -> Step {
    let week = Week(of: week.first)
    if weeks?.analysis.skipReason(self.week) != nil {
      try CheckInWriting.skip(week, reason: nil, desk: desk)
      return .say(Notice("The week counts again. u undoes", tone: .good))
    }
    return .prompt(
      Prompt("Leave week \(week.number) out because of", text: "") { [desk] _, reason in
        let reason = JournalTextInput.clean(reason)
        try CheckInWriting.skip(week, reason: reason, desk: desk)
        return .say(
          Notice("Week \(week.number) neither counts nor breaks. u undoes", tone: .good))
      })
  }
}
