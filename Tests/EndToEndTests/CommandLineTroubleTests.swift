import Dispatch
import Features
import Foundation
import Glibc
import Kernel
import Storage
import ProgramKit
import TestKit
import Testing

@Suite struct CommandLineTroubleTests {
  let lifeos = ClientProgram()

  @Test func `twenty processes that write at once all write`() async throws {
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 1...20 {
        group.addTask {
          let ran = try await lifeos("journal", "add", "entry \(number)")
          #expect(ran.code == 0, "\(ran)")
          return ran.text
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids.count == 20 && ids.allSatisfy { $0.count == 32 })
    let entries = try await lifeos("journal", "list", "--json").list("entries")
    #expect(Set(entries.compactMap { $0["id"] as? String }) == ids)
  }

  @Test func `twenty processes that add to one page lose no line`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 10..<30 {
        group.addTask {
          let ran = try await lifeos("journal", "add", "--type", "morning", "line \(number)")
          #expect(ran.code == 0, "\(ran)")
        }
      }
      try await group.waitForAll()
    }
    let entries = try await lifeos("journal", "show", "today", "--json").list("entries")
    #expect(entries.count == 1)
    let body = (entries.first?["sections"] as? [String: String])?["body"] ?? ""
    for number in 10..<30 { #expect(body.contains("line \(number)")) }
  }

