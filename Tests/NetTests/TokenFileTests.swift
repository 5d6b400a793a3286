internal import Foundation
internal import Glibc
internal import Kernel
internal import TestKit
internal import Testing
@testable internal import Net
@testable internal import Wire

/// The sign-in on disk.
struct TokenFileTests {
  private let folder = TemporaryFolder()
  private var file: TokenFile { TokenFile(folder: folder.file("data")) }

  private func mode(_ path: String) -> mode_t {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode & 0o7777 : 0
  }

  private func problem(_ body: () throws(FileProblem) -> Void) -> FileProblem? {
    do throws(FileProblem) {
      try body()
      return nil
    } catch {
      return error
    }
  }

  @Test func `what is stored is read again, and nobody else can read it`() throws {
    #expect(try file.load() == nil)
    var stored = credentials("a", received: Moment(milliseconds: 5))
    stored.idem = "00ff"
    stored.allowsPlainHTTP = true
    let old = umask(0)
    try file.save(stored)
    umask(old)
    #expect(try file.load() == stored)
    #expect(mode(file.path) == 0o600)
    #expect(mode(file.folder) == 0o700)
    #expect(mode(file.folder + "/auth.lock") == 0o600)
    try file.save(credentials("b"))
    #expect(try file.load() == credentials("b"))
    try file.delete()
    try file.delete()
    #expect(try file.load() == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.folder) == ["auth.lock"])
  }

  @Test func `deleting where nothing ever was makes nothing`() throws {
    try file.delete()
    #expect(mode(file.folder) == 0)
  }

  @Test(arguments: [0o640, 0o604, 0o660, 0o602, 0o601] as [mode_t])
  func `a file that others may use is refused with the cure`(_ open: mode_t) throws {
    try file.save(credentials("a"))
    chmod(file.path, open)
    let problem = problem { () throws(FileProblem) in _ = try file.load() }
    #expect(problem?.message.contains("chmod 600 '\(file.path)'") == true)
    chmod(file.path, 0o600)
    #expect(try file.load() == credentials("a"))
  }

  @Test func `a folder that others may use is refused with the cure`() throws {
    try file.save(credentials("a"))
    chmod(file.folder, 0o755)
    let problem = problem { () throws(FileProblem) in _ = try file.load() }
    #expect(problem?.message.contains("chmod 700 '\(file.folder)'") == true)
  }

  @Test(.enabled(if: geteuid() == 0)) func `a file of somebody else is refused`() throws {
    try file.save(credentials("a"))
    chown(file.path, 12_345, 12_345)
    guard case .unsafe = problem({ () throws(FileProblem) in _ = try file.load() }) else {
      Issue.record("it was read")
      return
    }
  }

  @Test func `a link is not followed, neither reading nor writing`() throws {
    let other = folder.file("other")
    try "mine".write(toFile: other, atomically: false, encoding: .utf8)
    try file.save(credentials("a"))
    try FileManager.default.removeItem(atPath: file.path)
    symlink(other, file.path)
    guard case .unsafe = problem({ () throws(FileProblem) in _ = try file.load() }) else {
      Issue.record("it was followed")
      return
    }
    symlink(other, file.path + ".new")
    try file.save(credentials("b"))
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "mine")
    #expect(try file.load() == credentials("b"))
  }

  @Test func `a file cut anywhere is damaged, and says so`() throws {
    try file.save(credentials("a"))
    let whole = try Data(contentsOf: URL(fileURLWithPath: file.path))
    for length in 0..<whole.count - 1 {
      try whole.prefix(length).write(to: URL(fileURLWithPath: file.path))
      chmod(file.path, 0o600)
      let problem = problem { () throws(FileProblem) in _ = try file.load() }
      guard case .damaged(file.path, _) = problem else {
        Issue.record("\(length)")
        return
      }
      #expect(problem?.message.contains("sign in again") == true)
    }
    try Data(repeating: 0x20, count: PrivateFile.mostBytes + 1)
      .write(to: URL(fileURLWithPath: file.path))
    #expect(problem { () throws(FileProblem) in _ = try file.load() } != nil)
  }

  @Test func `a write that is cut between any two steps leaves the old or the new`() throws {
    for step in RenewalStep.allCases {
      try file.save(credentials("old"))
      let write = problem { () throws(FileProblem) in
        try file.save(credentials("new"), Checkpoint { $0 != step })
      }
      let isPast = [.renamed, .settled].contains(step)
      let isMet = isPast || [.opened, .written, .synced].contains(step)
      #expect(write == (isMet ? .cut : nil), "\(step)")
      #expect(try file.load() == credentials(isPast || !isMet ? "new" : "old"), "\(step)")
      try file.save(credentials("next"))
      #expect(try file.load() == credentials("next"))
    }
  }
}
