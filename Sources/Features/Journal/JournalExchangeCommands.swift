internal import ArgumentParser
package struct ImportCommand: ConsoleCommand { package init() {} ; package func run(on console: Console) throws {} }
package struct ExportCommand: ConsoleCommand { package init() {} ; package func run(on console: Console) throws {} }
