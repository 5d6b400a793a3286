internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// A prompt for a day, with what it understood beside it.
enum DayPrompt {
  static func prompt<S: Screen>(
    _ title: String, text: String = "", desk: Desk,
    accept: @escaping (inout S, Day) throws -> Step
  ) -> Prompt {
    let world = desk.world
    return Prompt(
      SafeText(title), text: text,
      preview: { typed in
        if typed.isEmpty { return "today, fri, -3d, 2024-05-01" }
        do throws(NaturalDateError) {
          return SafeText(Dates.long(try NaturalDate(typed, today: world.today).day))
        } catch {
          return SafeText(error.description)
        }
      },
      accept: { screen, typed in
        let day: Day
        do throws(NaturalDateError) {
          day = try NaturalDate(typed, today: world.today).day
        } catch {
          return .say(Notice(SafeText(error.description), tone: .warn))
        }
        guard var own = screen as? S else { return .stay }
        let step = try accept(&own, day)
        screen = own
        return step
      })
  }
}

/// A prompt that adds tags and takes them away.
enum TagPrompt {
  static func prompt<S: Screen>(
    for ids: [EntryID], desk: Desk, then: @escaping (inout S) -> Void
  ) throws -> Prompt {
    let known = try desk.store.read { try JournalQueries.allTags($0) }.map(\.name)
    return Prompt(
      SafeText(ids.count == 1 ? "Tags" : "Tags for \(ids.count)"),
      preview: { typed in
        let (add, remove) = split(typed)
        if add.isEmpty && remove.isEmpty { return "roof training −old" }
        return SafeText((add.map { "+\($0)" } + remove.map { "−\($0)" }).joined(separator: "  "))
      },
      complete: { typed in
        let parts = typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard let last = parts.last, !last.isEmpty else { return [] }
        let isRemoval = last.hasPrefix("-")
        let stem = last.drop { "-#@".contains($0) }.lowercased()
        return known.filter { $0.hasPrefix(stem) }.prefix(6).map { name in
          (parts.dropLast() + [(isRemoval ? "-" : "") + name]).joined(separator: " ")
        }
      },
      accept: { screen, typed in
        let (add, remove) = split(typed)
        try JournalWriting.tag(ids, adding: add, removing: remove, in: desk.store)
        guard var own = screen as? S else { return .stay }
        then(&own)
        screen = own
        return .stay
      })
  }

  private static func split(_ typed: String) -> (add: [String], remove: [String]) {
    let words = typed.split(whereSeparator: { $0 == " " || $0 == "," })
    return (
      TagText.list(words.filter { !$0.hasPrefix("-") }.joined(separator: " ")),
      TagText.list(words.filter { $0.hasPrefix("-") }.map { $0.dropFirst() }.joined(separator: " "))
    )
  }
}

/// The list's filter as a line in the language of search.
enum FilterPrompt {
  static func prompt(_ filter: JournalFilter, desk: Desk) -> Prompt {
    Prompt(
      "Only", text: filter.words,
      preview: { typed in
        typed.isEmpty
          ? "type:morning  #tag  starred  from:2024-05  to:yesterday"
          : SafeText("Enter shows only these; empty shows all")
      },
      accept: { screen, typed in
        guard var own = screen as? JournalListScreen else { return .stay }
        own.list.filter = JournalFilter(typed, today: desk.world.today)
        screen = own
        return .command("app.redraw")
      })
  }
}

/// A prompt that excuses a day in the streak.
enum SkipPrompt {
  static func prompt(day: Day, desk: Desk) -> Prompt {
    Prompt(
      SafeText("Skip \(Dates.short(day)), because"),
      preview: { $0.isEmpty ? "rest, sick, travel: neither counts nor breaks the streak" : "" },
      complete: { typed in ["rest", "sick", "travel"].filter { $0.hasPrefix(typed) } },
      accept: { _, reason in
        try JournalWriting.skip(day, reason: reason, in: desk.store)
        return .say(Notice(SafeText("\(Dates.short(day)) is skipped. u undoes"), tone: .good))
      })
  }
}
