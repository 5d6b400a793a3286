internal import Foundation
internal import Glibc
internal import Synchronization
internal import TestKit
@testable internal import Net
@testable internal import Wire

/// The system's `openssl`: makes certificates, and is a server that shows them.
enum OpenSSL {
  static let path = "/usr/bin/openssl"
  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

  struct Failed: Error { let output: String }

  /// Runs it to its end.
  @discardableResult
  static func run(_ arguments: String..., in folder: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(output: output) }
    return output
  }

  /// `NAME.pem` and `NAME.key` for `names`, signed by itself.
  static func makeCertificate(
    _ name: String, for names: String = "DNS:localhost,IP:127.0.0.1", rsa: Bool = false,
    in folder: String
  ) throws {
    let key = rsa ? ["rsa:2048"] : ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    try run(
      ["req", "-x509", "-newkey"] + key + [
        "-nodes", "-keyout", "\(name).key", "-out", "\(name).pem", "-days", "30", "-subj",
        "/CN=lifeos", "-addext", "subjectAltName=\(names)",
      ], in: folder)
  }

  private static func run(_ arguments: [String], in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(output: "\(arguments)") }
  }
}

/// `openssl s_server` with a certificate: answers `/api/health` as a lifeos server would.
final class OpenSSLServer: Sendable {
  let port: Int
  private let process = Process()

  init(_ name: String, in folder: String, _ more: [String] = [], port: Int = 0) throws {
    let api = URL(fileURLWithPath: folder + "/api")
    try FileManager.default.createDirectory(at: api, withIntermediateDirectories: true)
    try Data(http(200, ["Connection: close"], body: health.bytes))
      .write(to: api.appendingPathComponent("health"))
    process.executableURL = URL(fileURLWithPath: OpenSSL.path)
    process.arguments =
      [
        "s_server", "-accept", "127.0.0.1:\(port)", "-cert", "\(name).pem", "-key", "\(name).key",
        "-HTTP",
      ] + more
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    // It says "ACCEPT 127.0.0.1:40763" once it listens, and "ACCEPT" where it was told the port.
    var said = ""
    var found: Int?
    while found == nil {
      let data = pipe.fileHandleForReading.availableData
      guard !data.isEmpty else { throw OpenSSL.Failed(output: said) }
      said += String(decoding: data, as: UTF8.self)
      found =
        port == 0
        ? said.firstMatch(of: /ACCEPT .*:(\d+)\s/).flatMap { Int($0.1) }
        : said.contains("ACCEPT") ? port : nil
    }
    self.port = found ?? 0
  }

  func stop() {
    guard process.isRunning else { return }
    // The signals that a test holds back are held back in its children too, but for this one.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  deinit { stop() }
}
