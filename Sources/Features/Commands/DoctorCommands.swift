package import ArgumentParser
internal import Kernel

/// `lifeos doctor`.
package struct DoctorCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the terminal, the database, the backups and the clock.",
    discussion: "Exits with 1 where it finds a problem. Changes nothing.")

  @OptionGroup var json: JsonOption
  package init() {}

  package func run(on console: Console) throws {
    let doctor = Doctor(console)
    if json.isOn {
      console.output.json(
        list: "findings", doctor.findings.lazy.map(\.json),
        rest: [("problems", .number(doctor.problems))])
    } else {
      var area = ""
      for finding in doctor.findings {
        if finding.area != area {
          if !area.isEmpty { console.output.line("") }
          area = finding.area
          console.output.line(.bold(area.sentence))
        }
        show(finding, console)
      }
    }
    if doctor.problems > 0 {
      throw Failure(
        .failed,
        doctor.problems == 1 ? "1 problem was found" : "\(doctor.problems) problems were found")
    }
  }

  private func show(_ finding: Doctor.Finding, _ console: Console) {
    let mark =
      switch finding.state {
      case .ok: "✓"
      case .note: "·"
      case .warning: "!"
      case .problem: "✗"
      }
    let gap = String(repeating: " ", count: max(1, 28 - finding.name.count))
    console.output.line(
      .plain("  \(mark) "), .dim(finding.name), .plain(gap), .plain(finding.value))
    if !finding.advice.isEmpty { console.output.line("      ", .plain(finding.advice)) }
  }
}

extension Doctor.Finding {
  /// The shape in which `--json` prints a finding.
  var json: Json {
    .object([
      ("area", .text(area)), ("name", .text(name)), ("value", .text(value)),
      ("state", .text(state.rawValue)), ("advice", advice.isEmpty ? .null : .text(advice)),
    ])
  }
}
