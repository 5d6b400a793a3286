import Kernel
import Synchronization
import Testing

@testable import Sync

/// When the engine does what: a clock and dice in the test's hand.
struct SyncPlanTests {
  /// Dice that always show the most (or the least) they can: every wait at its end.
  private static let most: @Sendable () -> UInt64 = { UInt64.max / 2 }
  private static let least: @Sendable () -> UInt64 = { 0 }
  private let space = EntryID(high: 0x5BACE, low: 1)

  private func plan(_ random: @escaping @Sendable () -> UInt64 = least) -> SyncPlan {
    var plan = SyncPlan(random: random)
    plan.started(at: 1000)
    return plan
  }

  /// One that has begun, synced and listens.
  private func streaming() -> SyncPlan {
    var plan = plan()
    plan.began(at: 1000)
    plan.ended(.done(pollSeconds: 60), at: 1100)
    plan.listening(at: 1100)
    plan.streamOpened(at: 1200)
    plan.began(at: 1200)
    plan.ended(.done(pollSeconds: 60), at: 1300)
    return plan
  }

  @Test func `the first exchange is due at once, and the stream after it`() {
    var plan = plan()
    #expect(plan.exchangeDue == 1000)
    #expect(plan.streamDue == nil)
    plan.began(at: 1000)
    #expect(plan.exchangeDue == nil)
    plan.ended(.done(pollSeconds: 60), at: 1500)
    #expect(plan.streamDue == 1500)
  }

  @Test func `a write is sent after a pause, several ones after two seconds at most`() {
    var plan = streaming()
    plan.wrote(at: 10_000)
    #expect(plan.exchangeDue == 10_300)
    for moment in stride(from: Int64(10_200), through: 11_800, by: 200) { plan.wrote(at: moment) }
    #expect(plan.exchangeDue == 12_000)
    plan.began(at: 12_000)
    plan.wrote(at: 12_010)
    plan.ended(.done(pollSeconds: 60), at: 12_050)
    #expect(plan.exchangeDue == 12_310)
  }

  @Test func `hints are exchanged at once, and several are one exchange`() {
    var plan = streaming()
    for moment in Int64(5000)..<5010 { plan.hinted(space, at: moment) }
    #expect(plan.exchangeDue == 5000)
    plan.began(at: 5010)
    plan.ended(.done(pollSeconds: 60), at: 5020)
    #expect(plan.exchangeDue ?? 0 > 500_000)
  }

  @Test func `a hint during an exchange brings one more`() {
    var plan = streaming()
    plan.hinted(space, at: 5000)
    plan.began(at: 5000)
    plan.hinted(space, at: 5001)
    plan.ended(.done(pollSeconds: 60), at: 5010)
    #expect(plan.exchangeDue == 5001)
  }

  @Test func `a hint is of one space, a poll and a wish are of all`() {
    let other = EntryID(high: 0x5BACE, low: 2)
    var plan = streaming()
    plan.hinted(space, at: 5000)
    plan.hinted(other, at: 5001)
    #expect(plan.began(at: 5001) == .some([space, other]))
    plan.hinted(other, at: 5002)
    plan.ended(.done(pollSeconds: nil), at: 5010)
    #expect(plan.began(at: 5010) == .some([other]))
    plan.ended(.done(pollSeconds: 60), at: 5020)
    // The poll is not put off by hints.
    let due = plan.exchangeDue ?? .max
    #expect(due < 5000 + 1_000_000)
    #expect(plan.began(at: due) == .all)
    plan.ended(.done(pollSeconds: 60), at: due)
    plan.wrote(at: due + 1)
    #expect(plan.began(at: due + 301) == .some([]))
    plan.ended(.done(pollSeconds: nil), at: due + 302)
    plan.hinted(space, at: due + 400)
    plan.asked(at: due + 400)
    #expect(plan.began(at: due + 400) == .all)
  }

  @Test func `what was hinted at before a failure is looked for everywhere`() {
    var plan = streaming()
    plan.hinted(space, at: 5000)
    #expect(plan.began(at: 5000) == .some([space]))
    plan.ended(.failed(retryAfter: nil), at: 5010)
    let due = plan.exchangeDue ?? .max
    #expect(plan.began(at: due) == .all)
    plan.ended(.done(pollSeconds: 60), at: due)
    plan.hinted(space, at: due + 1)
    #expect(plan.began(at: due + 1) == .some([space]))
    plan.ended(.busy, at: due + 2)
    #expect(plan.began(at: plan.exchangeDue ?? .max) == .all)
  }

