/// The keys of the screens, for the manual.
enum KeysPage {
  /// A key and what it does, a line each, under the name of its screen.
  static var lines: [String] { [] }
}
