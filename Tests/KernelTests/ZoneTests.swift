import Glibc
import Testing

@testable import Kernel

@Suite struct ZoneTests {
  private func moment(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0)
    -> Moment
  {
    Moment(seconds: CivilTime(day: Day(year, month, day)!, hour: hour, minute: minute).seconds)
  }

  private func time(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0)
    -> CivilTime
  {
    CivilTime(day: Day(year, month, day)!, hour: hour, minute: minute)
  }

  @Test func `the clock of Bucharest changes at one in the morning, UTC`() throws {
    let zone = try #require(Zone(named: "Europe/Bucharest"))
    #expect(zone.offset(at: moment(2026, 3, 29, 0, 59)) == 7200)
    #expect(zone.offset(at: moment(2026, 3, 29, 1, 0)) == 10800)
    #expect(zone.offset(at: moment(2026, 10, 25, 0, 59)) == 10800)
    #expect(zone.offset(at: moment(2026, 10, 25, 1, 0)) == 7200)
    #expect(zone.abbreviation(at: moment(2026, 7, 1, 0)) == "EEST")
    #expect(zone.abbreviation(at: moment(2026, 1, 1, 0)) == "EET")
    // Beyond the table of the file: by the rule.
    #expect(zone.offset(at: moment(2093, 7, 1, 0)) == 10800)
    #expect(zone.offset(at: moment(2093, 12, 1, 0)) == 7200)
    #expect(zone.civil(moment(2026, 11, 20, 22, 30)) == time(2026, 11, 21, 0, 30))
  }

  @Test(arguments: [
    ("Asia/Kathmandu", 20_700), ("Asia/Tehran", 12_600), ("America/St_Johns", -12_600),
    ("Pacific/Kiritimati", 50_400), ("Etc/GMT+12", -43_200), ("UTC", 0), ("Europe/Dublin", 0),
    ("Asia/Kolkata", 19_800),
  ])
  func `zones keep their winter offsets`(name: String, offset: Int) throws {
    let zone = try #require(Zone(named: name))
    #expect(zone.name == name)
    #expect(zone.offset(at: moment(2026, 1, 15, 12)) == offset)
    #expect(zone.offset(at: moment(2180, 1, 15, 12)) == offset)
  }

  @Test func `a time that comes twice is the first, one that never comes is later`() throws {
    let zone = try #require(Zone(named: "Europe/Bucharest"))
    #expect(zone.moment(time(2026, 10, 25, 3, 30)) == moment(2026, 10, 25, 0, 30))
    let jumped = zone.moment(time(2026, 3, 29, 3, 30))
    #expect(jumped == moment(2026, 3, 29, 1, 30))
    #expect(zone.civil(jumped) == time(2026, 3, 29, 4, 30))
    let york = try #require(Zone(named: "America/New_York"))
    #expect(york.moment(time(2026, 11, 1, 1, 30)) == moment(2026, 11, 1, 5, 30))
    // Samoa left out a whole day.
    let apia = try #require(Zone(named: "Pacific/Apia"))
    #expect(apia.civil(apia.moment(time(2011, 12, 30, 12))) == time(2011, 12, 31, 12))
  }

