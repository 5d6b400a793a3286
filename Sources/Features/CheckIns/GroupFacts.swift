package import Kernel
package import Life

/// A group as this device knows it, offline too.
package struct GroupFacts: Sendable {
  package var info: GroupInfo
  /// Who is in it, and who was; in the order in which they joined.
  package var members: [GroupMember]
  package var choice: GroupChoice
  /// `admin`, `moderator`, `member`
  package var role: String
  /// An archive: the person is no longer in it.
  package var isLeft: Bool
  /// The person's own account.
  package var me: EntryID?

  package var space: EntryID { info.id }
  package var frequency: Frequency { Frequency(rawValue: info.frequency) ?? .weekly }
  package var rule: ScoreRule { ScoreRule(rawValue: info.rule) ?? .hucares }
  /// Those who are in it now.
  package var present: [GroupMember] { members.filter { $0.state == .member } }
  /// The group's zone; UTC where this machine does not know it.
  package var zone: Zone { Zone(named: info.zone) ?? .utc }

  package init(
    info: GroupInfo, members: [GroupMember], choice: GroupChoice, role: String, isLeft: Bool,
    me: EntryID?
  ) {
    self.info = info
    self.members = members
    self.choice = choice
    self.role = role
    self.isLeft = isLeft
    self.me = me
  }

  /// The period that the group is in at `moment`. Its days begin at midnight in its zone.
  package func period(at moment: Moment) -> Period {
    Period(frequency, of: zone.civil(moment).day)
  }

  /// The group's period that a person's own week is answered for: the one that holds its day at `moment`,
  /// of a week that is over there its last day's, of one that has not begun its first day's.
  package func period(of week: Period, at moment: Moment) -> Period {
    Period(frequency, of: min(max(day(at: moment), week.first), week.last))
  }

  /// The group's day at `moment`.
  package func day(at moment: Moment) -> Day { zone.civil(moment).day }

  /// The name of a member; of who is no longer known "somebody".
  package func name(of account: EntryID?) -> String {
    members.first { $0.account == account && account != nil }?.user ?? "somebody"
  }
}
