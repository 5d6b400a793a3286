internal import CCrypt

/// bcrypt by libxcrypt, in its `$2b$12$…` form. Takes 0.3 s of a processor at cost 12.
enum Bcrypt {
  /// nil where libxcrypt refuses.
  static func hash(_ password: String, cost: Int) -> String? {
    let salt = Secrets.random(16).map { CChar(bitPattern: $0) }
    var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
    guard
      crypt_gensalt_rn("$2b$", UInt(max(4, cost)), salt, 16, &setting, CInt(setting.count)) != nil
    else { return nil }
    return hashed(password, setting)
  }

  /// In constant time beside the hashing itself.
  static func matches(_ password: String, _ hash: String) -> Bool {
    guard let again = hashed(password, Array(hash.utf8CString)) else { return false }
    guard again.utf8.count == hash.utf8.count else { return false }
    return zip(again.utf8, hash.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Costs what a comparison costs, for accounts that do not exist.
  static func waste(_ password: String, cost: Int) {
    let rounds = max(4, cost)
    let setting = "$2b$\(rounds < 10 ? "0" : "")\(rounds)$" + String(repeating: ".", count: 22)
    _ = hashed(password, Array(setting.utf8CString))
  }

  /// `crypt_data` is 32 KiB: zeroed scratch memory, not a Swift value.
  private static func hashed(_ password: String, _ setting: [CChar]) -> String? {
    withUnsafeTemporaryAllocation(byteCount: MemoryLayout<crypt_data>.size, alignment: 16) {
      scratch in
      scratch.initializeMemory(as: UInt8.self, repeating: 0)
      defer { scratch.initializeMemory(as: UInt8.self, repeating: 0) }
      guard let out = crypt_rn(password, setting, scratch.baseAddress, CInt(scratch.count)) else {
        return nil
      }
      return String(cString: out)
    }
  }
}