  @Test func `every clock reading leads back to itself`() throws {
    var dice = Dice(seed: 41)
    for name in ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Tehran"] {
      let zone = try #require(Zone(named: name))
      for _ in 0..<2000 {
        let moment = Moment(seconds: Int64.random(in: -2_000_000_000...8_000_000_000, using: &dice))
        let civil = zone.civil(moment)
        let back = zone.moment(civil)
        #expect(zone.civil(back) == civil)
        #expect(back <= moment)
      }
    }
  }

  @Test(arguments: [
    ("EST5EDT,M3.2.0,M11.1.0", -18_000, -14_400),
    ("EST5EDT4,M3.2.0/2:00,M11.1.0/2:00:00", -18_000, -14_400),
    ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", -10_800, -7200),
    ("NZST-12NZDT,M9.5.0,M4.1.0/3", 46_800, 43_200),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 3600), ("<+0330>-3:30", 12_600, 12_600),
    ("AAA3BBB,J60/0,J300/0", -10_800, -7200), ("AAA3BBB,59/0,299/0", -10_800, -7200),
    ("XXX3EDT4,0/0,J365/23", -14_400, -14_400),
  ])
  func `a rule is followed`(text: String, january: Int, july: Int) throws {
    let zone = try #require(Zone(rule: text))
    #expect(zone.offset(at: moment(2026, 1, 15, 12)) == january)
    #expect(zone.offset(at: moment(2026, 7, 15, 12)) == july)
    #expect(zone.offset(at: moment(2030, 1, 1, 0, 30)) == january)
  }

  @Test(arguments: [
    "", "A", "EST", "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST25", "<EST5",
    "EST5EDT,M3.2.0,M11.1.0x", "EST5:99", "EST5EDT,J0,J1", "EST5EDT,M3.2.0/200,M11.1.0", "日本9",
    "EST5EDT,M3.6.0,M11.1.0", "EST99999999999999999999",
  ])
  func `what is no rule is refused`(text: String) {
    #expect(Zone(rule: text) == nil)
  }

  @Test func `names that lead out of the folder, or nowhere, are refused`() {
    for name in [
      "../etc/passwd", "Europe/../../../etc/localtime", "/etc/localtime", "No/Where", "",
    ] {
      #expect(Zone(named: name) == nil, "\(name)")
    }
  }

  @Test func `the variable names the zone in every form`() {
    func current(_ variable: String?, local: String = "/nonexistent") -> Zone {
      ZoneFiles(variable: variable, folders: ["/usr/share/zoneinfo"], local: local).current()
    }
    #expect(current("Europe/Bucharest").name == "Europe/Bucharest")
    #expect(current(":Europe/Bucharest").name == "Europe/Bucharest")
    #expect(current("/usr/share/zoneinfo/Asia/Tokyo").name == "Asia/Tokyo")
    #expect(current("CET-1CEST,M3.5.0,M10.5.0/3").offset(at: moment(2026, 7, 1, 0)) == 7200)
    #expect(current("") == .utc)
    #expect(current("Nonsense/Zone") == .utc)
    #expect(current(nil) == .utc)
    #expect(current(nil, local: "/usr/share/zoneinfo/Asia/Tokyo").name == "Asia/Tokyo")
    #expect(current(nil, local: "/dev/zero") == .utc)
    #expect(current(nil, local: "/etc") == .utc)
  }

  @Test func `a damaged file is refused or read, never fatal`() throws {
    var dice = Dice(seed: 42)
    for path in ["Europe/Bucharest", "America/New_York", "Etc/UTC", "Africa/Casablanca"] {
      let whole = try bytes(of: "/usr/share/zoneinfo/" + path)
      #expect(Zone(name: path, tzif: whole) != nil)
      for length in 0..<min(whole.count, 700) { touch(Array(whole.prefix(length))) }
      for _ in 0..<1500 {
        var broken = whole
        for _ in 0..<Int.random(in: 1...4, using: &dice) {
          let near = Int.random(in: 0..<4, using: &dice) > 0 ? min(120, broken.count) : broken.count
          broken[Int.random(in: 0..<near, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
        }
        touch(broken)
      }
    }
  }

  private func touch(_ bytes: [UInt8]) {
    guard let zone = Zone(name: "x", tzif: bytes) else { return }
    for seconds in [Int64.min, -1, 0, 1_800_000_000, 1 << 40, .max] {
      _ = zone.civil(Moment(seconds: seconds))
      _ = zone.abbreviation(at: Moment(seconds: seconds))
    }
  }

  private func bytes(of path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 100_000)
    let count = fread(&buffer, 1, buffer.count, file)
    return Array(buffer[..<count])
  }
}
