import Dispatch
import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// Strangers at the address, and disks that are full.
@Suite(.serialized) struct SyncTroubleTests {
  typealias House = SyncJourneyTests.House

  static let page = Array("<html><body>Welcome to the hotel! Room number?</body></html>".utf8)

  /// 300 MB of zeros in 300 kB.
  private static func bomb() throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "head -c 300000000 /dev/zero | gzip -1 -c"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(bytes)
  }

  /// Each stranger with a word that must be in what is said of it.
  private static func strangers() throws -> [(name: String, bytes: [UInt8])] {
    let json = "Content-Type: application/json"
    return [
      ("page", TinyServer.http("200 OK\r\nContent-Type: text/html", page)),
      ("page as JSON", TinyServer.http("200 OK\r\n\(json)", page)),
      ("other JSON", TinyServer.http("200 OK\r\n\(json)", Array("{\"ok\":true}".utf8))),
      ("redirect", TinyServer.http("302 Found\r\nLocation: http://127.0.0.1:1/login", [])),
      ("error page", TinyServer.http("503 Busy\r\nContent-Type: text/html", page)),
      ("refusal", TinyServer.http("401 No\r\nContent-Type: text/html", page)),
      ("bomb", TinyServer.http("200 OK\r\n\(json)\r\nContent-Encoding: gzip", try bomb())),
      ("cut", Array("HTTP/1.1 200 OK\r\n\(json)\r\nContent-Length: 900\r\n\r\n{\"epoch\":".utf8)),
      ("deep", TinyServer.http("200 OK\r\n\(json)", Array(repeating: 0x5B, count: 1_000_000))),
      ("no HTTP", Array("220 mail.example.org ESMTP\r\n".utf8)),
      ("nothing", []),
    ]
  }

  @Test func `strangers at the address are named, and harm nothing`() async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.add(0, "before")
    try await house.syncAll()
    try await house.add(0, "waits")
    try await house.server.stop()
    for (name, bytes) in try Self.strangers() {
      let stranger = try TinyServer(port: house.server.port, bytes)
      let ran = try await house.machines[0]("sync")
      #expect(ran.code == 4, "\(name): \(ran)")
      #expect(ran.errors.hasPrefix("lifeos: ") && ran.errors.count > 30, "\(name): \(ran)")
      let login = try await house.machines[1](
        "login", "http://127.0.0.1:\(stranger.port)", "--user", "anna", "--password-file",
        try house.passwordFile())
      #expect(login.code == 4, "\(name): \(login)")
      #expect(!login.errors.contains("<html>"), "\(name): \(login)")
    }
    #expect(try await house.titles(0).count == 2)
    try await house.server.start()
    try await house.syncAll()
    try await house.expectWhole(2)
  }

  @Test(.enabled(if: CommandLineTroubleTests.isRoot))
  func `a server with a full disk refuses, says so, and takes all later`() async throws {
    let house = try await House(quiet: 2, at: ServerProgram(diskSize: "3m"))
    try await house.signInAll()
    let text = String(repeating: "a long day, ", count: 12_000)
    for number in 0..<12 {
      let ran = try await house.machines[0]("journal", "add", "-", input: "\(number) \(text)")
      try #require(ran.code == 0, "\(ran)")
    }
    let words = try await house.refusedSync(0, code: 4)
    #expect(words.contains("nothing is lost") || words.contains("later"), "\(words)")
    try await house.refusedSync(0, code: 4)
    let waiting = try await house.machines[0]("status", "--json").json()["waiting"] as? Int ?? 0
    #expect(waiting > 0)
    try await house.server.resizeDisk("64m")
    try await house.syncAll()
    let lives = [try await house.titles(0), try await house.titles(1)]
    #expect(lives[0].count == 12 && lives[0] == lives[1])
    #expect(try await house.machines[0]("status", "--json").json()["waiting"] as? Int == 0)
  }

  @Test(.enabled(if: CommandLineTroubleTests.isRoot))
  func `a machine with a full disk goes on writing and takes all in later`() async throws {
    let house = try await House(quiet: 1)
    try await house.signInAll()
    try await house.fill(0, 30)
    try await house.sync(0)
    let ran = try await inMount(
      "size=30m", house,
      """
      "$0" journal add small || exit 90
      "$0" login "$URL" --user anna --password-file "$PASSWORD" 2>&1; echo "login $?"
      "$0" sync 2>&1; echo "sync $?"
      "$0" status --json
      "$0" journal add "still writes" || exit 91
      mount -o remount,size=200m "$DISK" || exit 93
      "$0" sync 2>&1; echo "sync $?"
      echo "entries $("$0" journal list --limit 0 | wc -l)"
      "$0" doctor --json >/dev/null; echo "doctor $?"
      """)
    #expect(ran.contains("login 5") && ran.contains("sync 5"), "\(ran)")
    #expect(ran.contains("disk is full"), "\(ran)")
    #expect(ran.contains("sync 0") && ran.contains("entries 32"), "\(ran)")
    #expect(ran.contains("doctor 0"), "\(ran)")
    try await house.sync(0)
    #expect(try await house.titles(0).count == 32)
  }

  /// Runs a script with a disk of its own under the home folder, which ends with it.
  private func inMount(_ options: String, _ house: House, _ script: String) async throws -> String {
    let client = ClientProgram(isStill: false, ["LIFEOS_TEST_SYNC": "off"])
    let mount = client.folder.file("disk")
    mkdir(mount, 0o700)
    let whole = "mount -t tmpfs -o \(options) tmpfs '\(mount)' || exit 92\n\(script)"
    let environment = client.environment([
      "LIFEOS_HOME": mount + "/home", "URL": house.server.url, "DISK": mount,
      "PASSWORD": try house.passwordFile(), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    ])
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(
          with: Result {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
            process.arguments = ["-m", "/bin/sh", "-c", whole, builtProduct("lifeos")]
            process.environment = environment
            let output = Pipe()
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = output
            try process.run()
            let said = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: said, as: UTF8.self)
          })
      }
    }
  }
}
