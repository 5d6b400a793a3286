package import Kernel

/// Where lifeos keeps its files: XDG folders, or all under $LIFEOS_HOME. Folders 0700, files 0600.
///
/// Each account has a profile of its own: a database with what belongs to it. The first one lies at
/// the top of the data folder, others under `profiles/`; the file `profile` names the one in use.
package struct Places: Equatable, Sendable {
  package let config: String
  package let data: String
  package let state: String
  /// The profile in use: an account's id; nil for the first one.
  package private(set) var profile: EntryID?

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
    profile = EntryID(Files.text(mark).filter { !$0.isWhitespace })
  }

  /// The folder of the profile in use.
  package var folder: String { profile.map { "\(profiles)/\($0)" } ?? data }
  package var database: String { folder + "/lifeos.sqlite" }
  package var backups: String { folder + "/backups" }
  /// Where the tokens lie, readable for nobody else.
  package var tokens: String { folder + "/auth.json" }
  /// The certificate of a server that no authority vouches for.
  package var certificate: String { folder + "/server.pem" }
  package var settings: String { config + "/config.toml" }
  package var log: String { state + "/lifeos.log" }

  /// Makes the folders where they are missing, 0700.
  package func make() throws(StoreError) {
    for folder in [config, data, state] { try Files.makePrivateFolder(folder) }
    if profile != nil {
      try Files.makePrivateFolder(profiles)
      try Files.makePrivateFolder(folder)
    }
  }

  private var mark: String { data + "/profile" }
  private var profiles: String { data + "/profiles" }

  /// The same places with another profile; nil for the first one.
  package func with(profile: EntryID?) -> Places {
    var places = self
    places.profile = profile
    return places
  }

  /// All profiles that have a database, the first one first.
  package var all: [Places] {
    let others = Files.names(in: profiles).compactMap { EntryID($0) }
    return ([nil] + others).map { with(profile: $0) }.filter { Files.exists($0.database) }
  }

  /// From now on this profile is the one in use.
  package func use() throws(StoreError) {
    guard let profile else { return try Files.remove(mark) }
    try Files.replace(mark, with: "\(profile)\n")
  }

  /// Gives this profile's folder to `profile`, where that has none yet; the store must be closed.
  /// False where it has one, which is left as it is.
  package func move(to profile: EntryID) throws(StoreError) -> Bool {
    let target = with(profile: profile)
    guard self.profile != nil, !Files.exists(target.folder) else { return false }
    try Files.move(folder, to: target.folder)
    return true
  }
}
