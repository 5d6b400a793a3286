package import TUI

/// What the bytes from the terminal mean.
package enum Input: Equatable, Sendable {
  case key(Key)
  case mouse(Mouse)
  case paste(String)
  case focused(Bool)
  case reply(Reply)
}

/// What a terminal answers to queries, and tells once it was asked to.
package enum Reply: Equatable, Sendable {
  /// DA1: all queries sent before it are answered or never will be.
  case attributes
  /// DECRPM: 0 unknown, 1 on, 2 off, 3 always on, 4 always off.
  case mode(Int, state: Int)
  /// OSC 11, as lightness 0...1 of the background.
  case background(lightness: Double)
  /// Mode 2031: the person switched between light and dark.
  case scheme(isDark: Bool)
}
