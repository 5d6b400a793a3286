import Foundation
import Glibc
import ProgramKit
import Storm
import TestKit
import Testing

/// What the proofs with real programs share.
extension SyncJourneyTests.House {
  /// Writes many entries on a machine at once; none of them is sent.
  func fill(_ index: Int, _ count: Int, _ name: String = "Entry") async throws {
    let entries = (0..<count).map { "[2024-01-\($0 % 28 + 1) 10:00] \(name) \($0) of \(count)." }
    let file = server.folder.file("journal-\(UUID().uuidString).txt")
    try entries.joined(separator: "\n\n").write(toFile: file, atomically: true, encoding: .utf8)
    let ran = try await machines[index]("import", "jrnl", file)
    try #require(ran.code == 0, "\(ran)")
  }

  @discardableResult
  func add(_ index: Int, _ text: String, env: [String: String] = [:]) async throws -> String {
    let ran = try await machines[index]("journal", "add", text, env: env)
    try #require(ran.code == 0, "\(ran)")
    return ran.text
  }

  /// Every machine holds the same entries, so many, none twice, and nothing waits; the server is well.
  func expectWhole(
    _ count: Int, at location: SourceLocation = #_sourceLocation
  ) async throws {
    var lives: [[String]] = []
    for index in machines.indices {
      lives.append(try await titles(index))
      let status = try await machines[index]("status", "--json").json()
      #expect(status["waiting"] as? Int == 0, "\(status)", sourceLocation: location)
      #expect(status["quarantined"] as? Int == 0, "\(status)", sourceLocation: location)
    }
    for (index, life) in lives.enumerated() {
      #expect(life.count == count, "machine \(index)", sourceLocation: location)
      #expect(Set(life).count == count, "machine \(index)", sourceLocation: location)
      #expect(life == lives[0], "machine \(index)", sourceLocation: location)
    }
    let doctor = try await server.run("doctor", "--json")
    #expect(doctor.code == 0, "\(doctor)", sourceLocation: location)
  }

  /// What the server's doctor counts under `name`.
  func doctor(_ name: String) async throws -> Int {
    let output = try await server.run("doctor", "--json").output
    let json = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    return try #require(json?[name] as? Int, "\(output)")
  }

  func logIn(_ index: Int, user: String = "anna") async throws {
    let ran = try await machines[index](
      "login", server.url, "--user", user, "--password-file", try passwordFile())
    try #require(ran.code == 0, "\(ran)\n\(server.log)")
  }

  /// What `lifeos sync` says where it fails with this code.
  @discardableResult
  func refusedSync(
    _ index: Int, code: Int32, at location: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let ran = try await machines[index]("sync")
    #expect(ran.code == code, "\(ran)", sourceLocation: location)
    return ran.errors
  }
}
