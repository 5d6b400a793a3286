/// The templates that lifeos brings along: Markdown with headings, to be written into or over.
enum BuiltInTemplates {
  static let all: [OfferedPrompt] = [
    template("note.meeting", .note, "Meeting", meeting),
    template("note.decision", .note, "Decision", decision),
    template("note.book", .note, "Reading", book),
    template("note.journey", .note, "Journey", journey),
    template("note.letter", .note, "Letter never sent", letter),
    template("morning.three", .morning, "Three pages", three),
    template("morning.five", .morning, "Five minutes", five),
    template(
      "reflection.plain", .reflection, "Three questions", emptySections(.reflection)),
    template("reflection.points", .reflection, "Three points each", points),
    template("review.plain", .review, "Four questions", emptySections(.review)),
    template("review.areas", .review, "By areas of life", areas),
  ]

  private static func template(
    _ key: String, _ type: JournalType, _ title: String, _ text: String
  ) -> OfferedPrompt {
    OfferedPrompt(
      key: "template." + key, role: .template, type: type, section: nil, title: title, text: text,
      own: nil)
  }

  private static func emptySections(_ type: JournalType) -> String {
    SectionText.join([:], type: type, withEmpty: true)
  }

  private static let meeting = """
    ## With

    ## What was said

    ## What we agreed

    - [ ]\u{20}
    """

  private static let decision = """
    ## What has to be decided

    ## Choices

    ## What speaks for each

    ## Decided, and why

    ## To look at again on
    """

  private static let book = """
    ## What it says, in my words

    ## What I doubt

    ## What I will do with it

    ## Lines to keep
    """

  private static let journey = """
    ## From, to, with

    ## On the way

    ## Seen and eaten

    ## For next time
    """

  private static let letter = """
    Dear\u{20}

    what I never told you is

    What I wish for you:
    """

  private static let three = """
    # Page one

    # Page two

    # Page three
    """

  private static let five = """
    ## On my mind

    ## One thing today

    ## Enough for now
    """

  private static let points = SectionText.join(
    ["went_well": "1. \n2. \n3. ", "to_improve": "1. \n2. \n3. ", "grateful_for": "1. \n2. \n3. "],
    type: .reflection)

  private static let areas = SectionText.join(
    [
      "big_wins": "Body: \nPeople: \nWork: \nHome: ",
      "challenges": "Body: \nPeople: \nWork: \nHome: ",
      "learnings": "- ", "next_week_focus": "1. \n2. \n3. ",
    ], type: .review)
}
