#if Server
  internal import ArgumentParser
  internal import Wire

  /// `lifeosd routes`.
  struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "routes", abstract: "Show every route; --openapi prints their OpenAPI document.")

    @Flag(name: .customLong("openapi"), help: "The OpenAPI 3.1 document.") var isDocument = false

    func run() throws {
      guard !isDocument else {
        let bytes = OpenAPI.document(version: Lifeosd.configuration.version).bytes
        return Say.line(String(decoding: bytes, as: UTF8.self))
      }
      var lines = Routes.all.map { ($0.method, $0.path, $0.isForAnyone, $0.summary) }
      lines.append(("GET", Routes.events, false, "Hints of new operations, as they happen."))
      lines.append(("GET", API.document, true, "This list as an OpenAPI document."))
      let width = lines.map(\.1.count).max() ?? 0
      for (method, path, isForAnyone, summary) in lines {
        let gap = String(repeating: " ", count: width - path.count + 2)
        let space = String(repeating: " ", count: 8 - method.count)
        Say.line(
          "\(method)\(space)\(path)\(gap)\(isForAnyone ? "anyone    " : "signed in ")\(summary)")
      }
    }
  }
#endif
