internal import Foundation
internal import Glibc
internal import ProgramKit
internal import TestKit

/// Two people of a group, a real server and a bad network: both post, react to nothing but fate, and
/// write in their journals, while programs and server are killed at random; then all heals and is
/// compared.
///
/// Each comment carries a word of its own: one that was told to be saved is on both machines exactly
/// once in the end. A check-in of a week is one row, however often and wherever it was interrupted. No
/// word of a journal is ever on the other's machine.
package final class GroupStorm {
  private struct Person {
    let program = ClientProgram(isStill: false)
    let user: String
    var told: Set<String> = []
    var written: Set<String> = []
    /// Moods of check-ins: the last that was told, and those tried since.
    var mood: String?
    var later: Set<String> = []
    var secrets: Set<String> = []
  }

  private let server = ServerProgram()
  private let proxy: FaultyProxy
  private var dice: SeededDice
  private var people = [Person(user: "anna"), Person(user: "ben")]
  private var report = Storm.Report()
  /// The one that all of it is about, though a night may end it meanwhile.
  private var week = ""
  private static let password = "Correct-Horse-7"
  private static let group = "Harbour Four"

  /// The same seed draws the same steps; what they meet depends on the machine.
  package init(seed: UInt64) throws {
    dice = SeededDice(state: seed)
    proxy = try FaultyProxy(to: 1, seed: seed)
  }

  /// Goes on until `isOver` says so, then heals and compares.
  package func run(until isOver: @Sendable (Storm.Report) -> Bool) async throws -> Storm.Report {
    try await begin()
    while !isOver(report) {
      report.steps += 1
      try await step()
    }
    try await heal()
    try await compare()
    proxy.close()
    try await server.stop()
    return report
  }

  private func begin() async throws {
    try await server.start()
    proxy.turn(to: server.port)
    let file = server.folder.file("password")
    try Self.password.write(toFile: file, atomically: true, encoding: .utf8)
    chmod(file, 0o600)
    let url = "http://127.0.0.1:\(proxy.port)"
    for person in people {
      try await must(person, "register", url, "--user", person.user, "--password-file", file)
    }
    try await must(people[0], "group", "create", Self.group, "--zone", "UTC")
    let code = try await must(people[0], "group", "code", Self.group, "--json").json()["code"]
    try await must(people[1], "group", "join", code as? String ?? "")
    week = try await must(people[0], "checkin", "--json").json()["week"] as? String ?? ""
    for person in people { try await must(person, "checkin", "5", "5", "5", "5", "--week", week) }
    for _ in 0..<2 { for person in people { try await must(person, "sync") } }
  }

  @discardableResult
  private func must(_ person: Person, _ arguments: String...) async throws -> ClientProgram.Ran {
    let ran = try await person.program.run(arguments)
    guard ran.code == 0 else {
      throw TimedOut(description: "\(person.user): \(arguments): \(ran)\n\(server.log)")
    }
    return ran
  }

  // MARK: Steps

  private func step() async throws {
    let who = Int.random(in: 0..<2, using: &dice)
    switch Int.random(in: 0..<100, using: &dice) {
    case ..<30: try await comment(who)
    case ..<50: try await checkIn(who)
    case ..<58: try await write(who)
    case ..<66: try await people[who].program("sync")
    case ..<74: try await kill(who, ["sync"], "sync")
    case ..<80: try await killComment(who)
    case ..<88: try await killServer()
    case ..<90: proxy.cutAll()
    case ..<97: proxy.set(.bad)
    default: proxy.set(FaultyProxy.Faults())
    }
  }

  private func newWord() -> String { "w" + String(dice.next(), radix: 36) }

  /// Under the other's check-in.
  private func comment(_ who: Int) async throws {
    let word = newWord()
    people[who].written.insert(word)
    let ran = try await people[who].program("checkin", "comment", people[1 - who].user, word)
    guard ran.code == 0 else { return }
    people[who].told.insert(word)
    report.told += 1
  }

  private func killComment(_ who: Int) async throws {
    let word = newWord()
    people[who].written.insert(word)
    try await kill(who, ["checkin", "comment", people[1 - who].user, word], "comment")
  }

  private func checkIn(_ who: Int) async throws {
    let mood = newWord()
    let scores = (0..<4).map { _ in String(Int.random(in: 1...10, using: &dice)) }
    people[who].later.insert(mood)
    let ran = try await people[who].program.run(
      ["checkin"] + scores + ["--mood", mood, "--week", week])
    guard ran.code == 0 else { return }
    people[who].mood = mood
    people[who].later = []
    report.told += 1
  }

  /// What nobody else may ever have.
  private func write(_ who: Int) async throws {
    let word = newWord()
    people[who].secrets.insert(word)
    try await people[who].program("journal", "add", "one line, \(word).")
  }

  private func kill(_ who: Int, _ arguments: [String], _ name: String) async throws {
    let wait = Int.random(in: 0..<300, using: &dice)
    try await people[who].program.kill(after: wait, arguments)
    report.killed[name, default: 0] += 1
  }

  private func killServer() async throws {
    try await server.stop(SIGKILL)
    report.killed["server", default: 0] += 1
    try await server.start()
    proxy.turn(to: server.port)
  }

  // MARK: The end

  private func heal() async throws {
    for (name, count) in proxy.counts { report.faults[name] = count }
    proxy.set(FaultyProxy.Faults())
    for round in 1...6 {
      report.rounds = round
      var isQuiet = true
      for person in people {
        let ran = try await person.program("sync", "--json")
        if ran.code != 0 { isQuiet = false }
        if round == 6, ran.code != 0 { report.violations.append("sync fails still: \(ran)") }
      }
      if isQuiet, round > 2 { break }
    }
  }

  private func compare() async throws {
    var shown: [[String]] = []
    for person in people {
      let groups = try await must(person, "checkin", "show", week, "--json").list("groups")
      let lines = groups.first?["lines"] as? [[String: Any]] ?? []
      shown.append(lines.map(Self.text))
    }
    let lives = shown.map { $0.sorted().joined(separator: "\n") }
    if lives[0] != lives[1] { report.violations.append("not the same:\n\(lives[0])\n\(lives[1])") }
    for (index, person) in people.enumerated() {
      if shown[index].count != 2 {
        report.violations.append("\(shown[index].count) check-ins of one week of two people")
      }
      if let mood = person.mood, !(person.later.union([mood]).contains { lives[0].contains($0) }) {
        report.violations.append("\(person.user)'s check-in is not the last one: \(mood)")
      }
      for word in person.written {
        let count = lives[0].split(separator: word, omittingEmptySubsequences: false).count - 1
        if count > 1 { report.violations.append("\(word) is there \(count) times") }
        if count == 0, person.told.contains(word) { report.violations.append("\(word) is lost") }
      }
      report.untold += person.written.subtracting(person.told).count
      try look(for: person.secrets, on: people[1 - index])
      let status = try await must(person, "status", "--json").json()
      if status["waiting"] as? Int != 0 { report.violations.append("something waits: \(status)") }
    }
    let doctor = try await server.run("doctor", "--json")
    if doctor.code != 0 { report.violations.append("lifeosd doctor: \(doctor.output)") }
  }

  /// Of one member's line: the check-in, and the comments under it.
  private static func text(_ line: [String: Any]) -> String {
    let checkIn = line["checkin"] as? [String: Any] ?? [:]
    let comments = (line["comments"] as? [[String: Any]] ?? []).map { "\($0["text"] ?? "")" }
    return "\(checkIn["id"] ?? "") \(checkIn["mood"] ?? "") \(comments.sorted())"
  }

  private func look(for secrets: Set<String>, on person: Person) throws {
    for file in ["", "-wal"].map({ person.program.database + $0 }) {
      let bytes = FileManager.default.contents(atPath: file) ?? Data()
      for word in secrets where bytes.firstRange(of: Data(word.utf8)) != nil {
        report.violations.append("\(person.user) has a private word of the other: \(word)")
      }
    }
  }
}