  @Test func `single spaces that fail are tried again, and keep nothing else waiting`() {
    var plan = plan { 1 << 40 }
    var now: Int64 = 1000
    var longest: Int64 = 0
    for _ in 0..<30 {
      #expect(plan.began(at: now) == .all)
      plan.ended(.partly(pollSeconds: 3600, needsPerson: false), at: now)
      let due = plan.exchangeDue ?? .max
      longest = max(longest, due - now)
      plan.wrote(at: now)
      #expect(plan.exchangeDue ?? .max <= now + 300)
      now = due
    }
    #expect(longest > 10_000 && longest <= 300_000)
    var held = streaming()
    held.asked(at: 5000)
    held.began(at: 5000)
    held.ended(.partly(pollSeconds: 60, needsPerson: true), at: 5000)
    #expect(!held.isHeld)
    #expect(held.exchangeDue ?? 0 >= 5000 + 200_000)
    held.wrote(at: 6000)
    #expect(held.exchangeDue == 6300)
  }

  @Test func `each stream that opens brings one exchange`() {
    var plan = plan()
    plan.began(at: 1000)
    plan.ended(.done(pollSeconds: 60), at: 1100)
    plan.listening(at: 1100)
    plan.streamOpened(at: 1150)
    #expect(plan.exchangeDue == 1150)
  }

  @Test func `failures wait longer and longer, up to five minutes, and a timer always runs`() {
    var plan = plan { 1 << 40 }
    var now: Int64 = 1000
    var longest: Int64 = 0
    for failure in 0..<40 {
      plan.began(at: now)
      plan.ended(.failed(retryAfter: nil), at: now)
      let due = plan.exchangeDue ?? .max
      #expect(due >= now && due <= now + min(300_000, 1000 << Int64(min(failure, 20))))
      longest = max(longest, due - now)
      now = due
    }
    #expect(longest <= 300_000)
  }

  @Test func `a success forgets the failures`() {
    var plan = plan(Self.least)
    for _ in 0..<8 {
      plan.began(at: 1000)
      plan.ended(.failed(retryAfter: nil), at: 1000)
    }
    plan.began(at: 1000)
    plan.ended(.done(pollSeconds: 60), at: 1000)
    #expect(plan.streamDue == 1000)
    plan.wrote(at: 2000)
    #expect(plan.exchangeDue == 2300)
  }

  @Test func `Retry-After is honoured, by writes, hints and waking up alike`() {
    var plan = streaming()
    plan.began(at: 2000)
    plan.ended(.failed(retryAfter: 30), at: 2000)
    #expect(plan.exchangeDue ?? 0 >= 32_000)
    plan.wrote(at: 3000)
    plan.hinted(space, at: 3000)
    #expect(plan.exchangeDue ?? 0 >= 32_000)
    plan.resumed(at: 4000)
    #expect(plan.exchangeDue ?? 0 >= 32_000)
    #expect(plan.exchangeDue ?? .max <= 34_000)
  }

  @Test func `writes do not hurry a server that cannot be reached`() {
    var plan = SyncPlan { 999 }
    plan.started(at: 1000)
    plan.began(at: 1000)
    plan.ended(.failed(retryAfter: nil), at: 1000)
    let due = plan.exchangeDue
    #expect(due == 1999)
    plan.wrote(at: 1010)
    #expect(plan.exchangeDue == due)
  }

  @Test func `waking up exchanges at once`() {
    var plan = SyncPlan { 299_999 }
    plan.started(at: 1000)
    for _ in 0..<20 {
      plan.began(at: 1000)
      plan.ended(.failed(retryAfter: nil), at: 1000)
    }
    #expect(plan.exchangeDue ?? 0 > 200_000)
    plan.resumed(at: 5000)
    #expect(plan.exchangeDue == 5000)
  }

