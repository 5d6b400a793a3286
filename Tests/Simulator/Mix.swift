/// How probable each act and each fault is in one schedule. Every schedule draws its own (swarm
/// testing): some never see a fault that others live with.
package struct Mix: Sendable {
  /// What a step may do, by weight.
  enum Act: Int, CaseIterable {
    case write, sync, clock, serverRestore, deviceRestore, power, copy, role, upgrade, stranger
    case poison, member, intruder
  }

  var steps = 80
  var devices = 3
  var weights: [Act: Double] = [.write: 0.45, .sync: 0.45]

  // Faults of the line.
  var drop = 0.0
  var lose = 0.0
  var delay = 0.0
  var duplicate = 0.0
  /// Of either side, before or after its commit, and at any statement of it.
  var crash = 0.0
  /// A disk that is full, or fails, for one write or one reply.
  var full = 0.0

  /// Operations a page, and a request.
  var page = 3
  var batch = 4
  /// How many kinds, rows of each and fields of each are written: few make conflicts frequent.
  var kinds = 3
  var rows = 2
  var fields = 4
  /// New devices read a longer history by a snapshot.
  var longHistory: Int64 = 2_000
  /// Whether devices learn how far their clock is from the server's.
  var measuresClock = true
  /// How many devices run an older program, and one whose types are others.
  var older = 0.0
  var odd = 0.0
  /// How many devices have joined before the first step.
  var joined = 0.8
  /// Of all writes: those of several rows, deletes, undos.
  var groups = 0.2
  var deletes = 0.1
  var undos = 0.1
  /// Accounts, the groups that they may be in, and how many writes are shown there.
  var people = 1
  var circles = 0
  var shown = 0.0

  /// The mix of one schedule, as the design's model draws it.
  static func drawn(_ dice: inout Dice) -> Mix {
    var mix = Mix()
    mix.devices = dice.pick([2, 3, 3, 4])
    mix.steps = 20 + dice.below(120)
    mix.weights = [
      .write: 0.2 + dice.fraction() * 0.5, .sync: 0.2 + dice.fraction() * 0.5,
      .clock: dice.fraction() * 0.15,
      .serverRestore: dice.chance(0.3) ? dice.fraction() * 0.04 : 0,
      .deviceRestore: dice.chance(0.25) ? dice.fraction() * 0.04 : 0,
      .power: dice.fraction() * 0.06, .copy: dice.chance(0.2) ? 0.02 : 0,
      .role: dice.chance(0.1) ? 0.02 : 0, .upgrade: 0.02, .stranger: 0.02,
      .poison: dice.chance(0.03) ? 0.02 : 0,
    ]
    mix.drop = dice.fraction() * 0.35
    mix.lose = dice.fraction() * 0.35
    mix.delay = dice.fraction() * 0.3
    mix.duplicate = dice.fraction() * 0.3
    mix.crash = dice.fraction() * 0.15
    mix.full = dice.fraction() * 0.08
    mix.page = dice.pick([1, 2, 3, 3, 5, 20])
    mix.batch = dice.pick([1, 2, 4, 4, 500])
    mix.kinds = dice.pick([1, 2, 3, 3])
    mix.rows = dice.pick([1, 2, 2])
    mix.fields = dice.pick([1, 2, 4])
    mix.measuresClock = dice.chance(0.5)
    mix.older = dice.chance(0.4) ? 0.4 : 0
    mix.odd = dice.chance(0.1) ? 0.3 : 0
    mix.joined = dice.pick([1, 1, 0.7, 0.4])
    mix.longHistory = dice.pick([2_000, 2_000, 5, 0])
    mix.groups = dice.pick([0, 0.2, 0.4])
    mix.deletes = dice.pick([0, 0.1, 0.3])
    mix.undos = dice.pick([0, 0.1, 0.2])
    if dice.chance(0.3) { mix.meet(&dice) }
    return mix
  }

  /// Several accounts in groups, whose members come and go.
  mutating func meet(_ dice: inout Dice) {
    people = dice.pick([2, 2, 3, 4])
    circles = dice.pick([1, 1, 2, 3])
    devices = max(devices, people)
    steps = min(steps, 100)
    shown = dice.pick([0.3, 0.6, 0.8])
    weights[.member] = dice.fraction() * 0.1
    weights[.intruder] = dice.chance(0.5) ? 0.03 : 0
  }

  /// Everything works from now on.
  mutating func heal() {
    drop = 0
    lose = 0
    delay = 0
    duplicate = 0
    crash = 0
    full = 0
    page = max(page, 50)
    batch = max(batch, 50)
  }
}
