package import Kernel

/// A tag on an entry of any kind: one row a target and tag, so that two devices' tags never collide.
/// Its id is derived from target and name.
package struct Tagging: Entry {
  package static let kind: Kind = "tagging"
  package static let fields: [Field] = [
    Field("target", .text), Field("kind", .text), Field("name", .text),
  ]

  package let id: EntryID
  package var target: EntryID
  /// The target's kind.
  package var targetKind: String
  /// In lower case, without its sign.
  package var name: String

  package init(id: EntryID, target: EntryID, targetKind: Kind, name: String) {
    self.id = id
    self.target = target
    self.targetKind = targetKind.name
    self.name = name
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    target = values[0].text.flatMap { EntryID($0) } ?? id
    targetKind = values[1].text ?? ""
    name = values[2].text ?? ""
  }

  package var values: [Value] {
    [.text(target.description), .text(targetKind), .text(name)]
  }
}