  @Test func `three streams that do not last lead to polls, and another stream ten minutes later`()
  {
    var plan = streaming()
    plan.streamEnded(at: 2000)
    #expect(plan.streamFailures == 1)
    for round in 2...3 {
      let due = plan.streamDue ?? .max
      #expect(due < 20_000)
      plan.listening(at: due)
      plan.streamEnded(at: due)
      #expect(plan.streamFailures == round)
    }
    let next = plan.streamDue ?? 0
    #expect(next >= 540_000 && next <= 690_000)
    plan.began(at: 20_000)
    plan.ended(.done(pollSeconds: 20), at: 20_000)
    let poll = plan.exchangeDue ?? .max
    #expect(poll >= 38_000 && poll <= 42_000)
    #expect(plan.streamDue == next)
  }

  @Test func `a stream that lasted counts as a good one`() {
    var plan = streaming()
    plan.streamEnded(at: 1200 + 60_000)
    #expect(plan.streamFailures == 0)
    #expect(plan.streamDue ?? .max < 65_000)
  }

  @Test func `a stream's end asks the server how it is`() {
    var plan = streaming()
    plan.streamEnded(at: 100_000)
    let due = plan.exchangeDue ?? .max
    #expect(due >= 100_000 && due <= 102_000)
    plan.began(at: due)
    plan.ended(.failed(retryAfter: nil), at: due)
    #expect(plan.streamDue == nil)
    plan.began(at: due + 1000)
    plan.ended(.done(pollSeconds: 60), at: due + 1000)
    #expect(plan.streamDue == due + 1000)
  }

  @Test func `what only a person can help is looked at now and then, and after a write`() {
    var plan = streaming()
    plan.hinted(space, at: 2000)
    plan.began(at: 2000)
    plan.ended(.held, at: 2000)
    #expect(plan.isHeld)
    #expect(plan.streamDue == nil)
    let due = plan.exchangeDue ?? 0
    #expect(due >= 270_000 && due <= 340_000)
    plan.wrote(at: 3000)
    #expect(plan.exchangeDue == 12_000)
    plan.asked(at: 4000)
    #expect(plan.exchangeDue ?? .max <= 4000)
  }

  @Test func `another process's turn is looked at again soon`() {
    var plan = streaming()
    plan.wrote(at: 2000)
    plan.began(at: 2300)
    plan.ended(.busy, at: 2300)
    let due = plan.exchangeDue ?? .max
    #expect(due >= 2800 && due <= 3300)
  }

  @Test func `a server that asks for polls without a pause does not get them`() {
    var plan = plan()
    plan.began(at: 1000)
    plan.ended(.done(pollSeconds: 0), at: 1000)
    #expect(plan.exchangeDue ?? 0 >= 5000)
    plan.began(at: 9000)
    plan.ended(.failed(retryAfter: .max), at: 9000)
    #expect(plan.exchangeDue ?? .max <= 9000 + 3_602_000)
  }

  @Test func `no run of events leaves it without a next step`() {
    let dice = Dice(7)
    for _ in 0..<500 {
      var plan = SyncPlan { dice.roll() }
      var now: Int64 = 0
      var isListening = false
      plan.started(at: now)
      for _ in 0..<60 {
        now += Int64(dice.roll() % 5000)
        switch dice.roll() % 7 {
        case 0: plan.wrote(at: now)
        case 1: plan.hinted(space, at: now)
        case 2: plan.resumed(at: now)
        case 3:
          if !isListening, let due = plan.streamDue {
            now = max(now, due)
            plan.listening(at: now)
            isListening = true
            if dice.roll() % 2 == 0 { plan.streamOpened(at: now) }
          }
        case 4:
          if isListening { plan.streamEnded(at: now) }
          isListening = false
        default:
          guard let due = plan.exchangeDue else { continue }
          now = max(now, due)
          plan.began(at: now)
          let outcomes: [SyncPlan.Outcome] = [
            .done(pollSeconds: 60), .busy, .failed(retryAfter: nil), .failed(retryAfter: 5), .held,
          ]
          plan.ended(outcomes[Int(dice.roll() % 5)], at: now)
        }
        let due = plan.exchangeDue
        #expect(due != nil && (due ?? .max) <= now + 3_600_000)
      }
    }
  }
}

/// Random numbers of a seed (SplitMix64).
final class Dice: Sendable {
  private let state: Mutex<UInt64>
  init(_ seed: UInt64) { state = Mutex(seed) }
  func roll() -> UInt64 {
    state.withLock {
      $0 &+= 0x9E37_79B9_7F4A_7C15
      var mixed = $0
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }
}
