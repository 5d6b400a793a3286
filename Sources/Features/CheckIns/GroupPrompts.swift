internal import Kernel
internal import Life
internal import TUI

/// The questions of making, joining and changing a group: a line or a short list each.
struct GroupPrompts {
  let desk: Desk

  // MARK: Making

  /// The form with which making a group begins: weekly, in the person's own zone.
  func freshForm() -> GroupForm { GroupForm(name: "", zone: desk.world.zone().name) }

  func make(_ form: GroupForm) -> Step {
    .prompt(
      Prompt(
        "Name of the new group", text: form.name, preview: Self.namePreview,
        accept: { _, typed in
          var form = form
          form.name = typed.trimmed
          if let flaw = Self.flaw(ofName: form.name) { return again(flaw, make(form)) }
          return askFrequency { _, frequency in
            form.frequency = frequency.rawValue
            return askZone(form.zone) { _, zone in
              form.zone = zone
              return try send(form)
            }
          }
        }))
  }

  private func send(_ form: GroupForm) throws -> Step {
    try desk.ask("Making the group") { door in
      do {
        let space = try door.make(form)
        return .entered(space, "\(form.name) is made. I invites by name, K shows the code to join.")
      } catch {
        return .notMade(form, Words.of(error))
      }
    }
  }

  // MARK: Joining

  func join() -> Step {
    .prompt(
      Prompt(
        "Code of the group", preview: Self.codePreview,
        accept: { _, typed in
          guard Self.code(typed) != nil else {
            return again("A code has 6 to 10 letters and digits.", join())
          }
          return try desk.ask("Joining") { door in
            .entered(try door.join(typed), "You are in. Nothing is shown there until you post.")
          }
        }))
  }

  /// The code without what does not count; nil for what is none.
  static func code(_ typed: String) -> String? {
    let kept = typed.uppercased().filter { !$0.isWhitespace && $0 != "-" }
    let isCode = kept.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    return isCode && (6...10).contains(kept.utf8.count) ? kept : nil
  }

  private static func codePreview(_ typed: String) -> SafeText {
    guard !typed.isEmpty else { return "8 letters and digits; whoever is in the group has it" }
    return code(typed).map { SafeText($0) } ?? "6 to 10 letters and digits"
  }

  // MARK: Parts

  func askName(_ now: String, then: @escaping (String) throws -> Step) -> Step {
    .prompt(
      Prompt(
        "Name", text: now, preview: Self.namePreview,
        accept: { _, typed in
          let name = typed.trimmed
          if let flaw = Self.flaw(ofName: name) { return again(flaw, askName(name, then: then)) }
          return try then(name)
        }))
  }

  func askAbout(_ now: String, then: @escaping (String) throws -> Step) -> Step {
    .prompt(
      Prompt(
        "What it is about", text: now, preview: { SafeText("\($0.count) of 500 characters") },
        accept: { _, typed in
          guard typed.count <= 500 else {
            return again("At most 500 characters.", askAbout(typed, then: then))
          }
          return try then(typed.trimmed)
        }))
  }

  func askFrequency(then: @escaping (inout any Screen, Frequency) throws -> Step) -> Step {
    let items: [(Frequency, SafeText)] = [
      (.weekly, "Monday to Sunday, as most groups do"), (.daily, "a short look at each day"),
      (.biweekly, "two weeks from a Monday on"),
    ]
    return .pick(
      Picker(
        "How often",
        items: items.map { frequency, detail in
          Picker.Item(
            SafeText(GroupWords.often(frequency).sentence), detail: detail,
            run: { try then(&$0, frequency) })
        }))
  }

  func askZone(
    _ now: String, then: @escaping (inout any Screen, String) throws -> Step
  ) -> Step {
    .prompt(
      Prompt(
        "Zone in which its days begin", text: now,
        preview: { [world = desk.world] typed in
          guard let zone = Zone(named: typed.trimmed) else {
            return "a name like Europe/Berlin or UTC"
          }
          let civil = zone.civil(world.now())
          return SafeText("there it is \(Dates.short(civil.day)) \(civil.clock)")
        },
        accept: { screen, typed in
          guard Zone(named: typed.trimmed) != nil else {
            return again("This machine knows no such zone.", askZone(typed, then: then))
          }
          return try then(&screen, typed.trimmed)
        }))
  }

  func askMost(_ now: Int, present: Int, then: @escaping (Int) throws -> Step) -> Step {
    .prompt(
      Prompt(
        "Most members", text: "\(now)", preview: { _ in SafeText("\(max(2, present)) to 50") },
        accept: { _, typed in
          guard let most = Int(typed.trimmed), (max(2, present)...50).contains(most) else {
            return again(
              "A number from \(max(2, present)) to 50.", askMost(now, present: present, then: then))
          }
          return try then(most)
        }))
  }

  func askRule(then: @escaping (ScoreRule) throws -> Step) -> Step {
    .pick(
      Picker(
        "How scores are made",
        items: ScoreRule.allCases.map { rule in
          Picker.Item(
            SafeText(GroupWords.rule(rule).sentence),
            detail: SafeText(
              "\(ScoreWords.text(rule.range.lowerBound, by: rule)) to "
                + ScoreWords.text(rule.range.upperBound, by: rule)),
            run: { _ in try then(rule) })
        }))
  }

  func askUser(in group: SafeText, then: @escaping (String) throws -> Step) -> Step {
    .prompt(
      Prompt(
        "Invite", preview: { _ in SafeText("a user name on your server, into \(group)") },
        accept: { _, typed in
          let user = typed.trimmed
          guard !user.isEmpty else {
            return again("A user name is needed.", askUser(in: group, then: then))
          }
          return try then(user)
        }))
  }

  // MARK: Flaws

  private func again(_ words: String, _ step: Step) -> Step {
    .all([.say(Notice(SafeText(words), tone: .warn)), step])
  }

  private static func flaw(ofName name: String) -> String? {
    (3...100).contains(name.count) ? nil : "A name has 3 to 100 characters."
  }

  private static func namePreview(_ typed: String) -> SafeText {
    let name = typed.trimmed
    if name.isEmpty { return "3 to 100 characters; all members see it" }
    return flaw(ofName: name) == nil ? "all members see it" : "3 to 100 characters"
  }
}

extension String {
  /// Without white space at both ends.
  fileprivate var trimmed: String {
    let text = drop { $0.isWhitespace }
    guard let end = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(text[...end])
  }
}
