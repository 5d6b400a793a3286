internal import Dispatch
internal import Foundation
internal import Glibc
package import TestKit

/// The real lifeosd, with a data folder of its own, on a port of 127.0.0.1.
package final class ServerProgram: @unchecked Sendable {
  package let folder: TemporaryFolder
  package private(set) var port: UInt16 = 0
  private var pid: pid_t = 0
  /// What it writes goes on having a reader.
  private var output: Int32 = -1
  private let queue = DispatchQueue(label: "server")
  private let extra: [String: String]
  private let arguments: [String]
  private let diskSize: String?
  /// What it said about itself since it was last started, until it listened.
  package private(set) var said = ""

  /// `extra` goes into its environment beside what makes it quick: cheap passwords, high limits.
  /// `arguments` are those of `serve`, `port` the one to listen on; 0 takes a free one. With a
  /// `diskSize` the data lies on a disk of its own, which only this process sees and which is gone
  /// with it; that needs the right to mount.
  package init(
    _ extra: [String: String] = [:], _ arguments: [String] = [], port: UInt16 = 0,
    diskSize: String? = nil
  ) {
    folder = TemporaryFolder()
    self.extra = extra
    self.arguments = arguments
    self.diskSize = diskSize
    self.port = port
    if diskSize != nil { mkdir(data, 0o700) }
  }

  deinit {
    if pid > 0 { end(SIGKILL) }
    if output >= 0 { close(output) }
  }

  package var data: String { folder.file("data") }
  package var url: String {
    (arguments.contains("--self-signed") ? "https" : "http") + "://127.0.0.1:\(port)"
  }

  /// All that the program gets of its environment.
  package func environment() -> [String: String] {
    [
      "LIFEOSD_TEST_BCRYPT_COST": "4", "LIFEOSD_LIMIT_AUTH": "0", "LIFEOSD_LIMIT_GUEST": "0",
      "LIFEOSD_LIMIT_USER": "0", "LIFEOSD_LIMIT_SYNC": "0", "LIFEOSD_LIMIT_REFRESH": "0",
      "LIFEOSD_LIMIT_CONNECTIONS": "0", "LIFEOSD_LIMIT_GROUP_MAKE": "0",
      "LIFEOSD_LIMIT_GROUP_JOIN": "0", "TZ": "UTC", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
      "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no",
    ].merging(extra) { $1 }
  }

  /// Starts it, on the port it had before where it had one; returns when it listens. `once` goes into
  /// the environment this time alone.
  package func start(_ once: [String: String] = [:]) async throws {
    try await onQueue { [self] in try launch(once) }
  }

  /// Gives the disk of its own another size.
  package func resizeDisk(_ size: String) async throws {
    try await onQueue { [self] in
      let resize = Process()
      resize.executableURL = URL(fileURLWithPath: "/usr/bin/nsenter")
      resize.arguments = ["-t", "\(pid)", "-m", "mount", "-o", "remount,size=\(size)", data]
      try resize.run()
      resize.waitUntilExit()
      guard resize.terminationStatus == 0 else { throw TimedOut(description: "no other size") }
    }
  }

  /// Ends it: `SIGKILL` at once, `SIGTERM` in good order. Returns its exit code, or minus the signal.
  @discardableResult
  package func stop(_ signal: Int32 = SIGTERM) async throws -> Int32 {
    try await onQueue { [self] in end(signal) }
  }

  /// Waits until it has ended by itself; returns its exit code, or minus the signal.
  package func death() async throws -> Int32 {
    try await onQueue { [self] in
      guard pid > 0 else { return 0 }
      var status: Int32 = 0
      let limit = ContinuousClock.now + .seconds(60)
      while waitpid(pid, &status, WNOHANG) != pid {
        guard ContinuousClock.now < limit else { return end(SIGKILL) }
        poll(nil, 0, 10)
      }
      pid = 0
      return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
    }
  }

  /// Runs another command of it on the same data, to its end.
  package func run(_ arguments: String...) async throws -> (code: Int32, output: String) {
    try await onQueue { [self] in
      let out = folder.file("run-\(UUID().uuidString)")
      let file = Glibc.open(out, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      defer { close(file) }
      let child = try spawn(arguments + ["--data", data], output: file)
      var status: Int32 = 0
      while waitpid(child, &status, 0) == -1, errno == EINTR {}
      let text = FileManager.default.contents(atPath: out).map {
        String(decoding: $0, as: UTF8.self)
      }
      return (status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F), text ?? "")
    }
  }

  /// What it wrote to standard error since it was first started.
  package var log: String {
    FileManager.default.contents(atPath: folder.file("log")).map {
      String(decoding: $0, as: UTF8.self)
    } ?? ""
  }

  private func launch(_ once: [String: String]) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw TimedOut(description: "no pipe") }
    if output >= 0 { close(output) }
    output = ends[0]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    pid = try spawn(
      ["serve", "--data", data, "--listen", "127.0.0.1:\(port)"] + arguments, output: ends[1],
      once: once, diskSize: diskSize)
    close(ends[1])
    var text = ""
    var ready = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    while poll(&ready, 1, 60_000) > 0 {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = read(ends[0], &buffer, buffer.count)
      guard count > 0 else { break }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      if let found = text.firstMatch(of: /listening on https?:\/\/127\.0\.0\.1:([0-9]+)\s/),
        let port = UInt16(found.1)
      {
        self.port = port
        said = text
        return
      }
    }
    end(SIGKILL)
    throw TimedOut(description: "lifeosd does not listen:\n\(text)\n\(log)")
  }

  private func spawn(
    _ arguments: [String], output: Int32, once: [String: String] = [:], diskSize: String? = nil
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(
      &actions, 2, folder.file("log"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var command = [builtProduct("lifeosd")] + arguments
    if let diskSize {
      let mount = "mount -t tmpfs -o mode=700,size=\(diskSize) tmpfs '\(data)' && exec \"$@\""
      command = ["/usr/bin/unshare", "-m", "/bin/sh", "-c", mount, "sh"] + command
    }
    let path = command[0]
    let argv = command.map { strdup($0) } + [nil]
    let envp =
      environment().merging(once, uniquingKeysWith: { $1 }).map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, path, &actions, nil, argv, envp)
    guard failure == 0 else { throw TimedOut(description: "can't start \(path): \(failure)") }
    return child
  }

  @discardableResult
  private func end(_ signal: Int32) -> Int32 {
    guard pid > 0 else { return 0 }
    kill(pid, signal)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    pid = 0
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  private func onQueue<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }
}
