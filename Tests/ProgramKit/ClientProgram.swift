internal import Dispatch
internal import Foundation
internal import Glibc
package import TestKit

/// The real program on the command line, with a home of its own.
package final class ClientProgram: Sendable {
  /// What one run of it left behind.
  package struct Ran: CustomStringConvertible {
    package let code: Int32
    package let bytes: [UInt8]
    package let errors: String

    package var output: String { String(decoding: bytes, as: UTF8.self) }
    /// The output without white space around it.
    package var text: String { output.trimmingCharacters(in: .whitespacesAndNewlines) }
    package var lines: [String] { output.split(separator: "\n").map(String.init) }
    package var description: String { "code \(code)\n\(output)\n--\n\(errors)" }

    package func json() throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    }
    package func list(_ name: String) throws -> [[String: Any]] {
      try json()[name] as? [[String: Any]] ?? []
    }
  }

  /// The system refused to start a program.
  package struct NotStarted: Error { package let code: Int32 }

  package let folder = TemporaryFolder()
  /// Friday 20 November 2026, noon UTC.
  package static let noon = 1_795_176_000_000
  private let isStill: Bool
  private let always: [String: String]

  /// Its clock stands still at `noon`, or runs where it talks with a server. `always` goes into its
  /// environment each time.
  package init(isStill: Bool = true, _ always: [String: String] = [:]) {
    self.isStill = isStill
    self.always = always
  }

  package var home: String { folder.file("home") }
  package var database: String { home + "/data/lifeos.sqlite" }

  /// All that the program gets of its environment.
  package func environment(_ extra: [String: String] = [:]) -> [String: String] {
    var variables = [
      "LIFEOS_HOME": home, "LIFEOS_TEST_BACKUP": "off", "TZ": "UTC", "PATH": "/usr/bin:/bin",
      "LANG": "C.UTF-8", "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no",
    ]
    if isStill { variables["LIFEOS_TEST_NOW"] = String(Self.noon) }
    return variables.merging(always) { $1 }.merging(extra) { $1 }
  }

  /// Runs the program to its end. Without `input`, standard input is empty.
  @discardableResult
  package func callAsFunction(
    _ arguments: String..., input: String? = nil, env: [String: String] = [:]
  ) async throws -> Ran {
    try await run(arguments, input: input.map { Array($0.utf8) }, env: env)
  }

  /// The same, with bytes as input, and standard streams that are closed.
  @discardableResult
  package func run(
    _ arguments: [String], input: [UInt8]? = nil, env: [String: String] = [:],
    closing closed: [Int32] = []
  ) async throws -> Ran {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(
          with: Result { try self.spawn(arguments, input: input, env: env, closing: closed) })
      }
    }
  }

  /// Starts the program and kills it after so many milliseconds, unless it has ended by then.
  package func kill(after milliseconds: Int, _ arguments: [String]) async throws {
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      DispatchQueue.global().async {
        continuation.resume(
          with: Result {
            let (child, _) = try self.launch(arguments, input: nil, env: [:], closing: [])
            poll(nil, 0, Int32(milliseconds))
            Glibc.kill(child, SIGKILL)
            while waitpid(child, nil, 0) == -1, errno == EINTR {}
          })
      }
    }
  }

  private func spawn(
    _ arguments: [String], input: [UInt8]?, env: [String: String], closing closed: [Int32]
  ) throws -> Ran {
    let (child, run) = try launch(arguments, input: input, env: env, closing: closed)
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    func read(_ path: String) -> [UInt8] {
      FileManager.default.contents(atPath: path).map(Array.init) ?? []
    }
    return Ran(
      code: status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F), bytes: read(run + ".out"),
      errors: String(decoding: read(run + ".err"), as: UTF8.self))
  }

  private func launch(
    _ arguments: [String], input: [UInt8]?, env: [String: String], closing closed: [Int32]
  ) throws -> (child: pid_t, files: String) {
    let run = folder.file("run-\(UUID().uuidString)")
    try Data(input ?? []).write(to: URL(fileURLWithPath: run + ".in"))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, 0, input == nil ? "/dev/null" : run + ".in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 1, run + ".out", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(
      &actions, 2, run + ".err", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    for descriptor in closed { posix_spawn_file_actions_addclose(&actions, descriptor) }
    let path = builtProduct("lifeos")
    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let envp = environment(env).map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, path, &actions, nil, argv, envp)
    guard failure == 0 else { throw NotStarted(code: failure) }
    return (child, run)
  }
}
