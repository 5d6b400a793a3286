/// The words of a synthetic life: sentences with slots in braces, a group a subject.
enum JournalDemoPhrases {
  struct Subject: Sendable {
    let tag: String
    /// How often it comes up against the others.
    let weight: Int
    let titles: [String]
    let sentences: [String]
  }

  static let subjects: [Subject] = [
    Subject(
      tag: "work", weight: 8,
      titles: [
        "The {project} meeting", "{project}, week {few}", "A call with {colleague}",
        "What {colleague} asked", "Before the deadline", "Notes from the stand-up",
      ],
      sentences: [
        "{colleague} wants the first draft of the {project} by {weekday}, and I said yes too fast.",
        "Two hours of quiet before anybody came in; more done than in all of {weekday}.",
        "The {project} is late, and for once nobody is looking for someone to blame.",
        "I finally told {colleague} that {few} meetings a day is {few} too many.",
        "Cut the {project} down to the part that people would miss. It is smaller than I feared.",
        "Spent the afternoon on a mistake that turned out to be a missing comma.",
        "{colleague} explained the numbers so clearly that I wrote them on the wall.",
        "Said no to one thing today. The sky stayed where it was.",
        "My list had {many} lines this morning; {few} of them mattered.",
        "Good feedback on the {project}. I keep reading the one critical line again.",
      ]),
    Subject(
      tag: "family", weight: 7,
      titles: [
        "Phone call with {relative}", "{relative} came by", "A visit on {weekday}",
        "What {relative} remembers",
      ],
      sentences: [
        "{relative} called while I was cooking, and we talked until the pan smoked.",
        "We went through the box of old pictures; {relative} knew every name on the back.",
        "{relative} is learning to swim and tells everyone in the tram about it.",
        "An argument about nothing with {relative}. I wrote first, and it was fine.",
        "Dinner at {relative}'s: {dish}, too much of it, and stories that we all know by heart.",
        "{relative} asked how I really am. I took a while to answer.",
        "Fixed {relative}'s printer from {few} hundred kilometres away.",
        "{relative} laughs exactly like grandfather did.",
      ]),
    Subject(
      tag: "running", weight: 5,
      titles: ["{few} km along the {water}", "Slow run", "Intervals, badly", "Rain run"],
      sentences: [
        "Ran {few} kilometres along the {water}, the last one against the wind.",
        "Legs like wood for the first kilometre, then suddenly none of it mattered.",
        "Saw a {bird} standing in the {water}, as unimpressed as ever.",
        "The knee holds. Still careful on the stairs down to the {water}.",
        "Too fast at the start, as if I had learned nothing in {few} years.",
        "Met {friend} at the bridge and walked the way back, which was the best part.",
        "Rain from the second minute on; home soaked and absurdly happy.",
      ]),
    Subject(
      tag: "reading", weight: 5,
      titles: ["On {book}", "Page {many}", "Read until late", "A line to keep"],
      sentences: [
        "Read {many} pages of {book} and have to stop underlining everything.",
        "{book} gets better once you stop waiting for it to begin.",
        "Gave up on {book}. Life is short and the shelf is long.",
        "{friend} lent me {book}; there are tram tickets between the pages.",
        "Fell asleep over {book} and dreamed the next chapter, better than the real one.",
        "Copied a paragraph of {book} by hand, to see how it is made.",
      ]),
    Subject(
      tag: "garden", weight: 4,
      titles: ["The {plant} again", "First {plant}", "Balcony, early", "Slugs"],
      sentences: [
        "The {plant} has come up in the one corner where I did not sow it.",
        "Watered before breakfast; the {plant} forgives me quickly.",
        "Slugs: {few}. {plant}: what is left of it.",
        "Planted {plant} with {relative}, who has opinions about spacing.",
        "First {plant} of the year, eaten on the spot with earth on it.",
        "A {bird} is nesting above the window, so the window stays shut.",
        "Turned the compost. It steams like a small honest factory.",
      ]),
    Subject(
      tag: "cooking", weight: 4,
      titles: ["{dish}", "{dish}, second attempt", "Bread, day {few}"],
      sentences: [
        "Made {dish} from memory and forgot the salt, which {friend} was too polite to say.",
        "{dish} for {few} people out of what was in the house.",
        "The bread rose at last; the kitchen smells like a better year.",
        "Tried {dish} with less of everything. More would have been right.",
        "{friend} showed me the trick with the lid, and {dish} will never be the same.",
        "Ate standing at the counter again. Tomorrow at the table.",
      ]),
    Subject(
      tag: "health", weight: 4,
      titles: ["Slept {few} hours", "The back", "A quiet day", "Checkup"],
      sentences: [
        "Slept {few} hours and felt every one that was missing.",
        "Back stiff from sitting; ten minutes on the floor helped more than the chair did.",
        "Walked instead of taking the tram. {many} minutes, no news, no music.",
        "Headache until noon. Water, window, early night.",
        "The doctor says all is well and that I should worry less, in that order.",
        "No coffee after two: day {few}. I notice it, grudgingly.",
      ]),
    Subject(
      tag: "travel", weight: 2,
      titles: ["{city}", "Train to {city}", "Last day in {city}", "Lost in {city}"],
      sentences: [
        "On the train to {city}: a thermos, a window seat and nobody who needs me.",
        "{city} in the rain is a different and better city.",
        "Got lost behind the market of {city} and found the best {dish} of my life.",
        "The room in {city} looks onto a yard where somebody practises the cello.",
        "Missed the connection, so: {few} hours in a station with {book}.",
        "Wrote {few} postcards from {city}, and even posted them.",
      ]),
    Subject(
      tag: "friends", weight: 5,
      titles: ["Evening with {friend}", "{friend} moves away", "Coffee with {friend}"],
      sentences: [
        "{friend} came with {dish} and bad news, and left after midnight in a good mood.",
        "Coffee with {friend}; we have known each other for {few} years and still interrupt.",
        "Wrote to {friend}, whom I had left waiting since {month}.",
        "{friend} is moving to {city}. I helped carry {many} boxes and said the cheerful things.",
        "Played cards with {friend} and lost with style.",
        "A long walk with {friend} along the {water}; half of it in silence, the good kind.",
      ]),
    Subject(
      tag: "music", weight: 3,
      titles: ["Practice", "The slow movement", "Choir"],
      sentences: [
        "Practised {many} minutes; the hard bar is a little less hard.",
        "Choir tonight. The altos carried us, as usual.",
        "Put the record on that {friend} gave me and did nothing else for both sides.",
        "The slow movement, slower. It wants to be played as if nobody were listening.",
        "Tuned the piano in my head all day; the real one is worse.",
      ]),
    Subject(
      tag: "home", weight: 3,
      titles: ["The drawer", "Repairs", "Something drips"],
      sentences: [
        "Emptied the drawer of cables. Kept {few}, out of fear.",
        "The tap drips in five-four time. {relative} knows a plumber.",
        "Painted the hall; the colour is called fog and looks like it.",
        "Gave {many} things away and can't name {few} of them any more.",
        "Neighbours moved in with a very small, very loud dog.",
      ]),
    Subject(
      tag: "learning", weight: 4,
      titles: ["Lesson {few}", "Irregular verbs", "How {thing} work"],
      sentences: [
        "Lesson {few}: I can now ask for the way to the station and not understand the answer.",
        "Looked up how {thing} work and lost an hour, gladly.",
        "Explained {thing} to {relative} and noticed where my own understanding ends.",
        "{many} cards repeated, {few} wrong, always the same ones.",
        "A talk about {thing}; the best question came from a child.",
      ]),
  ]

