/// A group as all its members know it: one row in its space, with the space's id. Kept by the server.
package struct GroupInfo: Entry {
  package static let kind: Kind = "group_info"
  package static let isShared = true
  package static let fields = [
    Field("name", .text), Field("about", .text), Field("frequency", .text), Field("zone", .text),
    Field("most_members", .number), Field("rule", .text), Field("code", .text),
    Field("code_expires", .number), Field("created", .number),
  ]

  /// The space.
  package let id: EntryID
  /// 3 to 100 characters.
  package var name: String
  /// 500 characters at most.
  package var about: String
  /// `weekly`, `biweekly`, `daily`
  package var frequency: String
  /// The IANA name of the zone in which the group's weeks begin.
  package var zone: String
  /// 2 to 50
  package var mostMembers: Int
  /// How scores are made of answers: `hucares`, `sum`, `mean`.
  package var rule: String
  /// Who knows it may join: 8 of A–Z and 0–9; empty for none.
  package var code: String
  package var codeExpires: Moment?
  package var created: Moment?

  package init(
    id: EntryID, name: String, about: String = "", frequency: String = "weekly",
    zone: String = "UTC", mostMembers: Int = 20, rule: String = "hucares", code: String = "",
    codeExpires: Moment? = nil, created: Moment? = nil
  ) {
    self.id = id
    self.name = name
    self.about = about
    self.frequency = frequency
    self.zone = zone
    self.mostMembers = mostMembers
    self.rule = rule
    self.code = code
    self.codeExpires = codeExpires
    self.created = created
  }

  package init(id: EntryID, values: [Value]) {
    self.init(
      id: id, name: values[0].text ?? "", about: values[1].text ?? "",
      frequency: values[2].text ?? "weekly", zone: values[3].text ?? "UTC",
      mostMembers: Int(values[4].number ?? 20), rule: values[5].text ?? "hucares",
      code: values[6].text ?? "", codeExpires: values.moment(7), created: values.moment(8))
  }

  package var values: [Value] {
    [
      .text(name), .text(about), .text(frequency), .text(zone), .number(Int64(mostMembers)),
      .text(rule), .text(code), Value(codeExpires), Value(created),
    ]
  }
}
