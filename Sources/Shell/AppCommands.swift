internal import Features
internal import Kernel
internal import Storage
package import TUI

extension Shell {
  /// The commands that work on every screen.
  package static let commands: [Command<Shell>] =
    [
      Command(
        "app.search", "Search everything", keys: ["/"], hint: "search",
        help: "Finds words, \"phrases\", tag:, type:, from:, to: and starred, as you type."
      ) { shell in
        guard let search = shell.areas.lazy.compactMap(\.search).first else { return .stay }
        return .push(search(shell.desk))
      },
      Command(
        "app.undo", "Undo", keys: ["u"], hint: "undo",
        help: "Takes back the last change, also after a restart, and says what it was.",
        offer: { shell in
          if shell.screen.takesText { return .hidden }
          return shell.undoLabels.undo == nil ? .no(because: "there is nothing to undo") : .yes
        }
      ) { shell in
        guard let undone = try shell.desk.store.undo() else {
          return .say(Notice("There is nothing to undo."))
        }
        shell.isStale = true
        return .say(shell.notice("Undone", undone, then: "app.redo", word: "redoes it"))
      },
      Command(
        "app.redo", "Redo", keys: ["U", "C-r"],
        help: "Does again what the last undo took back.",
        offer: { shell in
          if shell.screen.takesText { return .hidden }
          return shell.undoLabels.redo == nil ? .no(because: "nothing was undone last") : .yes
        }
      ) { shell in
        guard let undone = try shell.desk.store.redo() else {
          return .say(Notice("There is nothing to redo."))
        }
        shell.isStale = true
        return .say(shell.notice("Done again", undone, then: "app.undo", word: "undoes it"))
      },
      Command(
        "app.palette", "Command palette", keys: ["C-p", ":"],
        help: "Every command, entry and day by a few letters; it shows the keys."
      ) { shell in
        shell.overlay = shell.palette
        return .stay
      },
      Command(
        "app.theme", "Choose a theme", keys: ["T"],
        help: "Shows each theme on your screen as you move through the list."
      ) { shell in
        shell.overlay = shell.themePicker
        return .stay
      },
      Command(
        "app.messages", "Messages", keys: ["g m"],
        help: "What the program said so far, newest first."
      ) { shell in
        shell.overlay = MessagesOverlay(shell.notices.history)
        return .stay
      },
      Command(
        "app.trash", "Trash", keys: ["g x"], help: "Deleted things; Enter takes one back."
      ) { shell in
        .push(TrashScreen(desk: shell.desk))
      },
      Command(
        "app.account", "Account and devices", keys: ["g a"],
        help: "Signing in to your own server, what waits to be sent, your devices."
      ) { shell in
        .push(AccountScreen(desk: shell.desk))
      },
      Command(
        "app.conflicts", "Overwritten texts", keys: ["g c"],
        help: "Texts that lost against another device's; look at each, and take back what you miss."
      ) { shell in
        .push(ConflictsScreen(desk: shell.desk))
      },
      Command(
        "app.notices", "Notices", keys: ["g n"],
        help: "What is new: friends' check-ins, words under yours, invitations, your reminder."
      ) { shell in
        shell.screen is NoticesScreen ? .stay : .push(NoticesScreen(desk: shell.desk))
      },
      Command(
        "app.mouse", "Mouse on or off", keys: ["M"],
        help: "Off gives the mouse back to the terminal, to select text with."
      ) { shell in
        shell.mouseIsOn.toggle()
        return .say(
          Notice(
            shell.mouseIsOn
              ? "Mouse on: click and wheel work here." : "Mouse off: the terminal selects text."))
      },
      Command(
        "app.backup", "Back up now", keys: ["g b"],
        help: "Writes a copy of the database and checks it."
      ) { shell in
        let (store, folder) = (shell.desk.store, shell.settings.backups)
        return .start(
          Job("Backing up") {
            // A connection of its own: the screens go on reading meanwhile.
            let other = try Store(path: store.path, schema: store.schema, world: store.world)
            let backup = try other.backUp(into: folder)
            try other.close()
            let size = grouped(backup.size / 1024)
            return Notice(
              SafeText("Backed up and checked: \(size) KB in \(backup.path)"), tone: .good)
          })
      },
      Command(
        "app.redraw", "Redraw", keys: ["C-l"], help: "Reads everything again and paints it anew."
      ) { shell in
        shell.isStale = true
        shell.theme = shell.settings.theme
        return .stay
      },
      Command("app.stop", "Suspend", keys: ["C-z"], help: "Back to the shell; fg returns.") {
        shell in
        shell.screen.leave()
        shell.effects.append(.stop)
        return .stay
      },
      Command("app.statistics", "Frame statistics", keys: ["<f12>"], help: "Frames and times.") {
        shell in
        shell.showsStatistics.toggle()
        return .stay
      },
    ] + navigation + [
      Command(
        "app.help", "Keys and help", keys: ["?", "<f1>"], hint: "keys",
        help: "All that can be pressed here, searchable; Enter runs it."
      ) { shell in
        shell.overlay = shell.help
        return .stay
      }
    ]

  private static let navigation: [Command<Shell>] =
    (1...9).map { number in
      Command(
        "app.tab.\(number)", "Tab \(number)", keys: ["\(number)", "M-\(number)"],
        help: "Goes to the area with this number; once more, to its first screen.",
        offer: { $0.tabs.count >= number ? .yes : .hidden }
      ) { shell in
        try shell.open(number - 1)
        return .stay
      }
    } + [
      Command(
        "app.next", "Next tab", keys: ["g t", "C-<pagedown>"], help: "The area to the right."
      ) {
        shell in
        try shell.open((shell.active + 1) % shell.tabs.count)
        return .stay
      },
      Command(
        "app.previous", "Previous tab", keys: ["g T", "C-<pageup>"], help: "The area to the left."
      ) { shell in
        try shell.open((shell.active + shell.tabs.count - 1) % shell.tabs.count)
        return .stay
      },
      Command(
        "app.back", "Back", keys: ["<esc>"],
        help: "Leaves this screen for the one below; nothing is lost."
      ) { shell in
        shell.tabs[shell.active].stack.count > 1 ? .pop : .stay
      },
      Command(
        "app.quit", "Quit", keys: ["q", "C-q"],
        help: "Leaves this screen; on the first one, the program. All is saved."
      ) { shell in
        shell.tabs[shell.active].stack.count > 1 ? .pop : .quit
      },
    ]

  private func notice(_ verb: String, _ undone: Undone, then id: String, word: String) -> Notice {
    var text = "\(verb): \(undone.label)."
    if !undone.leftAlone.isEmpty {
      text += " Left alone, as changed since: \(undone.leftAlone.joined(separator: ", "))."
    }
    if let keys = keyLabel(id) { text += " \(keys) \(word)" }
    return Notice(SafeText(text), tone: .good)
  }
}
