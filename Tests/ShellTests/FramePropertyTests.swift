internal import Features
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// Every screen at every size, and a monkey at the keyboard.
struct FramePropertyTests {
  enum Data: String, CaseIterable, Sendable { case empty, normal, hostile }

  /// How each screen is reached.
  static let ways: [[String]] = [
    ["1"], ["2"], ["2", "v", "v"], ["2", "n"], ["2", "i"], ["2", "e"], ["2", "w"], ["2", "h"],
    ["2", "y"], ["2", "o"], ["2", "g p"], ["2", "#"], ["2", "t"], ["2", "f"], ["2", "d d", "g x"],
    ["/", "a"], ["/", "F", "o"], ["C-p"], ["C-p", "f", "o", "g"], ["?"], ["?", "z", "z"], ["T"],
    ["g m"], ["2", "n", "x", "C-x k"], ["2", "n", "C-x m"], ["2", "n", "C-x i"], ["2", "g"],
    ["2", "n", "C-x d"], ["/", "o", "<enter>"],
  ]

  static func journey(_ data: Data) throws -> Journey {
    try Journey { store in
      switch data {
      case .empty: break
      case .normal:
        for day in 1...20 {
          let name = day < 10 ? "0\(day)" : "\(day)"
          try store.addNote("Fog over the water, day \(day).\nMore of it.", on: "2026-11-\(name)")
        }
      case .hostile:
        let texts = [
          "日本語の文章が続く", "👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈 family", "e\u{301}\u{301}\u{302} o\u{308}",
          "\u{202E}right\u{2066} to left",
          "\u{1B}[31mred\u{7}\u{9B}2J", String(repeating: "界", count: 3000), "\t\ttabs\tfo",
          String(repeating: "x", count: 5000), "\u{200B}\u{200D}\u{FE0F}",
          "한국어 \u{1100}\u{1161}\u{11A8}",
          String(repeating: "a\n", count: 2000), "ﷺ ﷽ 𒐫",
          "#tag @" + String(repeating: "ü", count: 200),
        ]
        for (index, text) in texts.enumerated() {
          try store.addNote(
            text, title: index % 2 == 0 ? text : "",
            on: "2026-\(index % 2 == 0 ? 11 : 10)-1\(index % 9)")
        }
        try JournalWriting.add(
          .init(
            type: .review, day: try #require(Day("2026-11-20")),
            sections: ["big_wins": texts[0], "learnings": texts[5], "challenges": texts[10]]),
          in: store)
      }
    }
  }

  /// Small sizes all, then those around which a layout changes.
  static let sizes: [Size] = {
    var sizes: [Size] = []
    for width in [1, 2, 3, 4, 5, 6, 8, 11, 14, 20, 26] {
      for height in [1, 2, 3, 4, 5, 7] { sizes.append(Size(width: width, height: height)) }
    }
    for (width, height) in [
      (40, 12), (39, 9), (59, 15), (60, 16), (59, 40), (79, 24), (80, 3), (92, 16), (96, 17),
      (97, 10), (98, 16), (100, 30), (120, 17), (200, 60), (200, 2), (3, 60),
    ] { sizes.append(Size(width: width, height: height)) }
    return sizes
  }()

  @Test(arguments: Data.allCases, ways)
  func `every screen draws at every size`(data: Data, way: [String]) throws {
    let journey = try Self.journey(data)
    for key in way { journey.press(key) }
    journey.pass(400)
    for size in Self.sizes {
      journey.resize(size.width, size.height)
      let surface = try #require(journey.display.frames.last?.surface)
      let wrong = Self.damage(surface)
      #expect(surface.size == size)
      #expect(wrong == nil, "\(wrong ?? "") at \(size) \(way)\n\(journey.picture)")
      if wrong != nil { return }
    }
    #expect(!journey.isDone)
  }

