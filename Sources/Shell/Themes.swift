internal import Glibc
package import TUI
package import Toml

/// Finds themes: in the person's config folder, where `make install` puts them, in the source tree,
/// and built in. The first that has a name wins, but built-in ones only give way to the person's own.
package struct Themes: Sendable {
  /// Folders that may hold themes, the person's own first.
  package let folders: [String]
  private let own: String

  /// - Parameters:
  ///   - configFolder: the folder of `config.toml`; its `themes/` belongs to the person.
  ///   - executable: the program's path without links, `Themes.executable`.
  package init(configFolder: String, executable: String? = Themes.executable) {
    own = configFolder + "/themes"
    var folders = [own]
    if let parts = executable?.split(separator: "/", omittingEmptySubsequences: false) {
      folders.append(parts.dropLast(2).joined(separator: "/") + "/share/lifeos/themes")
      if let build = parts.lastIndex(where: { $0.hasPrefix(".build") }) {
        folders.append(parts[..<build].joined(separator: "/") + "/themes")
      }
    }
    self.folders = folders
  }

  /// The running program's own path, without links; nil where the system does not tell.
  package static var executable: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// The names of all themes, sorted.
  package var names: [String] {
    var names = Set(Theme.builtIn.map(\.name))
    for folder in folders {
      for file in TextFile.names(in: folder) where file.hasSuffix(".toml") {
        let name = String(file.dropLast(5))
        if Self.isName(name) { names.insert(name) }
      }
    }
    return names.sorted()
  }

  /// The theme called `name`. Where there is none, or its file cannot be read: dusk, and why.
  package func load(_ name: String) -> (theme: Theme, problems: [SettingsProblem]) {
    do throws(SettingsProblem) {
      if let builtIn = Theme.builtIn.first(where: { $0.name == name }),
        !TextFile.exists("\(own)/\(name).toml")
      {
        return (builtIn, [])
      }
      if let file = try file(name) { return (file.theme, file.problems) }
    } catch {
      return (.dusk, [error])
    }
    let message = "no theme has this name; there are \(names.joined(separator: ", "))"
    return (.dusk, [SettingsProblem(file: "theme \(name)", message: message)])
  }

  /// One sentence about the theme called `name`, for lists; "" where it has none.
  package func description(of name: String) -> String {
    // A list of themes shows the broken ones too, without a sentence; choosing one tells why.
    (try? file(name))?.description ?? ""
  }

  private func file(_ name: String) throws(SettingsProblem) -> ThemeFile? {
    guard Self.isName(name) else { return nil }
    for folder in folders {
      let path = "\(folder)/\(name).toml"
      guard let text = try TextFile.read(path) else { continue }
      return try ThemeFile(text: text, path: path, name: name)
    }
    return nil
  }

  /// Letters, digits, `-` and `_`: a name cannot lead out of its folder.
  private static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
