internal import Synchronization

/// How many connections each address has open.
final class ConnectionCount: Sendable {
  private let most: Int
  private let counts = Mutex<[String: Int]>([:])

  /// 0 for any number.
  init(most: Int) { self.most = most }

  /// Counts one more. False where that is one too many; it counts until it is closed all the same.
  func open(_ customer: String) -> Bool {
    counts.withLock { counts in
      let count = (counts[customer] ?? 0) + 1
      counts[customer] = count
      return most == 0 || count <= most
    }
  }

  func close(_ customer: String) {
    counts.withLock { counts in
      let left = (counts[customer] ?? 1) - 1
      counts[customer] = left > 0 ? left : nil
    }
  }
}
