/// The SHA-256 of a server's public key (its SPKI), in the two forms that people compare: the server
/// prints them, a device shows them before it trusts.
package struct Fingerprint: Hashable, Sendable {
  /// 32 bytes.
  package let bytes: [UInt8]

  /// nil where there are not 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// 64 hexadecimal digits of either case; spaces, colons and hyphens between them don't count.
  package init?(hex: some StringProtocol) {
    let digits = hex.utf8.filter { !" :-".utf8.contains($0) }
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
      // A sign would count as part of a number.
      guard let byte = UInt8(pair, radix: 16), pair.utf8.first != UInt8(ascii: "+") else {
        return nil
      }
      bytes.append(byte)
    }
    self.bytes = bytes
  }

  /// 64 hexadecimal digits in groups of four.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if index > 0, index % 2 == 0 { text.append(UInt8(ascii: " ")) }
      text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first eight bytes as words.
  package var words: String { Self.words(bytes) }

  /// A word for each of the first eight of `bytes`, with spaces between.
  package static func words(_ bytes: [UInt8]) -> String {
    bytes.prefix(8).map { list[Int($0)] }.joined(separator: " ")
  }

  /// One word a byte. Never change it: what two versions of lifeos show must be equal.
  package static let list: [String] = """
    acorn adder agate album alder alley amber ankle apple april apron arrow aspen atlas attic
    badge baker balsa banjo basil baton beach beaver bell berry birch bison blaze bloom boat bonus
    book bottle brass bread brick broom brush bucket bulb butter cabin cable cactus camel candle
    canoe carbon castle cedar cello chalk cherry chess cider circle clay cliff clock cloud clover
    coal cobra coffee comet copper coral cotton crane crater cricket crown cube cumin daisy dance
    delta desk dice dolphin donkey dragon drum dune eagle earth easel echo elbow elder ember
    engine fabric falcon farm feather fern fiddle field finch flame flint flute forest fossil fox
    frost galaxy garden gecko geyser ginger glacier globe goose grape gravel guitar gull hammer
    harbor hazel hedge helmet heron hinge honey hornet horse iceberg igloo indigo insect island
    ivory jacket jaguar jasmine jelly jigsaw jungle kayak kernel kettle kitten koala ladder lagoon
    lantern lemon lentil lichen lily linen lizard llama lobster lotus lunar magnet mango maple
    marble meadow melon mint mirror mitten moon motor mouse museum mustard napkin needle nettle
    nickel nutmeg oasis ocean olive onion opal orange orbit orchid otter oven owl oyster paddle
    palm panda paper parrot pearl pebble pelican pepper piano pigeon pillow pine planet plum
    pocket pond poppy potato puzzle quail quartz quiver rabbit radish raven reef ribbon river
    robin rocket saddle saffron salmon sandal satin scarf silver spruce squash statue summit
    sunset tango temple thistle tiger timber tomato tulip tunnel turtle umber valley velvet violin
    walnut wheat willow window winter wolf yarrow yogurt zebra zinc
    """.split(whereSeparator: \.isWhitespace).map(String.init)
}
