/// The `entries` of a JSON object, one after the other; a damaged one does not stop the rest.
struct ImportEntries {
  let bytes: [UInt8]
  /// What issues call the file.
  let file: String

  /// Calls `body` with what `piece` makes of each entry. `issue` makes a piece that tells what is
  /// wrong with the entry, where it stands.
  func read(
    into body: (ImportPiece) throws -> Void,
    _ piece: (JSONNode, _ issue: (String) -> ImportPiece) throws -> ImportPiece
  ) throws {
    var reader = JSONReader(bytes)
    var lines = LineCount(bytes: bytes)
    do {
      try reader.need("{")
      if reader.take("}") { return }
      while true {
        let name = try reader.name()
        guard name == "entries", reader.take("[") else {
          reader.skipValue()
          guard reader.take(",") else { break }
          continue
        }
        try readList(&reader, &lines, body, piece)
        guard reader.take(",") else { break }
      }
      try reader.need("}")
    } catch let problem as JSONReader.Problem {
      try body(issue(lines.line(at: problem.at), "The JSON is damaged here: \(problem.reason)."))
    }
  }

  private func issue(_ line: Int, _ reason: String) -> ImportPiece {
    .issue(ImportIssue(file: file, line: line, reason: reason))
  }

  private func readList(
    _ reader: inout JSONReader, _ lines: inout LineCount, _ body: (ImportPiece) throws -> Void,
    _ piece: (JSONNode, _ issue: (String) -> ImportPiece) throws -> ImportPiece
  ) throws {
    if reader.take("]") { return }
    while true {
      reader.skipSpace()
      let line = lines.line(at: reader.at)
      var end = reader
      end.skipValue()
      do {
        let node = try reader.value()
        if case .object = node {
          try body(try piece(node) { issue(line, $0) })
        } else {
          try body(issue(line, "An entry is no object."))
        }
      } catch let problem as JSONReader.Problem {
        try body(issue(lines.line(at: problem.at), "An entry is damaged: \(problem.reason)."))
        reader = end
      }
      if reader.take("]") { return }
      try reader.need(",")
    }
  }
}

/// Line numbers of byte places, asked for in rising order.
struct LineCount {
  let bytes: [UInt8]
  private var at = 0
  private var number = 1

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func line(at place: Int) -> Int {
    if place < at { (at, number) = (0, 1) }
    while at < min(place, bytes.count) {
      if bytes[at] == 0x0A { number += 1 }
      at += 1
    }
    return number
  }
}
