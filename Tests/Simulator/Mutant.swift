internal import Kernel

/// A design with one rule left out, under the name that the model has for it: the simulator must find
/// that something breaks, or the rule is in doubt (or the simulator is).
package enum Mutant: String, CaseIterable, Sendable {
  case wallClock = "wall_clock"
  case tiePrefersSelf = "tie_prefers_self"
  case opCounter = "oid_counter"
  case acknowledgeByRegister = "ack_by_register"
  case cursorFirst = "cursor_first"
  case pageOffByOne = "page_off_by_one"
  case newIDOnRetry = "new_id_on_retry"
  case noDeduplication = "no_dedup"
  case noChain = "no_chain"
  case noEpoch = "no_epoch"
  case noSeen = "no_seen"
  case noRequestNumbers = "no_rseq"
  case staleWait = "stale_wait"
  case noStop = "no_stop"
  case staleReject = "stale_reject"
  case noCanonicalStamp = "no_canon"
  case dropAhead = "drop_ahead"
  case acceptAhead = "accept_ahead"
  case restampNaive = "restamp_naive"
  case restampSome = "restamp_some"
  case noHistory = "no_history"
  case syncNormal = "sync_normal"
  case latePage = "late_page"
  case pendingInArchive = "pending_in_archive"
  case nothingOffered = "nothing_offered"
  case wrongDigest = "wrong_digest"
  case unprovenRows = "unproven_rows"
  case rowsOfOthers = "rows_of_others"
  case keptKinds = "kept_kinds"
  case noRestating = "no_restating"

  /// The rules that it does without.
  var broken: Set<SyncRule> {
    switch self {
    case .wallClock: [.logicalClock]
    case .tiePrefersSelf: [.tieBreak]
    case .opCounter: [.randomIDs]
    case .acknowledgeByRegister: [.acknowledgeByID]
    case .cursorFirst: [.cursorWithPage]
    case .pageOffByOne: [.exactPages]
    case .newIDOnRetry: [.sameIDOnRetry]
    case .noDeduplication: [.deduplicate]
    case .noChain: [.compareChain, .compareSeen, .compareEpoch]
    case .noEpoch: [.compareEpoch]
    case .noSeen: [.compareSeen]
    case .noRequestNumbers: [.requestNumbers]
    case .staleWait: [.retryStaleAtOnce]
    case .noStop: [.stopAtRestamp]
    case .staleReject: [.ignoreLateVerdicts]
    case .noCanonicalStamp: [.canonicalStamp]
    case .dropAhead: [.keepAhead]
    case .acceptAhead: [.refuseFuture]
    case .restampNaive: [.restampAboveSeen]
    case .restampSome: [.restampTail]
    case .noHistory: [.keepVersions]
    case .syncNormal: [.durableCommits]
    case .latePage: [.ignoreLatePages]
    case .pendingInArchive: [.putAsideOnLeaving]
    case .nothingOffered: [.offerOnReturn]
    case .wrongDigest: [.digestOfSpace]
    case .unprovenRows: [.proveRows]
    case .rowsOfOthers: [.ownRows]
    case .keptKinds: [.keptKinds]
    case .noRestating: [.restate]
    }
  }

  /// The chain alone finds every rollback: without the epoch nothing breaks.
  package var isExpectedToLive: Bool { self == .noEpoch }

  /// So many schedules must be enough to kill it.
  package var schedules: Int { self == .noEpoch ? 60 : 400 }

  /// A mix of faults in which it dies soon; found by a search with the model.
  func mix(_ dice: inout Dice) -> Mix {
    switch self {
    case .wallClock, .acceptAhead, .dropAhead:
      Mix.focused(.init(registers: 2, steps: 80, clock: 0.25))
    case .tiePrefersSelf:
      Mix.focused(.init(registers: 1, page: 1, batch: 2, devices: 3, write: 0.45, sync: 0.17))
    case .opCounter:
      Mix.focused(.init(registers: 6, page: 1, batch: 1, write: 0.23, sync: 0.13, copy: 0.05))
    case .acknowledgeByRegister, .newIDOnRetry, .noDeduplication:
      Mix.focused(.init(registers: 2, steps: 60, lose: 0.4, duplicate: 0.2))
    case .cursorFirst: Mix.focused(.init(registers: 2, steps: 60, crash: 0.3))
    case .pageOffByOne: Mix.focused(.init(registers: 2, page: 1, steps: 60))
    case .noChain:
      Mix.focused(
        .init(
          registers: 1, page: 10, batch: 2, write: 0.28, sync: 0.15, serverRestore: 0.05,
          lose: 0.2, duplicate: 0.4))
    case .noEpoch:
      Mix.focused(.init(registers: 2, steps: 60, serverRestore: 0.05, lose: 0.2, duplicate: 0.3))
    case .noSeen:
      Mix.focused(
        .init(
          registers: 2, page: 1, batch: 2, steps: 80, write: 0.63, sync: 0.4,
          serverRestore: 0.03, lose: 0.21, delay: 0.16, crash: 0.18))
    case .staleWait:
      Mix.focused(
        .init(
          registers: 6, page: 10, batch: 1, write: 0.36, sync: 0.2, copy: 0.05,
          duplicate: 0.42))
    case .noStop, .noRequestNumbers:
      Mix.focused(
        .init(
          registers: 2, steps: 140, write: 0.46, sync: 0.17, clock: 0.28, deviceRestore: 0.02,
          copy: 0.03, duplicate: 0.4))
    case .staleReject:
      Mix.focused(
        .init(
          registers: 2, page: 10, steps: 80, write: 0.38, sync: 0.5, clock: 0.18, lose: 0.3,
          delay: 0.74, duplicate: 0.5))
    case .noCanonicalStamp:
      Mix.focused(
        .init(
          registers: 6, steps: 80, write: 0.24, sync: 0.11, clock: 0.2, deviceRestore: 0.05,
          copy: 0.04))
    case .restampNaive:
      Mix.focused(
        .init(
          registers: 1, page: 1, batch: 2, write: 0.34, sync: 0.2, clock: 0.15, delay: 0.69))
    case .restampSome:
      Mix.focused(
        .init(
          registers: 2, page: 10, steps: 140, write: 0.36, sync: 0.14, clock: 0.29,
          delay: 0.6))
    case .noHistory: Mix.focused(.init(registers: 1))
    case .syncNormal: Mix.focused(.init(registers: 2, power: 0.2))
    case .latePage:
      Mix.focused(
        .init(
          registers: 6, page: 10, batch: 2, steps: 140, sync: 0.57, clock: 0.12,
          deviceRestore: 0.04, delay: 0.56, crash: 0.07))
    case .pendingInArchive, .wrongDigest, .rowsOfOthers, .keptKinds: Mix.circle()
    case .unprovenRows: Mix.circle(serverRestore: 0.04, intruder: 0.2)
    case .noRestating: Mix.circle(serverRestore: 0.05)
    case .nothingOffered: Mix.circle(serverRestore: 0.08, steps: 140)
    }
  }
}

