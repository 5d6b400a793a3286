/// The server program.
@main struct Lifeosd {
  static func main() {}
}
