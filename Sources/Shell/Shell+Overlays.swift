internal import Features
internal import Kernel
internal import TUI

extension Shell {
  /// Every command's default keys, by context: what the keymap is made from.
  static let allBindings: [KeyMap.Binding] = {
    var all = bindings(of: commands, in: KeyMap.global)
    for screen in screens { all += bindings(screen) }
    return all
  }()

  static let screens: [any Screen.Type] =
    areasScreens + [
      TrashScreen.self, AccountScreen.self, ConflictsScreen.self, RefusedScreen.self,
      NoticesScreen.self,
    ]
  private static let areasScreens = Area.all.flatMap(\.screens)
  static let textContexts = Set(Area.all.flatMap(\.textContexts))

  private func keyLabels(_ id: String) -> String {
    keySequences(id).map(\.label.string).joined(separator: "  ")
  }

  /// The help: this screen's commands first, then the frame's.
  var help: HelpOverlay {
    let own = listed(screen).filter { $0.offer != .hidden }
    let frame = Self.commands.map { Listed($0, offer: $0.offer(self)) }.filter {
      $0.offer != .hidden
    }
    let moves = own.filter { $0.id.contains(".move.") || $0.id.hasPrefix("text.") }
    func entries(_ commands: [Listed], _ group: String) -> [HelpOverlay.Entry] {
      commands.map {
        HelpOverlay.Entry(group: group, command: $0, keys: keyLabels($0.id))
      }
    }
    let main = own.filter { command in !moves.contains { $0.id == command.id } }
    return HelpOverlay(
      entries: entries(main, screen.title) + entries(moves, "Moving")
        + entries(frame, "Everywhere"),
      frame: Rect(size))
  }

  var palette: PickerOverlay {
    let own = listed(screen).filter { !$0.id.hasPrefix("text.") }
    let frame = Self.commands.map { Listed($0, offer: $0.offer(self)) }
    let items = (own + frame).filter { $0.offer != .hidden }.map { command in
      var because: String?
      if case .no(let reason) = command.offer { because = reason }
      return PickerOverlay.Item(
        title: SafeText(command.title), detail: SafeText(command.help),
        key: SafeText(keyLabel(command.id) ?? ""), because: because,
        outcome: .run(command.id), preview: nil)
    }
    let (areas, desk) = (areas, desk)
    return PickerOverlay(
      title: "Commands, entries, days", items: items,
      more: { text in
        areas.flatMap { area -> [PickerOverlay.Item] in
          // A palette that cannot search still offers its commands.
          let found = (try? area.find(desk, text)) ?? []
          return found.map {
            PickerOverlay.Item(
              title: $0.title, detail: $0.detail, key: "", because: nil, outcome: .act($0.run),
              preview: nil)
          }
        }
      })
  }

  var themePicker: PickerOverlay {
    let names = settings.themeNames
    let items = names.map { name in
      PickerOverlay.Item(
        title: SafeText(name), detail: SafeText(settings.describe(theme: name)), key: "",
        because: nil, outcome: .closePreview(name), preview: .preview(name))
    }
    return PickerOverlay(
      title: "Themes", items: items, cancelled: .closePreview(theme.name),
      selected: names.firstIndex(of: theme.name) ?? 0)
  }

  mutating func chooseTheme(_ name: String) {
    guard name != settings.theme.name else {
      theme = settings.theme
      return
    }
    attempt { shell in
      try shell.settings.choose(theme: name)
      shell.theme = shell.settings.theme
      shell.notices.add(
        Notice(SafeText("Theme \(name), kept in the settings."), tone: .good), at: shell.now)
    }
  }
}
