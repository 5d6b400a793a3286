internal import Server
internal import Testing

struct WebSettingsTests {
  @Test func `a file sets what it names and nothing else`() {
    let read = ServerSettings.read(
      toml: """
        listen = "[::1]:9000"
        registration = false
        limit_user = 7
        limit_group_make = 0
        limit_group_join = 9
        origins = ["https://example.org"]
        """, path: "lifeosd.toml", environment: [:])
    #expect(read.problems == [])
    var expected = ServerSettings()
    expected.listen = ListenAddress(host: "::1", port: 9000)
    expected.allowsRegistration = false
    expected.limits.userRequests = 7
    expected.limits.groupsMade = 0
    expected.limits.groupJoins = 9
    expected.origins = ["https://example.org"]
    #expect(read.settings == expected)
  }

  @Test func `a problem names its line and leaves the setting as it was`() {
    let read = ServerSettings.read(
      toml: "registration = false\nlimit_user = -1\n\nlisten = 3\nmystery = 1\n", path: "x.toml",
      environment: [:])
    #expect(
      read.problems == [
        "x.toml:2: limit_user: this must be a whole number from 0 to 10000000",
        "x.toml:4: listen: this must be an address such as 127.0.0.1:8480",
        "x.toml:5: mystery: there is no such setting",
      ])
    #expect(read.settings.limits == ServerLimits())
    #expect(!read.settings.allowsRegistration)
  }

  @Test func `broken syntax names its line`() {
    let read = ServerSettings.read(toml: "registration = \n", path: "x.toml", environment: [:])
    #expect(read.problems.count == 1)
    #expect(read.problems.allSatisfy { $0.hasPrefix("x.toml:1: ") })
  }

  @Test func `the environment goes before the file`() {
    let read = ServerSettings.read(
      toml: "limit_auth = 7\nself_signed = true\n", path: "x.toml",
      environment: [
        "LIFEOSD_LIMIT_AUTH": "9", "LIFEOSD_HOST_NAMES": "a.example, 10.0.0.1",
        "LIFEOSD_DATA": "/somewhere", "HOME": "/", "LIFEOSD_TEST_BCRYPT_COST": "4",
      ])
    #expect(read.problems == [])
    #expect(read.settings.limits.passwordAttempts == 9)
    #expect(read.settings.hostNames == ["a.example", "10.0.0.1"])
    #expect(read.settings.isSelfSigned)
  }

  @Test(arguments: [
    ("LIFEOSD_REGISTRATION", "maybe"), ("LIFEOSD_LIMIT_USER", "many"), ("LIFEOSD_LISTEN", "a:b"),
    ("LIFEOSD_ORIGINS", "*"), ("LIFEOSD_PROXIES", "10.0.0.0/33"), ("LIFEOSD_MYSTERY", "1"),
    ("LIFEOSD_MIN_CLIENT", "soon"), ("LIFEOSD_LOG_LEVEL", "loud"),
    ("LIFEOSD_HOST_NAMES", "a b"),
  ])
  func `a variable that makes no sense is a problem with its name`(name: String, text: String) {
    let read = ServerSettings.read(toml: nil, path: "", environment: [name: text])
    #expect(read.problems.count == 1)
    #expect(read.problems.allSatisfy { $0.contains(name) })
    #expect(read.settings == ServerSettings())
  }

  @Test func `every option has a key of its own and a sentence`() {
    let options = ServerOption.all
    #expect(Set(options.map(\.key)).count == options.count)
    #expect(options.allSatisfy { $0.summary.hasSuffix(".") })
  }

  @Test(arguments: [
    ("127.0.0.1:8480", "127.0.0.1:8480", true), ("localhost", "localhost:8480", true),
    ("[::1]:0", "[::1]:0", true), (":80", "0.0.0.0:80", false), ("10.0.0.7:1", "10.0.0.7:1", false),
    ("[::]", "[::]:8480", false), ("127.8.9.1:5", "127.8.9.1:5", true),
  ])
  func `an address is read as it is meant`(text: String, plain: String, isLoopback: Bool) throws {
    let address = try #require(ListenAddress(text))
    #expect(address.description == plain)
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: ["", "a:99999", "[::1", "a b:1", "http://x", "a:-1", "[]:5", "a:1:2"])
  func `what is no address is refused`(text: String) { #expect(ListenAddress(text) == nil) }

  @Test func `versions are compared by their numbers`() throws {
    #expect(try #require(ClientVersion("1.9.0")) < #require(ClientVersion("1.10")))
    #expect(
      try #require(ClientVersion(program: "lifeos/1.4.0 (x)")) == #require(ClientVersion("1.4")))
    #expect(ClientVersion(program: "curl/8.0") == nil)
    #expect(ClientVersion("1.x") == nil)
    #expect(ClientVersion("1.2.3.4") == nil)
    #expect(ClientVersion("99999999999999999999") == nil)
  }
}
