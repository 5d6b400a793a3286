/// The prompts that lifeos brings along.
enum BuiltInPrompts {
  static let all: [OfferedPrompt] = [
    offers("morning", .morning, nil, morning), offers("note", .note, nil, note),
    offers("went_well", .reflection, "went_well", wentWell),
    offers("to_improve", .reflection, "to_improve", toImprove),
    offers("grateful_for", .reflection, "grateful_for", gratefulFor),
    offers("big_wins", .review, "big_wins", bigWins),
    offers("challenges", .review, "challenges", challenges),
    offers("learnings", .review, "learnings", learnings),
    offers("next_week_focus", .review, "next_week_focus", nextWeek),
  ].flatMap { $0 }

  /// Keys are `morning.1`, `morning.2`, …: a text may be reworded, but never moves to another key.
  private static func offers(
    _ key: String, _ type: JournalType, _ section: String?, _ texts: [String]
  ) -> [OfferedPrompt] {
    texts.enumerated().map { index, text in
      OfferedPrompt(
        key: "\(key).\(index + 1)", role: .prompt, type: type, section: section, title: "",
        text: text, own: nil)
    }
  }

  private static let morning = [
    "What was in your head before you were quite awake?",
    "How does your body feel, from the feet up?",
    "Which part of today do you look forward to? Which would you rather skip?",
    "What would make this an easy day?",
    "Describe the light in the room, then keep going.",
    "What are you putting off, and what is its smallest first step?",
    "Who is on your mind, and what would you tell them?",
    "What did you dream, or what did the night leave behind?",
    "What do you know today that you didn't a year ago?",
    "If nobody needed anything from you until noon, what would you do?",
    "Which worry is worth a page? Give it one, then close it.",
    "Write down every open thing you remember. Then pick one.",
    "What sounds do you hear right now? Where does each one lead?",
  ]

  private static let note = [
    "What happened that you want to find again in ten years?",
    "What did somebody say today that stayed with you?",
    "Which small thing did you notice that others walked past?",
    "What changed your mind lately?",
    "What are you building, and why this?",
    "Where were you today? Draw the place in words.",
    "Which question can't you answer yet?",
    "What made you laugh?",
    "What would you do differently, had you the hour again?",
    "What is quietly getting better?",
  ]

  private static let wentWell = [
    "What worked today, and what was your share in it?",
    "Which moment would you keep, if you could keep one?",
    "What did you finish?",
    "What was easier than you feared?",
    "Where were you patient, kind or brave?",
    "Whom did you help, and how?",
    "When did time go by unnoticed?",
    "What did you do only for yourself?",
    "Which decision of today are you content with?",
    "What did you do for your health, however small?",
  ]

  private static let toImprove = [
    "What cost more strength than it was worth?",
    "Which habit got in your way?",
    "Where did you say yes and mean no?",
    "What would you prepare better next time?",
    "Which talk would you have again, and how?",
    "What did you leave open that keeps calling?",
    "When did you lose your temper or your thread?",
    "What did you do too much of? Too little?",
    "Which promise to yourself slipped?",
    "What one change would have helped the whole day?",
  ]

  private static let gratefulFor = [
    "Who made your day lighter?",
    "What do you own that you would miss tomorrow?",
    "Which taste, smell or sound was good?",
    "What went right without your doing?",
    "Which place are you glad to have been in?",
    "What can your body do that you take for granted?",
    "Which old friend or teacher still helps you?",
    "What was beautiful and free?",
    "What did you learn from something that hurt?",
    "What would you thank the you of last year for?",
  ]

  private static let bigWins = [
    "What did you bring to an end this week?",
    "What are you proud of, even if nobody saw it?",
    "Which step moved something large?",
    "What went better than last week?",
    "Where did your effort show at last?",
    "What good thing did you start?",
    "Which kindness came back to you?",
    "What did you keep up on a day when it was hard?",
    "Which problem is gone for good?",
    "What would you celebrate with a friend?",
  ]

  private static let challenges = [
    "What took the most strength, and why?",
    "Where did the plan and the week part ways?",
    "What did you avoid?",
    "Which problem came back?",
    "What lay outside your control, and what did not?",
    "Which talk is overdue?",
    "When were you tired, and what had come before?",
    "What did you carry that was somebody else's?",
    "Which number or fact worries you?",
    "What do you need help with, and from whom?",
  ]

  private static let learnings = [
    "What do you understand now that puzzled you on Monday?",
    "Which mistake taught you something?",
    "What would you tell somebody with the same week ahead?",
    "Which guess about people turned out wrong?",
    "What did you read, hear or see that changes what you do?",
    "When do you work best, judging by this week?",
    "What gave strength? What drained it?",
    "Which rule of your own proved itself?",
    "What will you stop doing?",
    "What are you curious about now?",
  ]

  private static let nextWeek = [
    "Which one result would make next week a good one?",
    "What deserves your best two hours, and when will they be?",
    "What can wait, and who should know?",
    "Which date needs preparing?",
    "What will you do for sleep, food and movement?",
    "Whom do you want to see or call?",
    "Which small repair would make every day easier?",
    "What will you say no to?",
    "What is the first step on Monday morning?",
    "What do you want to look forward to?",
  ]
}
