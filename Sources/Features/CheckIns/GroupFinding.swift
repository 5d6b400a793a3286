package import Kernel
internal import Life
internal import Storage

/// Finds groups, members and invitations by what a person types of their names.
package enum GroupFinding {
  /// All groups that this device knows, as the person sees them; those they are in come first.
  package static func groups(of desk: Desk) throws -> [GroupFacts] {
    let me = try desk.store.account()?.id
    return try desk.store.read { try CheckInQueries.groups($0, me: me) }
  }

  /// A group that the person is in, and of which this device has read nothing yet.
  package static func unread(_ space: EntryID, me: EntryID?) -> GroupFacts {
    GroupFacts(
      info: GroupInfo(id: space, name: ""), members: [], choice: GroupChoice(space: space),
      role: "member", isLeft: false, me: me)
  }

  /// The group that `typed` names: by its name, the beginning of its name, or six digits and more of
  /// either end of its id; case does not matter. Groups that the person has left are meant only where
  /// no other one fits. Throws a `Failure` that says which it could be, or which there are.
  package static func find(_ typed: String, in groups: [GroupFacts]) throws(Failure) -> GroupFacts {
    let wanted = plain(typed)
    let steps: [(GroupFacts) -> Bool] = [
      { plain($0.info.name) == wanted }, { plain($0.info.name).hasPrefix(wanted) },
      { isID(wanted, of: $0.space) },
    ]
    for fits in steps where !wanted.isEmpty {
      let hits = groups.filter(fits)
      let present = hits.filter { !$0.isLeft }
      switch (present.count, hits.count) {
      case (0, 0): continue
      case (1, _): return present[0]
      case (0, 1): return hits[0]
      default: throw ambiguous(typed, present.isEmpty ? hits : present)
      }
    }
    throw missing(typed, groups)
  }

  /// The same for groups that the person is in now.
  package static func findPresent(
    _ typed: String, in groups: [GroupFacts]
  ) throws(Failure) -> GroupFacts {
    let group = try find(typed, in: groups)
    guard !group.isLeft else {
      throw Failure(
        .failed, "you are no longer in “\(group.info.name)”; what you wrote there is kept here")
    }
    return group
  }

  /// Who is in the group under the name `typed`, or the only one whose name begins so.
  package static func member(
    _ typed: String, of group: GroupFacts
  ) throws(Failure) -> GroupMember {
    let wanted = plain(typed)
    let present = group.present
    if let hit = present.first(where: { plain($0.user) == wanted }) { return hit }
    let hits = wanted.isEmpty ? [] : present.filter { plain($0.user).hasPrefix(wanted) }
    guard hits.count == 1 else {
      throw Failure(
        hits.isEmpty ? .notFound : .wrongUsage,
        "“\(typed)” names no single member of “\(group.info.name)”; there are "
          + names(present.map(\.user)))
    }
    return hits[0]
  }

  /// The open invitation that `typed` names, by its group's name or by its id; nil means the only one.
  package static func invitation(
    _ typed: String?, in open: [Invitation]
  ) throws(Failure) -> Invitation {
    guard !open.isEmpty else { throw Failure(.notFound, "no invitation waits for an answer") }
    let choices = names(open.map { "\($0.name) (from \($0.from))" })
    guard let typed else {
      guard open.count == 1 else {
        throw Failure(.wrongUsage, "say which of your invitations you mean: \(choices)")
      }
      return open[0]
    }
    let wanted = plain(typed)
    let exact = open.filter { plain($0.name) == wanted }
    let hits =
      exact.isEmpty
      ? open.filter { plain($0.name).hasPrefix(wanted) || isID(wanted, of: $0.id) } : exact
    guard hits.count == 1, !wanted.isEmpty else {
      throw Failure(
        hits.isEmpty ? .notFound : .wrongUsage,
        "“\(typed)” names no single invitation; there are \(choices)")
    }
    return hits[0]
  }

  /// Those that wait for an answer at `now`, newest first.
  package static func openInvitations(of desk: Desk) throws -> [Invitation] {
    let now = desk.world.now()
    return try desk.store.read { try CheckInQueries.invitations($0) }.filter {
      $0.state == .open && $0.expires.map { $0 > now } ?? true
    }
  }

  private static func plain(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
      .lowercased()
  }

  private static func isID(_ typed: String, of id: EntryID) -> Bool {
    let text = id.description
    return typed.utf8.count >= IdentityQueries.fewestDigits
      && (text.hasPrefix(typed) || text.hasSuffix(typed))
  }

  private static func ambiguous(_ typed: String, _ groups: [GroupFacts]) -> Failure {
    Failure(
      .wrongUsage,
      "“\(typed)” could be any of "
        + names(groups.map { "\($0.info.name) (\($0.space.short))" }) + "; write more of it")
  }

  private static func missing(_ typed: String, _ groups: [GroupFacts]) -> Failure {
    let present = groups.filter { !$0.isLeft }
    guard !present.isEmpty else {
      return Failure(
        .notFound,
        "you are in no group; `lifeos group create NAME` makes one, `lifeos group join CODE` joins one"
      )
    }
    return Failure(
      .notFound,
      "you are in no group “\(typed)”; yours are \(names(present.map(\.info.name)))")
  }

  /// `A, B, C, …`
  private static func names(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}
