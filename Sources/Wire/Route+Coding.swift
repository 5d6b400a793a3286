/// A query on its way: what a route makes of it.
///
/// The template's `{name}` is filled from the query's member of that name. The other members are the
/// query string of GET and DELETE, and the body of POST and PATCH.
extension Route {
  /// The path, with a query string where there is something to say: `/api/v1/sync/snapshot?space=…`.
  package func target(for query: Query) -> String {
    guard !method.hasBody || !names.isEmpty else { return path }
    let members = query.json.members ?? []
    var target = path
    for name in names {
      guard let text = members.last(where: { $0.key == name }).flatMap({ Self.plain($0.value) })
      else { preconditionFailure("the query has what its path names") }
      target.replace("{\(name)}", with: PercentText.encoded(text))
    }
    guard !method.hasBody else { return target }
    let pairs = members.filter { !names.contains($0.key) }.compactMap { member in
      Self.plain(member.value).map {
        "\(PercentText.encoded(member.key))=\(PercentText.encoded($0))"
      }
    }
    return pairs.isEmpty ? target : "\(target)?\(pairs.joined(separator: "&"))"
  }

  /// nil where the method has none.
  package func body(for query: Query) -> [UInt8]? {
    guard method.hasBody else { return nil }
    guard !names.isEmpty else { return query.bytes }
    return JSON.object((query.json.members ?? []).filter { !names.contains($0.key) }).bytes
  }

  /// The reverse of `target` and `body`: `path` and `query` as they stand in the target, still
  /// percent-encoded.
  package func query(
    path: String, query: String = "", body: [UInt8] = []
  ) throws(WireError) -> Query {
    let parts = try parts(of: path)
    guard !method.hasBody || !names.isEmpty else { return try Query(bytes: body) }
    var members: [JSON.Member] = []
    if !method.hasBody {
      members = try pairs(of: query)
    } else if !body.isEmpty {
      guard let object = try JSON(bytes: body).members else {
        throw WireError(path: "", reason: "no object")
      }
      members = object
    }
    return try Query(json: .object(members + parts))  // of two members, the last counts
  }

  /// The names in braces.
  private var names: [String] {
    segments(path).filter(isName).map { String($0.dropFirst().dropLast()) }
  }

  private func segments(_ path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false)
  }

  private func isName(_ segment: Substring) -> Bool {
    segment.hasPrefix("{") && segment.hasSuffix("}")
  }

  private func parts(of path: String) throws(WireError) -> [JSON.Member] {
    let (template, given) = (segments(self.path), segments(path))
    guard template.count == given.count else { throw WireError(path: "", reason: "another path") }
    var parts: [JSON.Member] = []
    for (segment, text) in zip(template, given) {
      if isName(segment) {
        parts.append(try member(segment.dropFirst().dropLast(), text, plusIsSpace: false))
      } else if segment != text {
        throw WireError(path: "", reason: "another path")
      }
    }
    return parts
  }

  private func pairs(of query: String) throws(WireError) -> [JSON.Member] {
    var members: [JSON.Member] = []
    for pair in query.split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      members.append(
        try member(halves[0], halves.count > 1 ? halves[1] : "", plusIsSpace: true))
    }
    return members
  }

  /// What is written as text is read as the query's schema has it.
  private func member(
    _ name: Substring, _ value: Substring, plusIsSpace: Bool
  ) throws(WireError) -> JSON.Member {
    guard let name = PercentText.decoded(name, plusIsSpace: plusIsSpace),
      let text = PercentText.decoded(value, plusIsSpace: plusIsSpace)
    else { throw WireError(path: "", reason: "a broken escape in the address") }
    switch Query.schema["properties"]?[name]?["type"]?.text {
    case "integer": return .init(name, Int64(text).map { .number($0) } ?? .text(text))
    case "boolean": return .init(name, ["true": true, "false": false][text] ?? .text(text))
    default: return .init(name, .text(text))
    }
  }

  /// nil for null, which is left away.
  private static func plain(_ json: JSON) -> String? {
    switch json {
    case .null: nil
    case .text(let text): text
    case .number(let number): String(number)
    case .fraction(let written): written
    case .flag(let flag): flag ? "true" : "false"
    case .list, .object: preconditionFailure("an address has plain values")
    }
  }
}
