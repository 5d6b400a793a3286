package import ArgumentParser

/// A command of the command line: parsed by ArgumentParser, run with what the program hands it.
package protocol ConsoleCommand: ParsableCommand {
  func run(on console: Console) throws
}

/// `--json`, for every command that prints data.
package struct JsonOption: ParsableArguments {
  @Flag(
    name: .customLong("json"), help: "Print JSON, in the shape that `lifeos manual json` tells.")
  package var isOn = false
  package init() {}
}
