internal import Features
internal import Kernel
internal import Storage
internal import TUI

/// What a session left behind: the active tab and each home screen's bookmark, as lines of
/// tab-separated words (`journal	cursor	0198…`).
struct Session: Equatable {
  var tab = ""
  var bookmarks: [String: [String: String]] = [:]

  init() {}

  /// Lines that it does not understand are passed over.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch words.count {
      case 2 where words[0] == "tab": tab = words[1]
      case 3: bookmarks[words[0], default: [:]][words[1]] = words[2]
      default: break
      }
    }
  }

  var text: String {
    func clean(_ text: String) -> String { text.filter { $0 != "\t" && $0 != "\n" } }
    var lines = ["tab\t\(tab)"]
    for (area, pairs) in bookmarks.sorted(by: { $0.key < $1.key }) {
      for (key, value) in pairs.sorted(by: { $0.key < $1.key }) {
        lines.append("\(area)\t\(clean(key))\t\(clean(value))")
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension Shell {
  private static let noteName = "session"

  mutating func restoreSession() {
    attempt { shell in
      guard let text = try shell.desk.store.note(Self.noteName) else { return }
      let session = Session(text)
      for index in shell.tabs.indices {
        let name = shell.tabs[index].area.name
        if let bookmark = session.bookmarks[name] { shell.tabs[index].stack[0].restore(bookmark) }
        if name == session.tab { shell.active = index }
      }
    }
    attempt { try $0.resumeDraft() }
  }

  /// What was being written when the last session was cut off is on the screen again.
  private mutating func resumeDraft() throws {
    for index in tabs.indices {
      guard let screen = try tabs[index].area.resume(desk) else { continue }
      tabs[index].stack.append(screen)
      active = index
      notices.add(
        Notice("Here is what you were writing; every word was kept.", tone: .good), at: now)
      return
    }
  }

  mutating func saveSession() {
    var session = Session()
    session.tab = tabs[active].area.name
    for tab in tabs { session.bookmarks[tab.area.name] = tab.stack[0].bookmark }
    let text = session.text
    attempt { shell in
      guard try shell.desk.store.note(Self.noteName) != text else { return }
      try shell.desk.store.setNote(Self.noteName, to: text)
    }
  }
}
