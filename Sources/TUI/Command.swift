/// One thing that a screen can do: the single source of keys, footer hints, `?` help, palette and manual.
package struct Command<Owner>: Sendable {
  /// Stable and unique, such as `journal.new`: what a keymap names.
  package let id: String
  /// Two or three words for palette and help: "New entry".
  package let title: String
  /// One word for the footer; nil keeps the command out of it.
  package let hint: String?
  /// What the footer shows in place of the first key, where several commands are one to people:
  /// `1–9 0`; nil for the key.
  package let keysLabel: String?
  /// A sentence for the help and the manual.
  package let help: String
  /// The default keys, as a keymap writes them: `["n", "g n", "C-d", "<enter>"]`.
  package let keys: [String]
  package let offer: @Sendable (borrowing Owner) -> Offer
  package let run: @Sendable (inout Owner) throws -> Step

  package init(
    _ id: String, _ title: String, keys: [String], hint: String? = nil,
    keysLabel: String? = nil, help: String,
    offer: @escaping @Sendable (borrowing Owner) -> Offer = { _ in .yes },
    run: @escaping @Sendable (inout Owner) throws -> Step
  ) {
    self.id = id
    self.title = title
    self.hint = hint
    self.keysLabel = keysLabel
    self.help = help
    self.keys = keys
    self.offer = offer
    self.run = run
  }
}

/// Whether a command can run now.
package enum Offer: Equatable, Sendable {
  case yes
  /// Shown, but not runnable; the sentence says why.
  case no(because: String)
  case hidden
}
