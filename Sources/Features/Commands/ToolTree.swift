internal import Foundation

/// The command line as ArgumentParser describes it: what the manual is generated from.
struct ToolTree: Decodable {
  struct Command: Decodable {
    let commandName: String
    let superCommands: [String]?
    let shouldDisplay: Bool?
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let arguments: [Argument]?

    /// `lifeos journal add`.
    var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }
    var shownArguments: [Argument] {
      (arguments ?? []).filter {
        $0.shouldDisplay && $0.usage != "--help" && $0.usage != "--version"
      }
    }
    /// Itself and all below it that do something or are shown, the way they are written.
    var all: [Command] {
      let below = (subcommands ?? []).filter {
        $0.shouldDisplay != false && $0.commandName != "help"
      }
      return [self] + below.flatMap(\.all)
    }
    /// `lifeos journal add [--type TYPE] [TEXT…]`.
    var synopsis: String { ([path] + shownArguments.map(\.usageInSynopsis)).joined(separator: " ") }
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
      var dashed: String { (kind == "long" ? "--" : "-") + name }
    }
    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let preferredName: Name?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?

    private var value: String { (valueName ?? "value").uppercased() }

    /// `--type TYPE`, `--json`, `TEXT`.
    var usage: String {
      switch kind {
      case "positional": value
      case "flag": preferredName?.dashed ?? ""
      default: (preferredName?.dashed ?? "") + " " + value
      }
    }

    /// `-y, --yes`.
    var allUsages: String {
      guard kind != "positional", let names, !names.isEmpty else { return usage }
      let dashed = names.map(\.dashed).joined(separator: ", ")
      return kind == "flag" ? dashed : dashed + " " + value
    }

    var usageInSynopsis: String {
      let repeated = usage + (isRepeating ? "…" : "")
      return isOptional ? "[\(repeated)]" : repeated
    }

    /// What it does, with its choices and default.
    var help: String {
      var text = abstract ?? ""
      if let allValues, !allValues.isEmpty, kind != "flag" {
        text += " One of: " + allValues.joined(separator: ", ") + "."
      }
      if let defaultValue, !defaultValue.isEmpty, kind != "flag" {
        text += " Default: \(defaultValue)."
      }
      return text
    }
  }

  let command: Command

  /// `json` is what ArgumentParser's dump prints.
  init(_ json: String) {
    do {
      self = try JSONDecoder().decode(ToolTree.self, from: Data(json.utf8))
    } catch {
      preconditionFailure("ArgumentParser describes its own tree: \(error)")
    }
  }
}
