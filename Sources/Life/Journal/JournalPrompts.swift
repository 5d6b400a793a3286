package import Kernel

/// A prompt or template as it is offered: built in, a person's own, or a built-in one in their words.
package struct OfferedPrompt: Equatable, Sendable {
  /// The built-in key, or the own row's id as text: what "next" and "edit" name it by.
  package let key: String
  package let role: JournalPrompt.Role
  package let type: JournalType
  package let section: String?
  package let title: String
  package let text: String
  /// The row that holds it; nil for one that is built in and untouched.
  package let own: EntryID?

  /// One that is not kept yet has an empty key.
  package init(
    key: String = "", role: JournalPrompt.Role, type: JournalType, section: String?,
    title: String = "", text: String, own: EntryID? = nil
  ) {
    self.key = key
    self.role = role
    self.type = type
    self.section = section
    self.title = title
    self.text = text
    self.own = own
  }
}

/// The questions and templates that are offered: built-in ones first, then a person's own.
package enum JournalPrompts {
  /// All that stand, with `own` rows added, put in place of built-in ones, or put away.
  package static func offered(own: [JournalPrompt]) -> [OfferedPrompt] {
    var stands: [String: JournalPrompt] = [:]
    var added: [JournalPrompt] = []
    for row in own {
      if let key = row.builtin { stands[key] = row } else { added.append(row) }
    }
    added.sort { ($0.position, $0.id) < ($1.position, $1.id) }
    let builtIn = (BuiltInPrompts.all + BuiltInTemplates.all).compactMap {
      offer -> OfferedPrompt? in
      guard let row = stands[offer.key] else { return offer }
      guard row.isActive else { return nil }
      return OfferedPrompt(
        key: offer.key, role: offer.role, type: offer.type, section: offer.section,
        title: row.title.isEmpty ? offer.title : row.title, text: row.text, own: row.id)
    }
    let others = added.compactMap { row -> OfferedPrompt? in
      guard row.isActive, let role = row.role, let type = row.type else { return nil }
      return OfferedPrompt(
        key: row.id.description, role: role, type: type, section: row.section, title: row.title,
        text: row.text, own: row.id)
    }
    return builtIn + others
  }

  /// The prompts for one section of a type (nil: for the type as a whole).
  package static func prompts(
    for type: JournalType, section: String?, of offered: [OfferedPrompt]
  ) -> [OfferedPrompt] {
    offered.filter { $0.role == .prompt && $0.type == type && $0.section == section }
  }

  /// The prompt of `day`: the same all day, another tomorrow, each once before any comes again.
  /// `skipping` gives the ones after it, for "another one". nil where there are none.
  package static func prompt(
    for type: JournalType, section: String?, on day: Day, skipping: Int = 0,
    of offered: [OfferedPrompt]
  ) -> OfferedPrompt? {
    let choices = prompts(for: type, section: section, of: offered)
    guard !choices.isEmpty else { return nil }
    // sections start at different places, so that their first prompts do not come together
    let shift = (section ?? "").utf8.reduce(0) { ($0 * 31 + Int($1)) % 1009 }
    let turn = type == .review ? (day.number + 3) / 7 : day.number
    let count = choices.count
    return choices[((turn + shift + skipping) % count + count) % count]
  }

  /// The templates for a type.
  package static func templates(
    for type: JournalType, of offered: [OfferedPrompt]
  ) -> [OfferedPrompt] {
    offered.filter { $0.role == .template && $0.type == type }
  }
}
