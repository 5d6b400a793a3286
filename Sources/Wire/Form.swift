internal import Kernel

/// How one value stands in JSON, and what is said of it in the documentation.
struct Form<Value: Sendable>: Sendable {
  let schema: JSON
  let isOptional: Bool
  /// nil is a member that is not there.
  let read: @Sendable (JSON?) throws(WireError) -> Value
  /// nil leaves the member away.
  let write: @Sendable (Value) -> JSON?

  private init(
    schema: JSON, isOptional: Bool, read: @escaping @Sendable (JSON?) throws(WireError) -> Value,
    write: @escaping @Sendable (Value) -> JSON?
  ) {
    self.schema = schema
    self.isOptional = isOptional
    self.read = read
    self.write = write
  }

  /// A value that must be there; `take` returns nil where it is not `what`.
  init(
    _ what: String, schema: JSON, take: @escaping @Sendable (JSON) -> Value?,
    write: @escaping @Sendable (Value) -> JSON
  ) {
    self.init(
      schema: schema, isOptional: false,
      read: { (json) throws(WireError) in
        guard let json else { throw WireError(path: "", reason: "missing") }
        guard let value = take(json) else { throw WireError(path: "", reason: "not \(what)") }
        return value
      },
      write: write)
  }

  /// A value that may be left away, or be null.
  static func optional<Wrapped>(_ form: Form<Wrapped>) -> Form where Value == Wrapped? {
    Form(
      schema: form.schema, isOptional: true,
      read: { (json) throws(WireError) in
        guard let json, json != .null else { return nil }
        return try form.read(json)
      },
      write: { $0.flatMap(form.write) })
  }

  static func list<Item>(of form: Form<Item>) -> Form where Value == [Item] {
    Form(
      schema: ["type": "array", "items": form.schema], isOptional: false,
      read: { (json) throws(WireError) in
        guard let json else { throw WireError(path: "", reason: "missing") }
        guard let items = json.items else { throw WireError(path: "", reason: "not a list") }
        var values: [Item] = []
        for (index, item) in items.enumerated() {
          do throws(WireError) { values.append(try form.read(item)) } catch {
            throw error.under("[\(index)]")
          }
        }
        return values
      },
      write: { .list($0.compactMap(form.write)) })
  }

  /// A message of its own.
  static func message() -> Form where Value: WireMessage {
    Form(
      schema: OpenAPI.reference(to: Value.self), isOptional: false,
      read: { (json) throws(WireError) in
        guard let json else { throw WireError(path: "", reason: "missing") }
        return try Value(json: json)
      },
      write: \.json)
  }
}

extension Form<String> {
  /// A text of at most so many characters (Unicode scalars), without U+0000.
  static func text(_ about: String, upTo most: Int) -> Form {
    Form(
      "a text of at most \(most) characters",
      schema: [
        "type": "string", "maxLength": .number(Int64(most)), "description": .text(about),
      ],
      take: { json in
        guard let text = json.text, text.utf8.count <= most * 4, text.unicodeScalars.count <= most,
          !text.utf8.contains(0)
        else { return nil }
        return text
      },
      write: { .text($0) })
  }

  /// A password: any text, so that the server's own rule answers to it.
  static func password(_ about: String) -> Form {
    Form(
      "a text of at most 1,024 bytes",
      schema: [
        "type": "string", "format": "password", "maxLength": 1024, "description": .text(about),
      ],
      take: { json in json.text.flatMap { $0.utf8.count <= 1_024 ? $0 : nil } },
      write: { .text($0) })
  }

  /// Exactly so many hexadecimal digits.
  static func hex(_ about: String, digits: Int) -> Form {
    Form(
      "\(digits) hexadecimal digits",
      schema: [
        "type": "string", "pattern": .text("^[0-9a-fA-F]{\(digits)}$"),
        "description": .text(about),
      ],
      take: { json in
        guard let text = json.text, text.utf8.count == digits,
          text.utf8.allSatisfy({ Hex.digit($0) != nil })
        else { return nil }
        return text
      },
      write: { .text($0) })
  }
}

extension Form<EntryID> {
  static func id(_ about: String) -> Form {
    Form(
      "32 hexadecimal digits",
      schema: ["type": "string", "pattern": "^[0-9a-fA-F]{32}$", "description": .text(about)],
      take: { json in
        guard let text = json.text, text.utf8.count == 32 else { return nil }
        return EntryID(text)
      },
      write: { .text($0.description) })
  }
}

extension Form<Moment> {
  static func moment(_ about: String) -> Form {
    Form(
      "milliseconds since 1970",
      schema: [
        "type": "integer", "format": "int64",
        "description": .text("\(about), in milliseconds since 1970-01-01 00:00 UTC."),
      ],
      take: { $0.number.map(Moment.init(milliseconds:)) },
      write: { .number($0.milliseconds) })
  }
}

extension Form<Bool> {
  static func flag(_ about: String) -> Form {
    Form(
      "true or false", schema: ["type": "boolean", "description": .text(about)],
      take: \.flag, write: { .flag($0) })
  }
}

extension Form<SnapshotKey> {
  static func key(_ about: String) -> Form {
    Form(
      "the key of a row", schema: ["type": "string", "description": .text(about)],
      take: { $0.text.flatMap(SnapshotKey.init) }, write: { .text($0.text) })
  }
}

extension Form<Int> {
  static func integer(_ about: String, in range: ClosedRange<Int>) -> Form {
    Form(
      "a whole number from \(range.lowerBound) to \(range.upperBound)",
      schema: [
        "type": "integer", "minimum": .number(Int64(range.lowerBound)),
        "maximum": .number(Int64(range.upperBound)), "description": .text(about),
      ],
      take: { json in
        guard let number = json.number, let value = Int(exactly: number), range.contains(value)
        else { return nil }
        return value
      },
      write: { .number(Int64($0)) })
  }
}
