#if Server
  internal import Synchronization
  internal import Wire

  /// How often who may ask: token buckets in memory. A bucket holds a minute's worth (of what
  /// concerns groups an hour's) and fills evenly.
  ///
  /// Bounded: where there are too many, full buckets go first, as they say nothing.
  final class TokenBuckets: Sendable {
    /// What is counted.
    enum Purpose: Hashable, Sendable {
      case user, sync, guest, passwordByAddress, passwordByAccount, refreshByToken, refreshByAddress
      case groupMaking, groupJoining, groupJoiningByAddress

      /// How long a bucket takes to fill, in milliseconds.
      var window: Double {
        switch self {
        case .groupMaking, .groupJoining, .groupJoiningByAddress: 3_600_000
        default: 60_000
        }
      }
    }

    private struct Key: Hashable {
      let purpose: Purpose
      let subject: String
    }

    private struct Bucket {
      var tokens: Double
      var at: Int64
    }

    private let limits: ServerLimits
    private let milliseconds: @Sendable () -> Int64
    private let buckets = Mutex<[Key: Bucket]>([:])
    private static let mostBuckets = 50_000

    /// `milliseconds` is a clock that never goes back.
    init(_ limits: ServerLimits, milliseconds: @escaping @Sendable () -> Int64) {
      self.limits = limits
      self.milliseconds = milliseconds
    }

    /// Counts one request; throws 429 with the seconds to wait where there were too many.
    func take(_ purpose: Purpose, _ subject: String) throws(APIError) {
      let most = Double(rate(purpose))
      guard most > 0 else { return }
      let (now, window) = (milliseconds(), purpose.window)
      let wait: Double? = buckets.withLock { buckets in
        let key = Key(purpose: purpose, subject: subject)
        if buckets[key] == nil, buckets.count >= Self.mostBuckets { sweep(&buckets, now) }
        var bucket = buckets[key] ?? Bucket(tokens: most, at: now)
        bucket.tokens = min(most, bucket.tokens + Double(now - bucket.at) * most / window)
        bucket.at = now
        let isEnough = bucket.tokens >= 1
        if isEnough { bucket.tokens -= 1 }
        buckets[key] = bucket
        return isEnough ? nil : (1 - bucket.tokens) * window / 1_000 / most
      }
      guard let wait else { return }
      throw APIError(
        status: 429, code: .rateLimited, message: "That was too often. Try again in a while.",
        retryAfter: max(1, Int(wait.rounded(.up))))
    }

    /// How many buckets there are.
    var count: Int { buckets.withLock { $0.count } }

    private func rate(_ purpose: Purpose) -> Int {
      switch purpose {
      case .user: limits.userRequests
      case .sync: limits.syncRequests
      case .guest: limits.guestRequests
      case .passwordByAddress, .passwordByAccount: limits.passwordAttempts
      case .refreshByToken: limits.refreshes
      case .refreshByAddress: limits.refreshes * 10
      case .groupMaking: limits.groupsMade
      case .groupJoining: limits.groupJoins
      case .groupJoiningByAddress: limits.groupJoins * 10
      }
    }

    /// Removes buckets that have filled up again, and where that is not enough, half of the rest.
    private func sweep(_ buckets: inout [Key: Bucket], _ now: Int64) {
      buckets = buckets.filter { key, bucket in
        let most = Double(rate(key.purpose))
        return bucket.tokens + Double(now - bucket.at) * most / key.purpose.window < most
      }
      guard buckets.count >= Self.mostBuckets else { return }
      let newest = buckets.sorted { $0.value.at > $1.value.at }.prefix(Self.mostBuckets / 2)
      buckets = Dictionary(uniqueKeysWithValues: newest.map { ($0.key, $0.value) })
    }
  }
#endif
