internal import TUI

/// Text that arrives faster than anyone types is a paste, where the terminal does not say so.
enum Burst {
  static let limit = 20

  static func joined(_ inputs: [Input]) -> [Input] {
    var text = ""
    for input in inputs {
      guard case .key(let key) = input, !key.control, !key.alt else { return inputs }
      switch key.code {
      case .character(let character): text.append(character)
      case .enter: text.append("\n")
      case .tab: text.append("\t")
      default: return inputs
      }
    }
    return inputs.count > limit ? [.paste(text)] : inputs
  }
}
