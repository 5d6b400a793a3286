internal import Features
internal import Kernel
internal import Storage
internal import Synchronization
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// Signing in from the account's screen, its mistakes, and what the sync screens offer.
struct AccountScreensTests {
  private func begin(
    _ door: TestDoor = TestDoor(), width: Int = 100, height: Int = 30, joined: Bool = false
  ) throws -> Journey {
    let journey = try Journey(size: Size(width: width, height: height), door: door) { store in
      guard joined else { return }
      let source = World.still(seed: 7)
      let account = SyncAccount(
        id: source.newID(), user: "ada", serverID: source.newID(), url: "https://home:8480")
      try store.join(account, personalSpace: source.newID())
    }
    journey.press("g a")
    return journey
  }

  private func answer(_ journey: Journey, _ text: String) {
    journey.press("C-u")
    journey.type(text)
    journey.press("<enter>")
    journey.finishJobs()
  }

  @Test func `a server that is not found is asked for again with what was typed`() throws {
    let journey = try begin()
    journey.press("<enter>")
    answer(journey, "nowhere")
    journey.see("That did not work: nobody is there", "Server https://nowhere")
    answer(journey, "https://home:8480")
    journey.see("User name", "at home:8480")
    journey.seeNot("That did not work")
  }

  @Test func `an address that is none can be mended`() throws {
    let journey = try begin()
    journey.press("<enter>")
    answer(journey, "ftp://home")
    journey.see("A server is an address like https://home:8480", "Server ftp://home")
  }

  @Test func `a wrong password keeps server and name for the next try`() throws {
    let door = TestDoor()
    let journey = try begin(door)
    journey.press("<enter>")
    answer(journey, "https://home:8480")
    answer(journey, "ada")
    answer(journey, "Wrong1234")
    journey.see("the name or the password is wrong", "User name ada")
    journey.press("<esc>")
    journey.see("That did not work", "Sign in")
    journey.press("<enter>")
    journey.see("Server https://home:8480")
    journey.press("<enter>")
    journey.finishJobs()
    journey.see("User name ada")
    journey.press("<enter>")
    answer(journey, TestDoor.password)
    journey.see("Signed in as ada. The journal is being synced.")
    journey.seeNot("That did not work", TestDoor.password)
    #expect(door.forms.map(\.user) == ["ada", "ada"])
  }

  @Test func `a new password is looked at before the server sees it`() throws {
    let door = TestDoor()
    let journey = try begin(door)
    journey.press("j", "<enter>")
    answer(journey, "https://home:8480")
    answer(journey, "ada")
    journey.type("weak")
    journey.see("needs 8 characters, a capital, a digit")
    journey.press("<enter>")
    journey.see("The password needs 8 characters, a capital, a digit.", "New password")
    answer(journey, TestDoor.password)
    answer(journey, "Another1234")
    journey.see("The two passwords differ")
    #expect(door.forms.isEmpty)
    answer(journey, TestDoor.password)
    answer(journey, TestDoor.password)
    #expect(door.forms.map(\.isNew) == [true])
    journey.see("Signed in as ada.")
  }

  @Test func `a fingerprint is accepted only by a choice of its own`() throws {
    let door = TestDoor()
    let journey = try begin(door, width: 40, height: 12)
    journey.press("<enter>")
    answer(journey, "https://self:8480")
    journey.see("amber boat", "No, stop", "Yes, it is the same")
    journey.press("<enter>")
    #expect(door.forms.isEmpty)
    journey.press("<enter>", "<enter>")
    journey.finishJobs()
    journey.press("y")
    answer(journey, "ada")
    answer(journey, TestDoor.password)
    #expect(door.forms.map(\.fingerprint) == [TestDoor.hex])
  }

  @Test func `many devices are reached by keys and clicks, and one is signed out`() throws {
    let door = TestDoor(devices: 30)
    let journey = try begin(door, width: 80, height: 24, joined: true)
    journey.press("j", "j", "j", "<enter>")
    journey.finishJobs()
    #expect(journey.cursorLine.contains("machine 0"))
    journey.press("G")
    #expect(journey.cursorLine.contains("machine 29"))
    journey.press("<home>")
    #expect(journey.cursorLine.contains("Sync now"))
    journey.press("<end>", "d d", "o")
    journey.finishJobs()
    journey.see("machine 29 is signed out.")
    journey.press("g g")
    let row = try #require(journey.lines.firstIndex { $0.contains("Refused changes") })
    journey.click(5, row)
    #expect(journey.cursorLine.contains("Refused changes"))
    journey.click(5, row)
    journey.see("The server has taken everything.")
  }

  @Test func `a server that is not the trusted one offers signing in`() throws {
    let door = TestDoor(state: .untrusted(reason: "the key of home is another one"))
    let journey = try begin(door, joined: true)
    journey.see("the key of home is another one")
    #expect(journey.cursorLine.contains("Sign in"))
    journey.press("<enter>")
    journey.see("Server https://home:8480")
  }
}

/// A server's door in memory: `home` is trusted, `self` is not, others are not there.
final class TestDoor: AccountDoor {
  static let password = "Right1234"
  static let hex = String(repeating: "ab", count: 32)
  private struct State {
    var forms: [SignInForm] = []
    var lines: [DeviceLine]
  }
  private let inside: Mutex<State>
  let state: SyncStatus.State?

  init(devices: Int = 1, state: SyncStatus.State? = .online) {
    let source = World.still(seed: 9)
    self.state = state
    inside = Mutex(
      State(
        lines: (0..<devices).map {
          DeviceLine(
            session: source.newID(), name: "machine \($0)", app: "lifeos/0.1.0",
            lastUsed: source.now(), isThisOne: $0 == 0)
        }))
  }

  var forms: [SignInForm] { inside.withLock { $0.forms } }
  var hasSession: Bool { true }
  func nudge() {}
  func signOut() throws -> String { "Signed out." }
  func devices() throws -> [DeviceLine] { inside.withLock { $0.lines } }
  func revoke(_ session: EntryID) throws {
    inside.withLock { $0.lines.removeAll { $0.session == session } }
  }

  func meet(_ url: String) throws -> FirstContact {
    if url.hasPrefix("https://home") { return .trusted }
    guard url.hasPrefix("https://self") else { throw Failure(.failed, "nobody is there") }
    return .selfSigned(hex: Self.hex, words: "amber boat cedar drum eagle fig")
  }

  func signIn(_ form: SignInForm) throws -> String {
    inside.withLock { $0.forms.append(form) }
    guard form.password == Self.password else {
      throw Failure(.failed, "the name or the password is wrong")
    }
    return form.user
  }
}
