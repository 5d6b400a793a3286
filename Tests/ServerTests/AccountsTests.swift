internal import GRDB
internal import Kernel
internal import SQL
@testable internal import Server
internal import Testing
internal import Wire

/// Registering, signing in, and what is refused there.
struct AccountsTests {
  @Test func `a new account has one space of its own, a device and a session`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("Ann", email: "Ann@Example.org")
    #expect(reply.me.user == "ann")
    #expect(reply.me.email == "Ann@Example.org")
    #expect(reply.me.serverID == desk.database.serverID)
    #expect(reply.me.spaces.map(\.kind) == ["personal"])
    #expect(reply.me.spaces.map(\.role) == ["owner"])
    let caller = try await desk.accounts.authorise(reply.tokens.access)
    #expect(caller.account == reply.me.id)
    #expect(caller.session == reply.tokens.session)
    #expect(try await desk.accounts.me(caller) == reply.me)
    #expect(try await desk.count("SELECT count(*) FROM device") == 1)
    #expect(try await desk.audit() == ["registered", "device", "sign_in"])
  }

  @Test func `two accounts never share a space`() async throws {
    let desk = try AccountsDesk()
    let ann = try await desk.register("ann")
    let ben = try await desk.register("ben")
    #expect(Set((ann.me.spaces + ben.me.spaces).map(\.id)).count == 2)
    #expect(try await desk.count("SELECT count(DISTINCT epoch) FROM space") == 2)
  }

  @Test(arguments: [
    "ab", "a b c", "änne", "ann@home", "", String(repeating: "a", count: 33), "a/b",
  ])
  func `a name that is no name is refused`(name: String) async throws {
    let desk = try AccountsDesk()
    let error = await refusal { _ = try await desk.register(name) }
    #expect(error.status == 422)
    #expect(error.details["field"] == "user")
    #expect(try await desk.count("SELECT count(*) FROM account") == 0)
  }

  @Test func `names and addresses are unique in any case`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann", email: "ann@example.org")
    let name = await refusal { _ = try await desk.register("ANN") }
    #expect(name.status == 409)
    #expect(name.code == .nameTaken)
    let email = await refusal { _ = try await desk.register("ben", email: "ANN@example.org") }
    #expect(email.code == .nameTaken)
    #expect(email.details["field"] == "email")
    #expect(try await desk.count("SELECT count(*) FROM account") == 1)
    #expect(try await desk.count("SELECT count(*) FROM space") == 1)
  }

  @Test func `two who take one name at once are not both let in`() async throws {
    let desk = try AccountsDesk()
    let made = await withTaskGroup { group in
      for _ in 0..<6 {
        group.addTask {
          do {
            _ = try await desk.register("ann")
            return 1
          } catch {
            return 0
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(made == 1)
    #expect(try await desk.count("SELECT count(*) FROM space") == 1)
  }

  @Test(arguments: ["a@b@c", "@b", "a@", "no address", "a b@c.org", "a\u{0}@b"])
  func `what can be no address is refused`(email: String) async throws {
    let desk = try AccountsDesk()
    let error = await refusal { _ = try await desk.register("ann", email: email) }
    #expect(error.status == 422)
  }

  @Test(
    arguments: [
      "Short1a", "no capitals 1", "NO SMALL 1", "No Digits", "",
      "Aa1" + String(repeating: "x", count: 70), "Zero\u{0}byte1",
    ])
  func `a weak password is refused`(password: String) async throws {
    let desk = try AccountsDesk()
    let error = await refusal {
      _ = try await desk.accounts.register(
        RegisterQuery(user: "ann", email: nil, password: password, device: desk.device()))
    }
    #expect(error.status == 422)
    #expect(error.code == .weakPassword)
    #expect(!error.message.contains(password) || password.isEmpty)
  }

  @Test func `a password of 72 bytes is taken, and one that goes on behind it is not`() async throws
  {
    let desk = try AccountsDesk()
    let password = "Aa1" + String(repeating: "x", count: 69)
    _ = try await desk.accounts.register(
      RegisterQuery(user: "ann", email: nil, password: password, device: desk.device()))
    _ = try await desk.login("ann", password)
    // bcrypt looks at 72 bytes, and C's strings end at a zero.
    #expect(await refusal { _ = try await desk.login("ann", password + "y") }.status == 401)
    #expect(await refusal { _ = try await desk.login("ann", password + "\u{0}") }.status == 401)
  }

  @Test func `a closed server takes no strangers, but whom its keeper adds`() async throws {
    let desk = try AccountsDesk { $0.isRegistrationOpen = false }
    let error = await refusal { _ = try await desk.register("ann") }
    #expect(error.status == 403)
    #expect(error.code == .registrationClosed)
    _ = try await desk.accounts.addUser("ann", email: nil, password: AccountsDesk.password)
    let reply = try await desk.login("ann")
    #expect(reply.me.spaces.count == 1)
  }

  @Test func `one signs in by name or address, in any case`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann", email: "ann@example.org")
    for user in ["ann", "ANN", "ann@example.org", "Ann@Example.ORG"] {
      #expect(try await desk.login(user).me.id == reply.me.id)
    }
  }

  @Test func `an unknown account is answered as a wrong password is`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann", email: "ann@example.org")
    let wrong = await refusal { _ = try await desk.login("ann", "Wrong horse 1") }
    let unknown = await refusal { _ = try await desk.login("ben", "Wrong horse 1") }
    let address = await refusal { _ = try await desk.login("ben@example.org", "Wrong horse 1") }
    #expect(wrong == unknown)
    #expect(wrong == address)
    #expect(wrong.status == 401)
    #expect(wrong.code == .invalidCredentials)
    // Each leaves the same trace, too.
    #expect(try await desk.count("SELECT count(*) FROM auth_failure") == 3)
    #expect(try await desk.audit().filter { $0 == "failed_sign_in" }.count == 3)
  }

  @Test func `what somebody typed as a name is nowhere in the file`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann")
    _ = await refusal { _ = try await desk.login("My secret 99", "x") }
    let all = desk.everyByte()
    #expect(all.contains("192.0.2.7"))
    #expect(!all.contains("My secret 99"))
    #expect(!all.contains("my secret 99"))
  }

  @Test func `no password and no token is in the file`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    let again = try await desk.refresh(reply.tokens.refresh)
    let all = desk.everyByte()
    #expect(all.contains("$2b$04$"))
    for secret in [AccountsDesk.password, reply.tokens.refresh, again.refresh, again.access] {
      #expect(!all.contains(secret))
    }
  }

  @Test func `another's device is refused`() async throws {
    let desk = try AccountsDesk()
    let device = desk.device()
    _ = try await desk.register("ann")
    _ = try await desk.register("ben")
    _ = try await desk.login("ann", device: device)
    let error = await refusal { _ = try await desk.login("ben", device: device) }
    #expect(error.status == 403)
    #expect(error.code == .forbidden)
    // Its own account may sign in again, under another name.
    var renamed = device
    renamed.name = "old laptop"
    let reply = try await desk.login("ann", device: renamed)
    let caller = try await desk.accounts.authorise(reply.tokens.access)
    let sessions = try await desk.accounts.sessions(caller).sessions
    #expect(sessions.filter { $0.device == device.id }.map(\.name) == ["old laptop", "old laptop"])
  }

  @Test func `who comes when all threads and seats are taken is sent away`() async throws {
    let desk = try AccountsDesk { $0.mostWaitingHashes = 0 }
    let error = await refusal { _ = try await desk.register("ann") }
    #expect(error.status == 503)
    #expect(error.code == .unavailable)
    #expect(error.retryAfter != nil)
  }

  @Test func `a hash is bcrypt's, salted, and fits its password alone`() async throws {
    let hasher = PasswordHasher(cost: 4, threads: 2, mostWaiting: 8)
    let first = try await hasher.hash("Correct horse 1")
    let second = try await hasher.hash("Correct horse 1")
    #expect(first.hasPrefix("$2b$04$"))
    #expect(first != second)
    #expect(try await hasher.matches("Correct horse 1", first))
    #expect(try await !hasher.matches("Correct horse 2", first))
    #expect(try await !hasher.matches("Correct horse 1", nil))
    #expect(try await !hasher.matches("Correct horse 1", "not a hash"))
    #expect(Bcrypt.matches("abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"))
  }
}
