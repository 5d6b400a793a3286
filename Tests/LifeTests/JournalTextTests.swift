internal import Kernel
internal import Testing

@testable internal import Life

struct JournalTextTests {
  @Test(arguments: [
    ("Title", "text", "Title"), ("", "# Heading\ntext", "Heading"), ("", "\n\n- [ ] task", "task"),
    ("", "> **Bold** and _slanted_ `code`", "Bold and slanted code"),
    ("", "---\nsnake_case stays", "snake_case stays"),
    ("", "[here](http://x) and on", "here and on"),
    ("", "   \n\t\n", ""), ("  spaced \n out ", "", "spaced out"), ("", "```\ncode\n```", "code"),
    ("", "![a picture](moment://1)\nwords", "a picture"), ("", "a \\* b", "a * b"),
    ("", "[not a link] x", "[not a link] x"),
  ])
  func `a list line says what the entry begins with`(title: String, text: String, line: String) {
    #expect(Summary.line(title: title, text: text) == line)
  }

  @Test func `a list line is short however long the text`() {
    let text = String(repeating: "word ", count: 100_000)
    #expect(Summary.line(title: "", text: text).count <= 200)
  }

  @Test(arguments: [
    ("", 0), ("one", 1), ("one two\nthree", 3), ("don't stop", 2), ("- [ ] x", 1), ("日本語", 3),
    ("été à la mer", 4), ("🎉 party", 1), ("3 apples", 2), ("漢字 and kana かな", 6),
  ])
  func `words are counted as people count them`(text: String, count: Int) {
    #expect(WordCount.words(in: text) == count)
  }

  @Test func `moods are known by number and name`() {
    #expect(Mood("4") == .good)
    #expect(Mood("exc") == .excellent)
    #expect(Mood("6") == nil && Mood("") == nil && Mood("0") == nil)
    #expect(Set(Mood.allCases.map(\.glyph)).count == 5)
  }

  @Test func `sections survive as one text, whatever they hold`() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "## Went well", "## To improve", "\\## Went well", "## section: body", "## Other", "\n", "\n",
      "text", " ", "\r\n", "## Went well ", "# x", "\\", "##  big WINS", "\u{301}",
    ]
    for type in JournalType.allCases {
      for _ in 0..<500 {
        var sections: [String: String] = [:]
        for name in JournalEntry.sectionNames where Int.random(in: 0..<3, using: &random) > 0 {
          if !type.sections.contains(where: { $0.name == name }),
            Int.random(in: 0..<6, using: &random) > 0
          {
            continue
          }
          let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in
            pieces.randomElement(using: &random)!
          }.joined()
          sections[name] = text
        }
        let text = SectionText.join(sections, type: type)
        let back = SectionText.split(text, type: type)
        #expect(back.mapValues { Array($0.utf8) } == sections.mapValues { Array($0.utf8) })
      }
    }
  }

  @Test func `a text typed under headings goes to its sections`() {
    let text = "intro\n\n## went well\nA walk.\n\n## Grateful for\n\nTea.\n"
    #expect(
      SectionText.split(text, type: .reflection)
        == ["went_well": "intro\n\nA walk.", "grateful_for": "Tea.\n"])
  }

  @Test func `an empty template shows every heading`() {
    let text = SectionText.join([:], type: .review, withEmpty: true)
    #expect(text.contains("## Big wins") && text.contains("## Next week"))
    #expect(SectionText.split(text, type: .review).isEmpty)
  }
}

struct JournalPromptsTests {
  private func row(_ text: String, builtin: String?, active: Bool = true) -> JournalPrompt {
    JournalPrompt(
      id: EntryID(high: 7, low: UInt64(text.utf8.count)), role: .prompt, type: .morning, text: text,
      isActive: active, builtin: builtin)
  }

  @Test func `every section of every type has ten prompts or more, none twice`() {
    let offered = JournalPrompts.offered(own: [])
    for type in JournalType.allCases {
      for section in type.sections {
        let name: String? = type.sections.count == 1 ? nil : section.name
        #expect(JournalPrompts.prompts(for: type, section: name, of: offered).count >= 10)
      }
      #expect(!JournalPrompts.templates(for: type, of: offered).isEmpty)
    }
    #expect(Set(offered.map(\.key)).count == offered.count)
    #expect(Set(offered.map(\.text)).count == offered.count)
  }

  @Test func `a day keeps its prompt, and none comes twice in a round`() {
    let offered = JournalPrompts.offered(own: [])
    let today = Day("2026-11-21")!
    func prompt(_ day: Day, _ skipping: Int = 0) -> String? {
      JournalPrompts.prompt(for: .morning, section: nil, on: day, skipping: skipping, of: offered)?
        .key
    }
    #expect(prompt(today) == prompt(today))
    let count = JournalPrompts.prompts(for: .morning, section: nil, of: offered).count
    #expect(Set((0..<count).map { prompt(today + $0) }).count == count)
    #expect(Set((0..<count).map { prompt(today, $0) }).count == count)
    #expect(prompt(Day(number: -400)) != nil)
  }

  @Test func `own prompts are added, and stand in for built-in ones`() {
    let own = [
      row("mine", builtin: nil), row("put away", builtin: nil, active: false),
      row("reworded!", builtin: "morning.1"), row("gone", builtin: "morning.2", active: false),
    ]
    let texts = JournalPrompts.prompts(
      for: .morning, section: nil, of: JournalPrompts.offered(own: own)
    ).map(\.text)
    #expect(texts.first == "reworded!")
    #expect(texts.last == "mine")
    #expect(!texts.contains("put away") && !texts.contains("gone"))
    #expect(texts.count == BuiltInPrompts.all.filter { $0.type == .morning }.count)
  }

  @Test func `a prompt and a skipped day survive their values`() {
    let prompt = row("mine", builtin: "morning.1", active: false)
    #expect(JournalPrompt(id: prompt.id, values: prompt.values) == prompt)
    let skip = StreakSkip(
      id: EntryID(high: 1, low: 2), streak: StreakSkip.journal, day: Day("2026-11-21")!, reason: "")
    #expect(StreakSkip(id: skip.id, values: skip.values) == skip)
    #expect(JournalPrompt.fields.count == prompt.values.count)
    #expect(StreakSkip.fields.count == skip.values.count)
  }
}
