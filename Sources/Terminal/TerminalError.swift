/// Why there is no full-screen terminal; the command line works all the same.
package enum TerminalError: Error, Equatable {
  /// Input or output is a file, a pipe or closed.
  case noTerminal
  /// TERM is not set.
  case unset
  /// TERM names a terminal that can't place its cursor.
  case dumb
  /// TERM names a terminal that this system does not know.
  case unknown(String)
  /// The system has no UTF-8 locale or no descriptors left.
  case system(String)
}
