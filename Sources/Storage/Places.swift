/// Where lifeos keeps its files: XDG folders, or all under $LIFEOS_HOME. Folders 0700, files 0600.
package struct Places: Equatable, Sendable {
  package let config: String
  package let data: String
  package let state: String

  package init(environment: [String: String]) {
    func xdg(_ name: String, _ fallback: String) -> String {
      if let path = environment[name], path.hasPrefix("/") { return path + "/lifeos" }
      return (environment["HOME"] ?? "") + "/" + fallback + "/lifeos"
    }
    if let home = environment["LIFEOS_HOME"], !home.isEmpty {
      config = home + "/config"
      data = home + "/data"
      state = home + "/state"
    } else {
      config = xdg("XDG_CONFIG_HOME", ".config")
      data = xdg("XDG_DATA_HOME", ".local/share")
      state = xdg("XDG_STATE_HOME", ".local/state")
    }
  }

  package var database: String { data + "/lifeos.sqlite" }
  package var backups: String { data + "/backups" }
  package var settings: String { config + "/config.toml" }
  package var log: String { state + "/lifeos.log" }

  /// Makes the folders where they are missing, 0700.
  package func make() throws(StoreError) {
    for folder in [config, data, state] { try Files.makePrivateFolder(folder) }
  }
}
