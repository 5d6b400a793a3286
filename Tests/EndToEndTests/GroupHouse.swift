import Foundation
import Glibc
import Kernel
import ProgramKit
import TestKit
import Testing

/// People with machines of their own, a server that each machine reaches by a line of its own, and a
/// clock that goes as the test says.
final class GroupHouse: Sendable {
  static let password = "Correct-Horse-7"
  /// Monday 2 November 2026, ten in the morning in UTC: week 45.
  static let monday = Moment(milliseconds: 1_793_613_600_000)
  static let week: Int64 = 7 * 86_400_000

  let clock: SharedClock
  let server: ServerProgram

  /// One machine of a person.
  struct Machine: Sendable {
    let program: ClientProgram
    let proxy: FaultyProxy
    let user: String
    /// Stands as long as one of its machines does.
    let house: GroupHouse
  }

  /// `extra` goes into the server's environment.
  init(_ extra: [String: String] = [:]) async throws {
    clock = try SharedClock(at: Self.monday)
    server = ServerProgram(clock.environment.merging(extra) { $1 })
    try await server.start()
  }

  // MARK: Time

  /// Day 0 is the Monday of week 45, at ten.
  func goTo(week: Int, day: Int = 0, hour: Int = 10) throws {
    let hours = Int64((week - 45) * 7 * 24 + day * 24 + hour - 10)
    try clock.set(Self.monday + hours * 3_600_000)
  }

  // MARK: People

  /// A machine of `user`, whose account is made with the first. It syncs when it is told to, or by
  /// itself where it `isLively`.
  func machine(
    _ user: String, isFirst: Bool = true, isLively: Bool = false, keepsRequests: Bool = false,
    _ extra: [String: String] = [:]
  ) async throws -> Machine {
    var environment = clock.environment.merging(extra) { $1 }
    if !isLively { environment["LIFEOS_TEST_SYNC"] = "off" }
    let proxy = try FaultyProxy(to: server.port, keepsRequests: keepsRequests)
    let machine = Machine(
      program: ClientProgram(isStill: false, environment), proxy: proxy, user: user,
      house: self)
    try await signIn(machine, by: isFirst ? "register" : "login")
    return machine
  }

  func signIn(_ machine: Machine, by command: String = "login") async throws {
    try await machine(
      command, "http://127.0.0.1:\(machine.proxy.port)", "--user", machine.user,
      "--password-file", try passwordFile())
  }

  private func passwordFile() throws -> String {
    let file = server.folder.file("password-\(UUID().uuidString)")
    try Self.password.write(toFile: file, atomically: true, encoding: .utf8)
    chmod(file, 0o600)
    return file
  }

  /// A group that `machines` are in: the first makes it, the others join by its code. Returns its code.
  @discardableResult
  func group(
    _ name: String, _ arguments: [String] = [], of machines: [Machine]
  ) async throws -> String {
    try await machines[0].run(["group", "create", name] + arguments)
    let code = try await machines[0]("group", "code", name, "--json").json()["code"] as? String
    let known = try #require(code)
    for machine in machines.dropFirst() { try await machine("group", "join", known) }
    for machine in machines { try await machine.sync() }
    return known
  }

  /// Twice around, so that everybody has seen everything.
  func syncAll(_ machines: Machine...) async throws {
    for _ in 0..<2 { for machine in machines { try await machine.sync() } }
  }

  /// The server finds nothing wrong with its data.
  func expectWell(at location: SourceLocation = #_sourceLocation) async throws {
    let doctor = try await server.run("doctor", "--json")
    #expect(doctor.code == 0, "\(doctor)", sourceLocation: location)
  }
}

extension GroupHouse.Machine {
  /// Runs a command that must succeed.
  @discardableResult
  func callAsFunction(
    _ arguments: String..., at location: SourceLocation = #_sourceLocation
  ) async throws -> ClientProgram.Ran {
    try await run(arguments, at: location)
  }

  @discardableResult
  func run(
    _ arguments: [String], env: [String: String] = [:],
    at location: SourceLocation = #_sourceLocation
  ) async throws -> ClientProgram.Ran {
    let ran = try await program.run(arguments, env: env)
    try #require(ran.code == 0, "\(user): \(arguments): \(ran)", sourceLocation: location)
    return ran
  }

  /// Runs a command that must fail with this code; returns what it says.
  @discardableResult
  func refused(
    _ code: Int32, _ arguments: String..., at location: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let ran = try await program.run(arguments)
    #expect(ran.code == code, "\(user): \(arguments): \(ran)", sourceLocation: location)
    return ran.errors
  }

  func sync(at location: SourceLocation = #_sourceLocation) async throws {
    try await run(["sync"], at: location)
  }

  /// Answers a week; this one where `arguments` name no other.
  @discardableResult
  func checkIn(
    _ scores: [Int], _ arguments: String..., at location: SourceLocation = #_sourceLocation
  ) async throws -> ClientProgram.Ran {
    try await run(["checkin"] + scores.map(String.init) + arguments, at: location)
  }

  /// Between this machine and the server nothing comes through, or all.
  func setReachable(_ isReachable: Bool) {
    proxy.set(isReachable ? FaultyProxy.Faults() : .unreachable)
    if !isReachable { proxy.cutAll() }
  }

  /// The screens of this machine.
  func open(rows: Int = 30, columns: Int = 100) async throws -> VirtualTerminal {
    let terminal = try VirtualTerminal(
      builtProduct("lifeos"), rows: rows, columns: columns,
      environment: program.environment(["TERM": "xterm-256color"]))
    try await terminal.wait(for: "1 Today")
    return terminal
  }

  /// What `lifeos status` tells.
  func status() async throws -> [String: Any] { try await run(["status", "--json"]).json() }
}

extension VirtualTerminal {
  /// Waits until a row holds what comes from another machine: with patience, where the machine is busy.
  @discardableResult
  func hear(_ text: String) async throws -> Grid {
    try await wait(for: "'\(text)'", timeout: .seconds(60)) { $0.contains(text) }
  }
}
