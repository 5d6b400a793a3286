package import Kernel

/// What the frame does after a command.
package enum Step {
  case stay
  case push(any Screen)
  case replace(any Screen)
  case pop
  /// Goes back, and tells the screen below what came of it.
  case popThen((inout any Screen) throws -> Step)
  case quit
  case say(Notice)
  case ask(Question)
  case prompt(Prompt)
  case pick(Picker)
  case start(Job)
  /// Opens the text in the person's own editor and hands the result back; nil where nothing changed.
  case edit(ExternalEdit)
  /// Copies text to the terminal's clipboard (OSC 52).
  case copy(String, Notice)
  /// Goes to the area with this name, at its home screen.
  case open(area: String)
  /// Runs a command of the frame by its id (`app.undo`, …).
  case command(String)
  /// One after the other.
  case all([Step])
}

/// A message of one line, shown for four seconds and kept in the history.
package struct Notice: Equatable, Sendable {
  package enum Tone: Sendable { case plain, good, warn, bad }
  package var text: SafeText
  package var tone: Tone
  package init(_ text: SafeText, tone: Tone = .plain) {
    self.text = text
    self.tone = tone
  }
}

/// A dialog with one question; its answers are verbs. The first one is safe and preselected.
package struct Question {
  package struct Answer {
    package let key: Character
    package let label: SafeText
    package let run: (inout any Screen) throws -> Step
    package init(
      _ key: Character, _ label: SafeText,
      run: @escaping (inout any Screen) throws -> Step = { _ in .stay }
    ) {
      self.key = key
      self.label = label
      self.run = run
    }
  }
  package let text: SafeText
  package let detail: SafeText
  package let answers: [Answer]
  package init(_ text: SafeText, detail: SafeText = "", answers: [Answer]) {
    self.text = text
    self.detail = detail
    self.answers = answers
  }
}

/// A single line to fill in, at the bottom of the screen.
package struct Prompt {
  package let title: SafeText
  package let text: String
  /// A password: what is typed is not shown.
  package var isSecret = false
  /// What it understood, shown beside the line while typing: `Fri 20 Nov`.
  package let preview: (String) -> SafeText
  /// Whole-line completions for what is typed so far, best first.
  package let complete: (String) -> [String]
  package let accept: (inout any Screen, String) throws -> Step
  package init(
    _ title: SafeText, text: String = "", preview: @escaping (String) -> SafeText = { _ in "" },
    complete: @escaping (String) -> [String] = { _ in [] },
    accept: @escaping (inout any Screen, String) throws -> Step
  ) {
    self.title = title
    self.text = text
    self.preview = preview
    self.complete = complete
    self.accept = accept
  }
}

/// A short list to choose from, filtered as one types.
package struct Picker {
  package struct Item {
    package let title: SafeText
    package let detail: SafeText
    package let run: (inout any Screen) throws -> Step
    package init(
      _ title: SafeText, detail: SafeText = "",
      run: @escaping (inout any Screen) throws -> Step
    ) {
      self.title = title
      self.detail = detail
      self.run = run
    }
  }
  package let title: SafeText
  package let items: [Item]
  package init(_ title: SafeText, items: [Item]) {
    self.title = title
    self.items = items
  }
}

/// Work that takes longer than a frame. It runs off the screen's thread; its reply comes back as an event.
package struct Job: Sendable {
  /// Shown while it runs: "Importing".
  package let label: String
  /// False for what only reads: the program does not wait for it when it ends.
  package let isNeeded: Bool
  package let work: @Sendable () throws -> any Sendable
  package init(
    _ label: String, isNeeded: Bool = true, work: @escaping @Sendable () throws -> any Sendable
  ) {
    self.label = label
    self.isNeeded = isNeeded
    self.work = work
  }
}

/// Text for the person's own editor ($VISUAL, $EDITOR).
package struct ExternalEdit {
  package let text: String
  /// The temporary file's ending: `md`.
  package let ending: String
  package let accept: (inout any Screen, String) throws -> Step
  package init(
    text: String, ending: String = "md",
    accept: @escaping (inout any Screen, String) throws -> Step
  ) {
    self.text = text
    self.ending = ending
    self.accept = accept
  }
}