  /// Sentences of any day, for the longer texts.
  static let musings = [
    "Woke before the alarm and lay listening to the {bird}s.",
    "I want this {today} to have one thing in it that I will remember.",
    "What am I putting off? The letter, the tax papers, the talk with {colleague}.",
    "The light at this hour makes even the laundry look planned.",
    "If I had a free week I would spend it exactly where I am, with the phone off.",
    "Nothing is wrong, and I am suspicious of it. An old habit.",
    "I keep thinking of what {friend} said: do it badly first.",
    "It is {this month}, and the year runs on as if somebody had asked for it.",
    "Three deep breaths, then the list. The list can wait for the breaths.",
    "I dreamed of {city}, of stairs, of being late and nobody minding.",
    "Less scolding in here. I would not talk to {friend} this way.",
    "Today I would like to listen more than I explain.",
    "Grey outside, tea inside. A fair exchange.",
    "The old question, whether to move. The old answer, not this year.",
    "Somebody in the house is practising scales. I am rooting for them.",
  ]

  static let wentWell = [
    "Started with the hard thing and had it done by ten.",
    "Stayed calm when {colleague} changed the plan again.",
    "{few} kilometres before breakfast.", "Cooked {dish} instead of ordering something.",
    "Listened to {relative} to the end.", "Put the phone in the other room and left it there.",
    "Asked for help with the {project}, and got it at once.", "Went to bed when I was tired.",
  ]
  static let toImprove = [
    "Fewer tabs, fewer cups of coffee.", "Answer {friend} the same day.",
    "Leave on time; the {project} survives the night.", "Eat lunch away from the desk.",
    "Read the question twice before answering it.", "No news before breakfast.",
    "Say what I need before I am annoyed.", "Stretch after the run, not only before it.",
  ]
  static let gratefulFor = [
    "{friend}, for turning up.", "The {bird} on the railing.", "A warm kitchen and {dish}.",
    "{relative}'s voice on the phone.", "Rain on the roof, me under it.",
    "A body that carries me along the {water}.", "Quiet neighbours. Both of them.",
    "The last pages of {book}.",
  ]
  static let bigWins = [
    "The {project} is out, and it works.", "{few} runs, none skipped.",
    "Talked to {colleague} openly, and it was a relief for both of us.",
    "Finished {book}.", "A whole {weekday} without a screen.", "Repaired the bicycle myself.",
  ]
  static let challenges = [
    "Slept badly on {few} nights.", "Too much promised for the {project}.",
    "Homesick for {city}, of all places.", "{relative} was ill, and I was far away.",
    "Said yes when I meant to think about it.", "The {plant} and the slugs.",
  ]
  static let learnings = [
    "Mornings are for making, afternoons for answering.",
    "A short walk settles what an hour of pondering does not.",
    "{colleague} only wanted to be asked.", "I plan for {few} good hours a day. There are three.",
    "{thing} are simpler than they look and harder than they sound.",
    "Rest is part of the work, not what is left of it.",
  ]
  static let nextWeekFocus = [
    "First draft of the {project} by {weekday}.", "Call {relative}.",
    "Run {few} times, slowly.", "Two evenings without any plan.", "Write to {friend}.",
    "Read {book} instead of about it.", "Plant the {plant} before the frost.",
  ]

