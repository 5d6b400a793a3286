internal import CVTerm

/// One column as a terminal emulator shows it.
package struct ShownCell: Equatable, Sendable {
  /// A blank where nothing was written; empty in the second half of a wide character.
  package var text: String
  /// 1, 2, or 0 for the second half of a wide character.
  package var width: Int
  /// -1 is the terminal's own, 0...255 the palette, 0x1000000 | rgb 24 bits.
  package var foreground: Int32
  package var background: Int32
  package var bold, underline, italic, reverse: Bool
}

/// A whole screen as an emulator shows it.
package struct Grid: Sendable, CustomStringConvertible {
  package var rows: [[ShownCell]]
  package var cursor: (row: Int, column: Int)
  package var isAlternate: Bool
  package var cursorVisible: Bool
  package var bells: Int

  /// A row's text without trailing blanks.
  package func line(_ row: Int) -> String {
    var line = rows[row].map(\.text).joined()
    while line.last == " " { line.removeLast() }
    return line
  }

  package var lines: [String] { rows.indices.map(line) }
  package var description: String { lines.joined(separator: "\n") }

  /// True where a row holds the text.
  package func contains(_ text: String) -> Bool { row(of: text) != nil }

  /// The first row that holds the text.
  package func row(of text: String) -> Int? {
    rows.indices.first { !text.isEmpty && line($0).firstRange(of: text) != nil }
  }
}

/// A terminal emulator in memory (libvterm): bytes in, cells out. For one thread at a time.
package final class VirtualScreen {
  package private(set) var rows: Int
  package private(set) var columns: Int
  private let screen: OpaquePointer

  package init(rows: Int = 24, columns: Int = 80) {
    self.rows = rows
    self.columns = columns
    screen = vt_screen_new(Int32(rows), Int32(columns))
  }

  deinit { vt_screen_free(screen) }

  package func resize(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    vt_screen_resize(screen, Int32(rows), Int32(columns))
  }

  /// Shows bytes; returns what the terminal answers to queries in them.
  package func write(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let signed = bytes.map { CChar(bitPattern: $0) }
    vt_screen_write(screen, signed, signed.count)
    var answer = [CChar](repeating: 0, count: 4_096)
    let count = vt_screen_read(screen, &answer, answer.count)
    return answer[..<count].map { UInt8(bitPattern: $0) }
  }

  package var grid: Grid {
    var cell = vt_cell()
    let shown = (0..<rows).map { row in
      (0..<columns).map { column in
        _ = vt_screen_cell(screen, Int32(row), Int32(column), &cell)
        return shownCell(&cell)
      }
    }
    let state = vt_screen_state(screen)
    return Grid(
      rows: shown, cursor: (Int(state.row), Int(state.column)), isAlternate: state.alternate,
      cursorVisible: state.cursor_visible, bells: Int(state.bells))
  }

  private func shownCell(_ cell: inout vt_cell) -> ShownCell {
    var text = ""
    withUnsafeBytes(of: &cell.scalars) { raw in
      for scalar in raw.bindMemory(to: UInt32.self).prefix(while: { $0 != 0 }) {
        if let scalar = Unicode.Scalar(scalar) { text.unicodeScalars.append(scalar) }
      }
    }
    if text.isEmpty && cell.width != 0 { text = " " }
    return ShownCell(
      text: text, width: Int(cell.width), foreground: cell.foreground,
      background: cell.background, bold: cell.bold, underline: cell.underline,
      italic: cell.italic, reverse: cell.reverse)
  }
}
