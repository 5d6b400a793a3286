internal import Crypto
internal import Kernel

/// What only the server knows: the keys of access tokens, and the secret from which renewed refresh
/// tokens are derived. Kept in one file, 0600, made on the first start.
package struct Secrets: Sendable {
  /// A key of access tokens, named by the `kid` that they carry.
  struct Key: Sendable {
    let id: String
    let bytes: [UInt8]
  }

  /// The newest first, which signs; the one before it still verifies.
  let keys: [Key]
  let successor: SymmetricKey
  private let successorBytes: [UInt8]

  /// The file's name in the data folder.
  package static let fileName = "secrets"
  private static let title = "# The secrets of this lifeosd: who has them can act as anybody here."

  /// Reads the secrets in `folder`, or makes them. Throws `ServerError`.
  package init(folder: String) throws {
    try DataFiles.makePrivateFolder(folder)
    let path = folder + "/" + Self.fileName
    if let bytes = try DataFiles.privateBytes(path, most: 1 << 16) {
      try self.init(text: String(decoding: bytes, as: UTF8.self), path: path)
      return
    }
    let fresh = Secrets(keys: [Self.newKey()], successor: Self.random(32))
    if try DataFiles.write(Array(fresh.text.utf8), to: path, replacing: false) {
      self = fresh
    } else {
      // Another process was quicker: its secrets count.
      guard let bytes = try DataFiles.privateBytes(path, most: 1 << 16) else {
        throw ServerError.noSuchFile(path: path)
      }
      try self.init(text: String(decoding: bytes, as: UTF8.self), path: path)
    }
  }

  /// Makes a new key for access tokens; the one before stays valid until the next time. Counts from
  /// the server's next start. Throws `ServerError`.
  package static func rotate(in folder: String) throws {
    let old = try Secrets(folder: folder)
    let new = Secrets(
      keys: [newKey()] + old.keys.prefix(1), successor: old.successorBytes)
    _ = try DataFiles.write(Array(new.text.utf8), to: folder + "/" + fileName, replacing: true)
  }

  private init(keys: [Key], successor: [UInt8]) {
    self.keys = keys
    successorBytes = successor
    self.successor = SymmetricKey(data: successor)
  }

  private init(text: String, path: String) throws(ServerError) {
    var keys: [Key] = []
    var successor: [UInt8]?
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      if words.count == 3, words[0] == "token", let bytes = Hexadecimal.bytes(words[2]),
        bytes.count == 32
      {
        keys.append(Key(id: String(words[1]), bytes: bytes))
      } else if words.count == 2, words[0] == "successor" {
        successor = Hexadecimal.bytes(words[1])
      } else {
        throw .damaged(path: path)
      }
    }
    guard let successor, successor.count == 32, !keys.isEmpty else { throw .damaged(path: path) }
    self.init(keys: keys, successor: successor)
  }

  private var text: String {
    let tokens = keys.map { "token \($0.id) \(Hexadecimal.text($0.bytes))\n" }.joined()
    return "\(Self.title)\n\(tokens)successor \(Hexadecimal.text(successorBytes))\n"
  }

  private static func newKey() -> Key {
    Key(id: Hexadecimal.text(random(8)), bytes: random(32))
  }

  /// From the system's source, whatever a test's world says: a secret is never to be guessed.
  static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
