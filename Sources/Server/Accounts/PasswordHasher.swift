internal import Dispatch
internal import Glibc
internal import Synchronization
internal import Wire

/// The few threads that hash passwords: never the event loop, never Swift's own pool. Who comes when
/// the line is full is told to come back.
final class PasswordHasher: Sendable {
  private enum Work: Sendable {
    case run(@Sendable () -> Void)
    case end
  }

  /// Shared with the threads, which outlive nobody: they end with the hasher.
  private final class Line: Sendable {
    let waiting = Mutex<[Work]>([])
    let count = DispatchSemaphore(value: 0)

    func add(_ work: Work, most: Int) -> Bool {
      let fits = waiting.withLock { waiting in
        guard waiting.count < most else { return false }
        waiting.append(work)
        return true
      }
      if fits { count.signal() }
      return fits
    }

    func work() {
      // Hashing yields to requests that are quick.
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
      while true {
        count.wait()
        switch waiting.withLock({ $0.removeFirst() }) {
        case .run(let body): body()
        case .end: return
        }
      }
    }
  }

  private let cost: Int
  private let most: Int
  private let threads: Int
  private let line = Line()

  init(cost: Int, threads: Int, mostWaiting most: Int) {
    self.cost = cost
    self.most = most
    self.threads = max(1, threads)
    for _ in 0..<self.threads { Self.start(line) }
  }

  deinit {
    for _ in 0..<threads { _ = line.add(.end, most: .max) }
  }

  /// The password's hash. 503 where too many wait, 500 where libxcrypt refuses.
  func hash(_ password: String) async throws(APIError) -> String {
    let cost = cost
    guard let hash = try await run({ Bcrypt.hash(password, cost: cost) }) else {
      throw APIError(
        status: 500, code: .internalError, message: "The password could not be hashed.")
    }
    return hash
  }

  /// Whether `hash` is the password's. Without a hash it takes as long, and is false.
  func matches(_ password: String, _ hash: String?) async throws(APIError) -> Bool {
    let cost = cost
    return try await run {
      guard let hash, Credentials.canBeHashed(password) else {
        Bcrypt.waste(password, cost: cost)
        return false
      }
      return Bcrypt.matches(password, hash)
    }
  }

  private func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async throws(APIError) -> T {
    let most = most
    let line = line
    let value: T? = await withCheckedContinuation { continuation in
      let fits = line.add(.run { continuation.resume(returning: body()) }, most: most)
      if !fits { continuation.resume(returning: nil) }
    }
    guard let value else {
      throw APIError(
        status: 503, code: .unavailable, message: "Too many people sign in at once.",
        retryAfter: 5)
    }
    return value
  }

  private static func start(_ line: Line) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(line)
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Line>.fromOpaque(argument).takeRetainedValue().work()
        return nil
      }, box.toOpaque())
    guard failure == 0 else {
      box.release()
      preconditionFailure("a process can start a thread")
    }
    pthread_detach(thread)
  }
}
