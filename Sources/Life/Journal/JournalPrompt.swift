package import Kernel

/// A question to write from, or a template to begin with: a person's own, or their version of a
/// built-in one.
package struct JournalPrompt: Entry {
  package static let kind: Kind = "prompt"
  package static let fields: [Field] = [
    Field("role", .text), Field("type", .text), Field("section", .text), Field("title", .text),
    Field("text", .text, isLong: true), Field("position", .text), Field("active", .flag),
    Field("builtin", .text),
  ]

  package enum Role: String, CaseIterable, Sendable { case prompt, template }

  package let id: EntryID
  /// Raw; see `role`.
  package var roleName: String
  /// The entry type that it is for, raw; see `JournalType`.
  package var typeName: String
  /// The field that it is for; nil for all of the type.
  package var section: String?
  /// A template's name.
  package var title: String
  package var text: String
  /// An order key among its kind; compared as text.
  package var position: String
  /// False for one that is put away.
  package var isActive: Bool
  /// The key of the built-in one that it stands in for; its id is then derived from that key.
  package var builtin: String?

  package init(
    id: EntryID, role: Role, type: JournalType, section: String? = nil, title: String = "",
    text: String, position: String = "", isActive: Bool = true, builtin: String? = nil
  ) {
    self.id = id
    roleName = role.rawValue
    typeName = type.rawValue
    self.section = section
    self.title = title
    self.text = text
    self.position = position
    self.isActive = isActive
    self.builtin = builtin
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    roleName = values[0].text ?? Role.prompt.rawValue
    typeName = values[1].text ?? JournalType.note.rawValue
    section = values[2].text
    title = values[3].text ?? ""
    text = values[4].text ?? ""
    position = values[5].text ?? ""
    isActive = values[6].flag ?? true
    builtin = values[7].text
  }

  package var values: [Value] {
    func text(_ text: String?) -> Value { text.map { $0.isEmpty ? .null : .text($0) } ?? .null }
    return [
      .text(roleName), .text(typeName), text(section), text(title), text(self.text),
      text(position), isActive ? .null : .flag(false), text(builtin),
    ]
  }

  /// nil for a role that this lifeos does not know.
  package var role: Role? { Role(rawValue: roleName) }
  /// nil for a type that this lifeos does not know.
  package var type: JournalType? { JournalType(rawValue: typeName) }
}
