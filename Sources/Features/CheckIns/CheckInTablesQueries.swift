package import Kernel
internal import Life
package import Storage

/// What check-ins bring to the store: kinds and tables.
package enum CheckInTables {
  package static let entries: [any Entry.Type] = [
    CheckIn.self, CheckInReaction.self, CheckInComment.self, NoticeMark.self, GroupChoice.self,
  ]

  package static let migrations: [Migration] = [
    .table(
      "checkins.1", for: CheckIn.self,
      indexes: """
        CREATE INDEX check_in_by_key ON check_in (_space, key, member) WHERE NOT _dead;
        CREATE INDEX check_in_by_member ON check_in (_space, member, key) WHERE NOT _dead;
        CREATE INDEX check_in_by_time ON check_in (written) WHERE NOT _dead;
        """),
    .table(
      "checkins.2", for: CheckInReaction.self,
      indexes: "CREATE INDEX reaction_by_target ON reaction (target) WHERE NOT _dead;"),
    .table(
      "checkins.3", for: CheckInComment.self,
      indexes: "CREATE INDEX comment_by_target ON check_in_comment (target, at) WHERE NOT _dead;"),
    .table("checkins.4", for: NoticeMark.self),
    .table("checkins.5", for: GroupChoice.self),
    Migration(
      "checkins.6",
      sql: """
        CREATE INDEX notice_mark_by_subject ON notice_mark (subject) WHERE NOT _dead;
        CREATE INDEX notice_mark_asleep ON notice_mark (snoozed_until)
          WHERE NOT _dead AND snoozed_until IS NOT NULL;
        """),
  ]
}
