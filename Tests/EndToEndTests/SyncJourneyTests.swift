import Foundation
import Glibc
import ProgramKit
import Storm
import TestKit
import Testing

/// Two real programs and a real server.
@Suite(.serialized) struct SyncJourneyTests {
  static let password = "Correct-Horse-7"

  /// A server, and machines that have signed in to one account.
  struct House {
    let server: ServerProgram
    let machines: [ClientProgram]

    init(_ count: Int = 2, _ extra: [String: String] = [:], port: UInt16? = nil) async throws {
      server = ServerProgram(extra)
      try await server.start()
      machines = (0..<count).map { _ in ClientProgram(isStill: false) }
    }

    /// Machines that sync only when they are told to.
    init(quiet count: Int, at server: ServerProgram = ServerProgram()) async throws {
      self.server = server
      if server.port == 0 { try await server.start() }
      machines = (0..<count).map { _ in
        ClientProgram(isStill: false, ["LIFEOS_TEST_SYNC": "off"])
      }
    }

    func passwordFile(_ text: String = password) throws -> String {
      let file = server.folder.file("password-\(UUID().uuidString)")
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      chmod(file, 0o600)
      return file
    }

    func signIn(_ index: Int, url: String? = nil) async throws {
      let ran = try await machines[index](
        index == 0 ? "register" : "login", url ?? server.url, "--user", "anna",
        "--password-file", try passwordFile())
      try #require(ran.code == 0, "\(ran)\n\(server.log)")
    }

    func signInAll(url: String? = nil) async throws {
      for index in machines.indices { try await signIn(index, url: url) }
    }

    func sync(_ index: Int) async throws {
      let ran = try await machines[index]("sync", "--json")
      try #require(ran.code == 0, "\(ran)\n\(server.log)")
    }

    /// Twice around, so that everybody has seen everything.
    func syncAll() async throws {
      for _ in 0..<2 { for index in machines.indices { try await sync(index) } }
    }

    func titles(_ index: Int) async throws -> [String] {
      try await machines[index]("journal", "list", "--limit", "0", "--json").list("entries")
        .map { "\($0["title"] ?? "") \($0["sections"] ?? "")" }.sorted()
    }

    func open(_ index: Int) async throws -> VirtualTerminal {
      let terminal = try VirtualTerminal(
        builtProduct("lifeos"), rows: 30, columns: 100,
        environment: machines[index].environment(["TERM": "xterm-256color"]))
      try await terminal.wait(for: "1 Today")
      return terminal
    }
  }

  @Test func `two machines that each hold a journal end with one, complete on both`() async throws {
    let house = try await House()
    try await house.machines[0]("journal", "add", "written on the laptop")
    try await house.machines[1]("journal", "add", "written at home")
    try await house.signInAll()
    try await house.syncAll()
    let lives = [try await house.titles(0), try await house.titles(1)]
    #expect(lives[0].count == 2)
    #expect(lives[0] == lives[1])
    let status = try await house.machines[0]("status", "--json").json()
    #expect(status["waiting"] as? Int == 0, "\(status)")
    let doctor = try await house.server.run("doctor", "--json")
    #expect(doctor.code == 0, "\(doctor)")
    #expect(try await house.server.stop() == 0, "\(house.server.log)")
  }

  @Test func `an edit in one terminal is on the other's screen by itself`() async throws {
    let house = try await House()
    try await house.signInAll()
    let (one, two) = (try await house.open(0), try await house.open(1))
    try await two.send("2")
    try await one.wait(for: "synced")
    try await two.wait(for: "synced")
    try await one.send("n")
    try await one.wait(for: "Title")
    try await one.send("seen from afar")
    try await one.press(.escape)
    try await one.wait(for: "Saved.")
    try await two.wait(for: "seen from afar")
    for terminal in [one, two] { try await terminal.kill(SIGTERM) }
    #expect(try await one.exitCode() == 0)
    #expect(try await two.exitCode() == 0)
  }