  @Test func `what was said to be saved survives a kill`() async throws {
    for _ in 1...5 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: builtProduct("lifeos"))
      process.arguments = ["journal", "add", "survives"]
      process.environment = lifeos.environment()
      let output = Pipe()
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      try process.run()
      let id = try output.fileHandleForReading.read(upToCount: 32) ?? Data()
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let shown = try await lifeos("journal", "show", String(decoding: id, as: UTF8.self))
      #expect(shown.code == 0 && shown.output.contains("survives"))
    }
  }

  @Test func `a database that another program holds is waited for, then named`() async throws {
    try await lifeos("journal", "add", "before")
    let store = try Store(path: lifeos.database, schema: .lifeos, world: .still())
    let (held, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let writer = DispatchQueue(label: "writer")
    async let ended: Void = withCheckedContinuation { continuation in
      writer.async {
        try? store.write("hold") { _ in
          held.signal()
          done.wait()
        }
        continuation.resume()
      }
    }
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        held.wait()
        continuation.resume()
      }
    }
    let refused = try await lifeos("journal", "add", "during")
    done.signal()
    await ended
    #expect(refused.code == 1, "\(refused)")
    #expect(refused.errors.contains("nothing was changed"))
    #expect(try await lifeos("journal", "add", "after").code == 0)
    #expect(try await lifeos("journal", "list", "--json").list("entries").count == 2)
  }

  @Test func `a database of a newer lifeos is refused and left alone`() async throws {
    try await lifeos("journal", "add", "before")
    do {
      var schema = Schema.lifeos
      schema.migrations.append(
        Migration("journal.99", sql: "CREATE TABLE later (x INTEGER) STRICT;"))
      let store = try Store(path: lifeos.database, schema: schema, world: .still())
      try store.close()
    }
    let before = FileManager.default.contents(atPath: lifeos.database)
    let refused = try await lifeos("journal", "add", "after")
    #expect(refused.code == 1)
    #expect(refused.errors.contains("journal.99") && refused.errors.contains("update lifeos"))
    #expect(FileManager.default.contents(atPath: lifeos.database) == before)
  }

  @Test func `a damaged database is named, kept, and replaced on the person's word`() async throws {
    let id = try await lifeos("journal", "add", "safe").text
    #expect(try await lifeos("backup").code == 0)
    let rubbish = Data("this was a database".utf8) + Data(repeating: 7, count: 9000)
    for name in [lifeos.database + "-wal", lifeos.database + "-shm"] { unlink(name) }
    try rubbish.write(to: URL(fileURLWithPath: lifeos.database))
    let refused = try await lifeos("journal", "list")
    #expect(refused.code == 1)
    #expect(refused.errors.contains("damaged") && refused.errors.contains("lifeos restore latest"))
    #expect(FileManager.default.contents(atPath: lifeos.database) == rubbish)
    #expect(try await lifeos("restore").code == 2)
    let restored = try await lifeos("restore", "latest", "--yes")
    #expect(restored.code == 0, "\(restored)")
    #expect(try await lifeos("journal", "show", id).output.contains("safe"))
    let aside = try FileManager.default.contentsOfDirectory(atPath: lifeos.home + "/data")
      .filter { FileManager.default.contents(atPath: lifeos.home + "/data/" + $0) == rubbish }
    #expect(aside.count == 1)
  }

  @Test func `restoring a backup asks on a terminal, and no means no`() async throws {
    try await lifeos("journal", "add", "one")
    try await lifeos("backup")
    try await lifeos("journal", "add", "two")
    let asked = try VirtualTerminal(
      builtProduct("lifeos"), ["restore"], environment: lifeos.environment())
    try await asked.wait(for: "[y/N]")
    try await asked.send("\n")
    #expect(try await asked.exitCode() == 1)
    #expect(try await lifeos("journal", "list", "--json").list("entries").count == 2)
    #expect(try await lifeos("restore", "2026-11-20", "-y").code == 0)
    #expect(try await lifeos("journal", "list", "--json").list("entries").count == 1)
    #expect(try await lifeos("restore", "1999-01-01", "-y").code == 3)
  }

  @Test func `without a home nobody guesses where the journal lies`() async throws {
    let ran = try await lifeos(
      "journal", "add", "x", env: ["HOME": "", "LIFEOS_HOME": ""])
    #expect(ran.code == 1 && ran.errors.contains("LIFEOS_HOME"), "\(ran)")
  }

  @Test(.enabled(if: isRoot)) func `a full disk refuses a write and keeps what was there`()
    async throws
  {
    let ran = try await inMount(
      "size=3m",
      """
      "$0" journal add small || exit 90
      head -c 4000000 /dev/urandom | od -An -tx1 | "$0" journal add - 2>err; echo "code $?"
      cat err
      "$0" journal list --json
      """)
    #expect(ran.contains("code 1"), "\(ran)")
    #expect(ran.contains("disk is full"), "\(ran)")
    #expect(ran.contains("\"body\":\"small\""), "\(ran)")
  }

  @Test(.enabled(if: isRoot)) func `a read-only disk says so and is readable no less`() async throws
  {
    let ran = try await inMount(
      "size=8m",
      """
      "$0" journal add small || exit 90
      mount -o remount,ro "$LIFEOS_HOME/.." || exit 91
      "$0" journal add more 2>&1; echo "code $?"
      """)
    #expect(ran.contains("code 1"), "\(ran)")
    #expect(ran.contains("can not be written"), "\(ran)")
  }

  @Test(.enabled(if: !isRoot)) func `a folder without permission is named`() async throws {
    mkdir(lifeos.home, 0o500)
    let ran = try await lifeos("journal", "add", "x")
    chmod(lifeos.home, 0o700)
    #expect(ran.code == 1 && ran.errors.contains(lifeos.home))
  }

  static let isRoot = geteuid() == 0 && access("/usr/bin/unshare", X_OK) == 0

  /// Runs a script with a small file system of its own under the home folder, in a mount namespace
  /// that ends with it.
  private func inMount(_ options: String, _ script: String) async throws -> String {
    let mount = lifeos.folder.file("disk")
    mkdir(mount, 0o700)
    let whole = """
      mount -t tmpfs -o \(options) tmpfs '\(mount)' || exit 92
      cd '\(lifeos.folder.path)'
      \(script)
      """
    let environment = lifeos.environment(["LIFEOS_HOME": mount + "/home"])
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
