package import Kernel

extension Store {
  /// The id of a row with a natural key: UUIDv8(HMAC-SHA-256(space seed, key)); the key begins with
  /// the kind's name, its parts joined by `|`.
  package func derivedID(_ kind: Kind, _ key: String...) -> EntryID {
    Digest.derivedID(kind, key)
  }
}
