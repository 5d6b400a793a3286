internal import Testing

/// The rules of style that a formatter does not know.
struct StyleTests {
  @Test func `no file is longer than 400 lines`() {
    let long = House.all.filter { $0.lines.count > 401 }
    #expect(long.map { "\($0.path): \($0.lines.count - 1)" } == [])
  }

  @Test func `nothing is public or open`() {
    #expect(House.sources.flatMap { $0.finds(/^\s*(@\w+\s+)*(public|open)\s+[a-z]/) } == [])
  }

  @Test func `no type has a name that says nothing`() {
    let pattern =
      /\b(struct|enum|class|actor|protocol|typealias)\s+\w*(Manager|Helper|Helpers|Utils|Util|Service|Coordinator|Impl|Base)\b/
    #expect(House.all.flatMap { $0.finds(pattern) } == [])
    let files = House.all.filter {
      $0.name.contains(/(Manager|Helper|Helpers|Utils|Util|Service|Coordinator|Impl|Base)\.swift/)
    }
    #expect(files.map(\.path) == [])
  }

  @Test func `nothing is unwrapped, tried or cast by force`() {
    // A `!` behind a word, a bracket or a string, which is not the first half of `!=`.
    let force = /[\w\)\]\}>"`]!(?!=)/
    #expect(House.sources.flatMap { $0.finds(force) } == [])
  }

  @Test func `an error is dropped only with its reason beside it`() {
    #expect(House.sources.flatMap(silentErrors) == [])
  }

  private func silentErrors(in file: SourceFile) -> [String] {
    guard file.code.contains("try?") else { return [] }
    return file.lines.enumerated().compactMap { index, line in
      // "Entry?" ends the same way.
      guard line.code.contains(/(?:^|[^\w])try\?/) else { return nil }
      let beside = file.lines[max(0, index - 1)...min(index + 1, file.lines.count - 1)]
      return beside.contains(where: \.hasComment) ? nil : file.place(line)
    }
  }

  @Test func `nothing prints but the program itself`() {
    let files = House.sources.filter {
      $0.floor != "lifeos" && !$0.name.hasSuffix("Commands.swift")
    }
    #expect(files.flatMap { $0.finds(/^\s*(print|debugPrint|dump|NSLog)\(/) } == [])
  }

  @Test func `no class can be subclassed`() {
    let pattern = /^\s*(package |internal |private |fileprivate )?class\s+\w+/
    #expect(House.sources.flatMap { $0.finds(pattern) } == [])
  }

  @Test func `tests do not sleep`() {
    let pattern = /\b(Task\.sleep|Thread\.sleep|usleep|nanosleep|sleep)\(/
    let files = House.all.filter { $0.path.hasPrefix("Tests/") }
    #expect(files.flatMap { $0.finds(pattern) } == [])
  }
}
