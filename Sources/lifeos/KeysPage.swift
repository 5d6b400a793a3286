internal import Shell

/// The keys of the screens, for the manual.
enum KeysPage {
  /// Keys and what they do, a line each, under the name of their screen.
  static var lines: [String] {
    var lines: [String] = []
    var context: String?
    for line in KeysReference.lines {
      if line.context != context {
        if context != nil { lines.append("") }
        context = line.context
        lines.append(line.context.isEmpty ? "Everywhere" : line.context)
      }
      let keys = line.keys.joined(separator: ", ")
      let gap = String(repeating: " ", count: max(2, 24 - keys.count))
      lines.append("  \(keys)\(gap)\(line.title)  (\(line.id))")
      lines.append("      \(line.help)")
    }
    return lines
  }
}
