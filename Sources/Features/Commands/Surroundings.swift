internal import Foundation
internal import Glibc

/// What the process was started with.
package enum Surroundings {
  /// The environment as it was at the start.
  package static func environment() -> [String: String] { ProcessInfo.processInfo.environment }

  /// The program's own file; nil where the system does not tell.
  package static func executable() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
    }
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  /// Puts something behind standard streams that came closed, so that no file opened later takes
  /// their numbers and a printed line lands in the database. Each is opened the wrong way round:
  /// reading or writing it fails, as it would have.
  package static func guardStandardStreams() {
    for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }
}

/// Programs that lifeos starts: always by an argument list, never through a shell.
package enum Child {
  /// Starts `arguments` with the standard streams on /dev/null, in a session of its own, and does not
  /// wait. False where it could not be started.
  package static func detach(_ arguments: [String], environment: [String: String]) -> Bool {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in 0...2 as ClosedRange<Int32> {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, newSession)
    return spawn(arguments, environment, &actions, &attributes) != nil
  }

  /// Runs `arguments` on this terminal and waits; the program is looked for in PATH.
  /// Its exit code (128 + signal where one ended it); nil where it could not be started.
  ///
  /// Meanwhile Ctrl-C and Ctrl-\ are the child's alone: an editor uses them, and must not lose the
  /// program that waits for its text.
  package static func run(_ arguments: [String], environment: [String: String]) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var keys = sigset_t()
    sigemptyset(&keys)
    sigaddset(&keys, SIGINT)
    sigaddset(&keys, SIGQUIT)
    posix_spawnattr_setsigdefault(&attributes, &keys)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let (interrupt, quit) = (signal(SIGINT, SIG_IGN), signal(SIGQUIT, SIG_IGN))
    defer {
      signal(SIGINT, interrupt)
      signal(SIGQUIT, quit)
    }
    guard let child = spawn(arguments, environment, &actions, &attributes) else { return nil }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Runs `arguments` on this terminal and gives back what they print, 64 KiB at most; nil where they
  /// could not be started, or failed.
  package static func output(
    of arguments: [String], environment: [String: String]
  ) -> [UInt8]? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let child = spawn(arguments, environment, &actions, &attributes)
    close(ends[1])
    defer { close(ends[0]) }
    guard let child else { return nil }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0, output.count < 1 << 16 else { break }
      output += buffer[..<count]
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    return status == 0 ? output : nil
  }

  /// POSIX_SPAWN_SETSID of glibc, which hides it without _GNU_SOURCE.
  private static let newSession: Int16 = 0x80

  private static func spawn(
    _ arguments: [String], _ environment: [String: String],
    _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
  ) -> pid_t? {
    let argv = arguments.map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, arguments[0], &actions, &attributes, argv, envp)
    return failure == 0 ? child : nil
  }
}
