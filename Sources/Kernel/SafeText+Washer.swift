extension SafeText {
  /// Takes the scalars of a text one by one and keeps what is harmless.
  struct Washer {
    var output = ""
    private let keepsLines: Bool
    private var last: Unicode.Scalar = "\u{20}"
    private var afterReturn = false
    /// Scalars on the current base that do not stand by themselves.
    private var marks = 0
    private var joins = 0
    /// A joiner that counts only if an emoji follows; tags that count only if they are closed.
    private var joinerWaits = false
    private var tags = ""

    static let mostMarks = 8
    /// The longest emoji in use has three joiners; the longest flag of tags has six of them.
    private static let mostJoins = 7
    private static let mostTags = 8

    init(keepsLines: Bool) { self.keepsLines = keepsLines }

    mutating func take(_ scalar: Unicode.Scalar) {
      let isLineFeedOfReturn = afterReturn && scalar == "\n"
      afterReturn = scalar == "\r"
      if isLineFeedOfReturn { return }
      if !takeInEmoji(scalar) { takePlain(scalar) }
    }

    /// Joiners, selectors and tags have a meaning inside emoji only. True where `scalar` is settled.
    private mutating func takeInEmoji(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x200D:
        joinerWaits = joins < Self.mostJoins && endsInEmoji
        return true
      case 0xFE0E, 0xFE0F:
        joinerWaits = false
        if last.properties.isEmoji { keep(scalar) }
        return true
      case 0xE0020...0xE007E:
        if last.value == 0x1F3F4, tags.unicodeScalars.count < Self.mostTags {
          tags.unicodeScalars.append(scalar)
        }
        return true
      case 0xE007F:
        joinerWaits = false
        if last.value == 0x1F3F4, !tags.isEmpty {
          output += tags
          keep(scalar)
        }
        tags = ""
        return true
      default:
        tags = ""
        let isTone = scalar.properties.isEmojiModifier
        if joinerWaits, !isTone, Self.isPictograph(scalar) {
          output.unicodeScalars.append("\u{200D}")
          joins += 1
        } else if !isTone {
          joins = 0
        }
        joinerWaits = false
        return false
      }
    }

    private mutating func takePlain(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x0A, 0x0D: keepBase(keepsLines ? "\n" : " ")
      case 0x09: keepBase(keepsLines ? "\t" : " ")
      case 0x00...0x1F: keepBase(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x20...0x7E: keepBase(scalar)
      case 0x7F: keepBase("\u{2421}")
      case 0x80...0x9F: keepBase("\u{FFFD}")
      case 0x2028, 0x2029: keepBase(" ")
      default: takeOther(scalar)
      }
    }

    private mutating func takeOther(_ scalar: Unicode.Scalar) {
      if Self.isDropped(scalar) { return }
      if Self.isDependent(scalar, after: last) {
        guard marks < Self.mostMarks else { return }
        marks += 1
        keep(scalar)
      } else {
        keepBase(scalar)
      }
    }

    private mutating func keepBase(_ scalar: Unicode.Scalar) {
      marks = 0
      keep(scalar)
    }

    private mutating func keep(_ scalar: Unicode.Scalar) {
      output.unicodeScalars.append(scalar)
      last = scalar
    }

    private var endsInEmoji: Bool {
      Self.isPictograph(last) || last.value == 0xFE0F || last.properties.isEmojiModifier
    }

    private static func isPictograph(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value > 0xFF && scalar.properties.isEmoji
    }

    /// Bidi controls, annotation marks, noncharacters, the marks of search hits, the invisible.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C, 0xFFF9...0xFFFB,
        0xE000, 0xE001, 0xFDD0...0xFDEF, 0xE0000...0xE0FFF:
        true
      default: scalar.value & 0xFFFE == 0xFFFE || scalar.properties.isDefaultIgnorableCodePoint
      }
    }

    /// Marks, skin tones, and the Hangul letters that continue a syllable.
    private static func isDependent(
      _ scalar: Unicode.Scalar, after last: Unicode.Scalar
    ) -> Bool {
      switch scalar.value {
      case 0x1100...0x115E, 0xA960...0xA97C:
        (0x1100...0x115E).contains(last.value) || (0xA960...0xA97C).contains(last.value)
      case 0x1161...0x11FF, 0xD7B0...0xD7FB: true
      default:
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: scalar.properties.isEmojiModifier
        }
      }
    }
  }
}
