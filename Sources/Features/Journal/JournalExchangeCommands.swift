package import ArgumentParser

/// `lifeos import`.
package struct ImportCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring in a journal from another program.")
  package init() {}
  package func run(on console: Console) throws {
    throw Failure(.failed, "this build cannot import yet")
  }
}

/// `lifeos export`.
package struct ExportCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the journal as files that anybody can read.")
  package init() {}
  package func run(on console: Console) throws {
    throw Failure(.failed, "this build cannot export yet")
  }
}
