internal import Kernel
internal import Wire

extension GroupSettings {
  static let frequencies = ["weekly", "biweekly", "daily"]
  static let rules = ["hucares", "sum", "mean"]
  static let memberCounts = 2...50

  /// The settings as they are kept. 422 with one sentence where one makes no sense.
  func checked() throws(APIError) -> GroupSettings {
    var settings = self
    settings.name = Self.trimmed(name)
    settings.about = Self.trimmed(about)
    guard (3...100).contains(settings.name.count), settings.name.unicodeScalars.count <= 100 else {
      throw Self.wrong("name", "A group's name has 3 to 100 characters.")
    }
    guard !settings.name.unicodeScalars.contains(where: Self.isControl) else {
      throw Self.wrong("name", "A group's name has no control characters and no line breaks.")
    }
    guard settings.about.count <= 500 else {
      throw Self.wrong("about", "What a group is for is told in at most 500 characters.")
    }
    guard Self.frequencies.contains(frequency) else {
      throw Self.wrong("frequency", "A group checks in weekly, biweekly or daily.")
    }
    guard Zone(named: zone) != nil else {
      throw Self.wrong("zone", "There is no time zone of this name.")
    }
    guard Self.memberCounts.contains(mostMembers) else {
      throw Self.wrong("most_members", "A group has room for 2 to 50 members.")
    }
    guard Self.rules.contains(rule) else {
      throw Self.wrong("rule", "A group's score is made by hucares, sum or mean.")
    }
    return settings
  }

  /// These settings with what `change` names.
  func changed(by change: GroupChange) -> GroupSettings {
    GroupSettings(
      name: change.name ?? name, about: change.about ?? about,
      frequency: change.frequency ?? frequency, zone: change.zone ?? zone,
      mostMembers: change.mostMembers ?? mostMembers, rule: change.rule ?? rule)
  }

  static func wrong(_ field: String, _ message: String) -> APIError {
    APIError(
      status: 422, code: .malformed, message: message, details: ["path": field, "field": field])
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