  /// What is wrong with the cells of a surface; nil where nothing is.
  static func damage(_ surface: Surface) -> String? {
    for y in 0..<surface.size.height {
      for x in 0..<surface.size.width {
        let cell = surface[x, y]
        switch cell.width {
        case 2:
          if x + 1 >= surface.size.width || surface[x + 1, y].width != 0 {
            return "half a wide character at \(x),\(y)"
          }
        case 0:
          if x == 0 || surface[x - 1, y].width != 2 { return "a second half alone at \(x),\(y)" }
        case 1:
          if cell.scalar < 32 || (0x7F...0x9F).contains(cell.scalar) {
            return "a control character at \(x),\(y)"
          }
        default: return "a width of \(cell.width) at \(x),\(y)"
        }
        if cell.width > 0,
          surface.text(x: x, y: y).unicodeScalars.contains(where: {
            $0.value < 32 || (0x7F...0x9F).contains($0.value)
              || (0x202A...0x202E).contains($0.value)
              || (0x2066...0x2069).contains($0.value)
          })
        {
          return "a hidden control character at \(x),\(y)"
        }
      }
    }
    if let cursor = surface.cursor, !surface.bounds.contains(cursor), !surface.bounds.isEmpty {
      return "the cursor at \(cursor)"
    }
    return nil
  }

  private static let keys: [String] =
    "a b c d e f g h i j k l m n o p r s t u v w x y z A E G J K M N S T U X 0 1 2 3 [ ] / ? : # * ."
    .split(separator: " ").map(String.init) + [
      "<enter>", "<esc>", "<esc>", "<tab>", "<S-tab>", "<backspace>", "<delete>", "<up>", "<down>",
      "<left>", "<right>", "<home>", "<end>", "<pageup>", "<pagedown>", "<space>", "C-a", "C-b",
      "C-c", "C-d", "C-e", "C-f", "C-g", "C-k", "C-l", "C-n", "C-p", "C-r", "C-s", "C-t", "C-u",
      "C-w", "C-x", "C-y", "C-z", "C-_", "M-1", "M-2", "M-a", "M-b", "M-d", "M-w", "M-x", "<f1>",
      "<f12>", "<insert>", "<S-left>", "<C-right>", "日", "👨‍👩‍👧", "é",
    ]

  /// A monkey types; no entry goes missing, whatever it hits.
  @Test(arguments: 1...6)
  func `random keys never trap, and never lose an entry`(seed: Int) throws {
    let journey = try Self.journey(seed % 2 == 0 ? .normal : .hostile)
    var dice = Dice(seed: UInt64(seed))
    var known = Set(try journey.entries.map(\.id))
    var pressed: [String] = []
    for step in 0..<700 {
      let key = Self.keys[dice.roll(Self.keys.count)]
      pressed.append(key)
      switch dice.roll(40) {
      case 0: journey.paste("pasted \(step)\nsecond 日本")
      case 1: journey.resize(1 + dice.roll(130), 1 + dice.roll(40))
      case 2: journey.click(dice.roll(130), dice.roll(40))
      case 3: journey.wheel(dice.roll(2) == 0 ? .wheelUp : .wheelDown)
      case 4: journey.pass(dice.roll(1500))
      default: journey.press(key)
      }
      if journey.isDone {
        journey.end()
        #expect(journey.isDone)
        try Self.check(Journey(after: journey), known)
        return
      }
      let wrong = journey.display.frames.last.flatMap { Self.damage($0.surface) }
      let tail = pressed.suffix(12).joined(separator: " ")
      #expect(wrong == nil, "\(wrong ?? "") after \(tail)\n\(journey.picture)")
      #expect(!journey.picture.contains("refused"), "after \(tail)\n\(journey.picture)")
      if wrong != nil || journey.picture.contains("refused") { return }
      if step % 20 == 0 { known = try Self.check(journey, known) }
    }
    journey.end()
    try Self.check(Journey(after: journey), known)
  }

  /// Every entry that was there is there, or in the trash; an undone new one is in the trash too.
  @discardableResult
  private static func check(_ journey: Journey, _ known: Set<EntryID>) throws -> Set<EntryID> {
    let live = Set(try journey.entries.map(\.id))
    let trash = Set(try journey.store.trash(limit: 10_000).map(\.id))
    #expect(known.subtracting(live).subtracting(trash).isEmpty)
    #expect(live.isDisjoint(with: trash))
    return live.union(known)
  }
}

/// Numbers that look random and are the same for each seed (SplitMix64).
struct Dice {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  /// 0 ..< count.
  mutating func roll(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(max(1, count)))
  }
}