  /// What stands for each slot.
  static let slots: [String: [String]] = [
    "colleague": ["Priya", "Marek", "Jürgen", "Ines", "Tomasz", "Aiko", "Leonie", "Samir"],
    "relative": ["Mum", "Dad", "my sister", "Aunt Zoë", "Ștefan", "grandmother", "little Emil"],
    "friend": ["Clara", "Noor", "Bjørn", "Mateo", "Yuki", "Anneke", "Dáithí", "Rosa", "Oleksii"],
    "project": [
      "archive", "timetable", "handbook", "survey", "exhibition", "water map", "budget", "library",
    ],
    "water": ["river", "canal", "lake", "harbour", "reservoir"],
    "bird": [
      "heron", "blackbird", "swift", "crow", "wagtail", "heron", "sparrow", "blackbird", "crow",
      "kingfisher",
    ],
    "book": [
      "the book about lighthouses", "the long Russian novel", "the history of salt",
      "the poems from the flea market", "the detective story", "the atlas of islands",
      "the letters", "the slim book about silence",
    ],
    "plant": ["basil", "tomatoes", "beans", "rhubarb", "nasturtium", "mint", "garlic", "quince"],
    "dish": [
      "lentil soup", "dumplings", "plum cake", "okonomiyaki", "crème brûlée", "borscht",
      "a very large omelette", "noodles with too much chilli", "flatbread", "risotto",
    ],
    "city": [
      "Lisbon", "Gdańsk", "Trieste", "Malmö", "Ghent", "Porto", "Kraków", "Tartu", "Bergen",
    ],
    "thing": [
      "tides", "clocks", "vaccines", "glaciers", "locks", "radio waves", "sourdough cultures",
      "mirrors", "quasars",
    ],
    "weekday": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "month": [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ],
    "few": ["two", "three", "four", "five", "six", "seven"],
    "many": ["twelve", "fifteen", "twenty", "thirty", "forty", "fifty"],
  ]
}
