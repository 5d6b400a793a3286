internal import Kernel
internal import Life

/// What `jrnl --format json` prints: `{"tags": …, "entries": [{title, body, date, time, tags,
/// starred}]}`.
struct JrnlJSONImport: ImportReader {
  let path: String
  let zone: Zone

  func read(_ body: (ImportPiece) throws -> Void) throws {
    let source = ImportEntries(bytes: try ImportFile.bytes(path), file: "")
    try source.read(into: body) { node, issue in
      guard let dayText = node["date"]?.text else { return issue("An entry has no date.") }
      guard let day = Day(dayText) else { return issue("There is no day “\(dayText)”.") }
      var time = CivilTime(day: day, hour: 12, minute: 0)
      if let text = node["time"]?.text {
        guard let date = try? NaturalDate(text, today: day), let second = date.secondOfDay else {
          return issue("There is no time “\(text)”.")  // what cannot be read is reported
        }
        time.secondOfDay = second
      }
      let tags = (node["tags"]?.list ?? []).compactMap { $0.text.flatMap { TagText.name($0) } }
      var item = JrnlText.item(
        time: time, title: (node["title"]?.text ?? "").trimmedAround(),
        body: (node["body"]?.text ?? "").trimmedAround(), tags: tags,
        isStarred: node["starred"]?.flag ?? false, zone: zone)
      item.entry.sourceRaw = node.leftover(["title", "body", "date", "time", "tags", "starred"])
      return .entry(item)
    }
  }
}

extension JSONNode {
  /// The members with other names, as JSON; nil where there are none.
  func leftover(_ known: Set<String>) -> String? {
    guard case .object(let members) = self else { return nil }
    let others = members.filter { !known.contains($0.name) && $0.value != .null }
    return others.isEmpty ? nil : JSONNode.object(others).string
  }
}
