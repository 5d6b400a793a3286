internal import Glibc

/// A value that threads share, and on whose changes they can wait.
final class Monitor<State>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var state: State

  init(_ state: State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Changes the value, and wakes who waits.
  func change<T>(_ body: (inout State) -> T) -> T {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return body(&state)
  }

  /// Looks at the value.
  func look<T>(_ body: (State) -> T) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(state)
  }

  /// Waits until `body` has an answer. It is asked at once, after each change, and when the time is
  /// over that it names: milliseconds from now, nil for as long as it takes.
  func wait<T>(_ body: (inout State) -> Waited<T>) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      switch body(&state) {
      case .over(let answer): return answer
      case .again(nil): pthread_cond_wait(condition, mutex)
      case .again(let milliseconds?):
        var end = timespec()
        clock_gettime(CLOCK_MONOTONIC, &end)
        let nanoseconds = end.tv_nsec + Int(milliseconds % 1000) * 1_000_000
        end.tv_sec += Int(milliseconds / 1000) + nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        pthread_cond_timedwait(condition, mutex, &end)
      }
    }
  }
}

/// What waiting has come to.
enum Waited<T> {
  case over(T)
  case again(within: Int64?)
}

/// A thread of its own for blocking work.
enum Thread {
  /// Starts `body`; false where the system gives no thread.
  @discardableResult
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let errand = Unmanaged.passRetained(Errand(body))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Errand>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, errand.toOpaque())
    guard failure == 0 else {
      errand.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Errand {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}

/// Work that is done on another thread meanwhile.
final class Ahead<Value: Sendable>: Sendable {
  private let result = Monitor<Result<Value, any Error>?>(nil)

  init(_ body: @escaping @Sendable () throws -> Value) {
    let started = Thread.start { [result] in
      let value = Result { try body() }
      result.change { $0 = value }
    }
    if !started {
      let value = Result { try body() }
      result.change { $0 = value }
    }
  }

  /// Waits for it.
  func value() throws -> Value {
    try result.wait { $0.map { Waited.over($0) } ?? .again(within: nil) }.get()
  }
}

/// The system's clocks, in milliseconds.
enum Uptime {
  /// Runs while the machine sleeps, too.
  static var always: Int64 { read(CLOCK_BOOTTIME) }
  /// Stands still while the machine sleeps.
  static var awake: Int64 { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
