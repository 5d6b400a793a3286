internal import TUI

/// Where the parts of the frame stand, for a size of the terminal.
struct Layout: Equatable {
  let size: Size
  /// One header row, one hint row, no margins: below 60 columns or 16 rows.
  let isCompact: Bool
  let content: Rect

  init(_ size: Size) {
    self.size = size
    isCompact = size.width < 60 || size.height < 16
    if isCompact {
      // Header, blank, content, hints; the blank goes first where rows are dear.
      let top = size.height >= 10 ? 2 : min(1, size.height)
      let bottom = size.height >= 4 ? 1 : 0
      content = Rect(x: 0, y: top, width: size.width, height: size.height - top - bottom)
    } else {
      content = Rect(x: 1, y: 4, width: size.width - 3, height: size.height - 7)
    }
  }

  var tabsRow: Int { 0 }
  var headlineRow: Int { 2 }
  var statusRow: Int { size.height - 2 }
  var hintsRow: Int { isCompact && size.height < 4 ? -1 : size.height - 1 }
}