  @Test func `the screens sign in, sync and sign out`() async throws {
    let house = try await House(1)
    let terminal = try await house.open(0)
    try await terminal.wait(for: "saved on this machine")
    try await terminal.send("ga")
    try await terminal.wait(for: "Make an account")
    try await terminal.send("j\r")
    try await terminal.wait(for: "Server")
    try await terminal.send("\u{15}\(house.server.url)\r")
    try await terminal.wait(for: "user name")
    try await terminal.send("anna\r")
    try await terminal.wait(for: "New password")
    try await terminal.send(Self.password)
    #expect(try await !terminal.grid().contains(Self.password))
    try await terminal.send("\r")
    try await terminal.wait(for: "password again")
    try await terminal.send(Self.password + "\r")
    try await terminal.wait(for: "Signed in as anna.")
    try await terminal.wait(for: "synced")
    try await terminal.press(.end)
    for _ in 0..<4 { try await terminal.send("j") }
    try await terminal.send("\r")
    try await terminal.wait(for: "Sign out of this machine?")
    try await terminal.send("o")
    try await terminal.wait(for: "this machine alone")
    try await terminal.send("qq")
    #expect(try await terminal.exitCode() == 0)
  }

  @Test func `a text edited on two machines at once is kept twice, and can be taken back`()
    async throws
  {
    let house = try await House()
    try await house.signInAll()
    let id = try await house.machines[0]("journal", "add", "the first text").text
    try await house.syncAll()
    try await house.machines[0]("journal", "edit", id, "--text", "the laptop's text")
    try await house.machines[1]("journal", "edit", id, "--text", "the text of home")
    try await house.syncAll()
    #expect(try await house.titles(0) == house.titles(1))
    let conflicts = try await house.machines[0]("conflicts", "--json").list("conflicts")
    #expect(conflicts.count == 1, "\(conflicts)")
    let lost = try #require(conflicts.first?["lost_text"] as? String)
    let stands = try await house.titles(0)[0]
    #expect(!stands.contains(lost))
    #expect(lost.contains("laptop") || lost.contains("home"))
  }

  @Test func `tokens that live two seconds carry a long sync without a sign-out`() async throws {
    let house = try await House(2, ["LIFEOSD_TEST_ACCESS_SECONDS": "2"])
    try await house.signInAll()
    let lines = (0..<1_500).map { "[2024-01-\($0 % 28 + 1) 10:00] Entry number \($0)." }
    let file = house.server.folder.file("journal.txt")
    try lines.joined(separator: "\n\n").write(toFile: file, atomically: true, encoding: .utf8)
    for round in 0..<3 {
      if round == 0 { try await house.machines[0]("import", "jrnl", file) }
      try await house.syncAll()
    }
    #expect(try await house.titles(0).count >= 1_000)
    #expect(try await house.titles(0) == house.titles(1))
  }

  @Test func `what the wrong server, a wrong password or no server says is clear`() async throws {
    let house = try await House(2)
    let file = try house.passwordFile()
    let none = try await house.machines[0](
      "login", "http://127.0.0.1:1", "--user", "anna", "--password-file", file)
    #expect(none.code == 4 && none.errors.contains("127.0.0.1"), "\(none)")
    try await house.signIn(0)
    let wrong = try await house.machines[1](
      "login", house.server.url, "--user", "anna", "--password-file",
      try house.passwordFile("Wrong-Horse-7"))
    #expect(wrong.code == 1 && wrong.errors.contains("password"), "\(wrong)")
    let stranger = try await house.machines[1](
      "login", house.server.url, "--user", "nobody", "--password-file", file)
    #expect(stranger.errors == wrong.errors, "\(stranger)\n\(wrong)")
    let plain = try await house.machines[1](
      "login", "http://192.0.2.1:8480", "--user", "anna", "--password-file", file)
    #expect(plain.code == 1 || plain.code == 2)
    #expect(plain.errors.contains("encrypt") || plain.errors.contains("https"), "\(plain)")
    try await house.machines[1]("journal", "add", "still works")
    #expect(try await house.titles(1).count == 1)
  }

  @Test func `nothing is lost or doubled in a storm`() async throws {
    let report = try await Storm(seed: 7).run { $0.steps >= 40 }
    #expect(report.violations.isEmpty, "\(report)")
    #expect(report.told > 5)
  }
}
