internal import Foundation
internal import Glibc
internal import Kernel
internal import TestKit
internal import Wire

/// How soon a friend's check-in is on the screen: two real programs with a home each.
struct FriendsBenchmark {
  let program: String
  let url: String
  let folder: String
  private let password: String

  init(_ program: String, url: String, folder: String) throws {
    (self.program, self.url, self.folder) = (program, url, folder)
    password = folder + "/password"
    mkdir(folder, 0o700)
    try "Correct-Horse-7".write(toFile: password, atomically: true, encoding: .utf8)
    chmod(password, 0o600)
  }

  /// One checks in by a command, which is measured from its start; the other has the group open.
  func run(count: Int) async throws {
    let mark = "x\(getpid())"
    for user in ["one", "two"] {
      try lifeos(user, "register", url, "--user", user + mark, "--password-file", password)
    }
    try lifeos("one", "group", "create", "Friends", "--zone", "UTC")
    let code = try JSON(bytes: lifeos("one", "group", "code", "Friends", "--json"))["code"]?.text
    try lifeos("two", "group", "join", code ?? "")
    try lifeos("one", "sync")
    let screen = try VirtualTerminal(
      program, rows: 40, columns: 120,
      environment: environment("two").merging(["TERM": "xterm-256color"]) { $1 })
    try await screen.wait(for: "1 Today")
    try await screen.send("3")
    try await screen.send("G")
    try await screen.wait(for: "Friends")
    try await screen.send("\r")
    try await screen.wait(for: "synced")
    var times: [Double] = []
    for number in 0..<count {
      let mood = "mood\(number)"
      let begin = Stopwatch.now
      try lifeos("one", "checkin", "8", "7", "6", "3", "--mood", mood)
      try await screen.wait(for: mood)
      times.append(Stopwatch.now - begin)
      Stopwatch.pause(Int.random(in: 100...400))
    }
    Stopwatch.print("friend_us", times)
    try await screen.kill(SIGTERM)
    _ = try await screen.exitCode()
  }

  private func environment(_ user: String) -> [String: String] {
    [
      "LIFEOS_HOME": folder + "/" + user, "TZ": "UTC", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
      "HOME": folder,
    ]
  }

  private struct Failed: Error { let words: String }

  @discardableResult
  private func lifeos(_ user: String, _ arguments: String...) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment(user)
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(words: "\(arguments): \(String(decoding: bytes, as: UTF8.self))")
    }
    return Array(bytes)
  }
}