extension Mix {
  /// What matters for one rule; all else is left out.
  struct Focus {
    var registers = 2
    var page = 3
    var batch = 4
    var devices = 2
    var steps = 40
    var write = 0.4
    var sync = 0.4
    var clock = 0.0
    var serverRestore = 0.0
    var deviceRestore = 0.0
    var power = 0.0
    var copy = 0.0
    var lose = 0.0
    var delay = 0.0
    var duplicate = 0.0
    var crash = 0.0
  }

  /// Two people in a group, whose members and intruders come and go.
  static func circle(
    serverRestore: Double = 0, intruder: Double = 0.1, steps: Int = 80
  ) -> Mix {
    var mix = focused(.init(registers: 4, devices: 3, steps: steps, serverRestore: serverRestore))
    mix.people = 2
    mix.circles = 1
    mix.shown = 0.8
    mix.weights[.member] = 0.15
    mix.weights[.intruder] = intruder
    return mix
  }

  static func focused(_ focus: Focus) -> Mix {
    var mix = Mix()
    mix.steps = focus.steps
    mix.devices = focus.devices
    mix.weights = [
      .write: focus.write, .sync: focus.sync, .clock: focus.clock,
      .serverRestore: focus.serverRestore, .deviceRestore: focus.deviceRestore,
      .power: focus.power, .copy: focus.copy,
    ]
    mix.lose = focus.lose
    mix.delay = focus.delay
    mix.duplicate = focus.duplicate
    mix.crash = focus.crash
    mix.page = focus.page
    mix.batch = focus.batch
    mix.kinds = 1
    mix.rows = focus.registers > 2 ? 2 : 1
    mix.fields = min(2, focus.registers)
    mix.measuresClock = false
    mix.joined = 1
    mix.groups = 0
    mix.undos = 0
    mix.deletes = focus.registers > 2 ? 0.2 : 0
    return mix
  }
}
