internal import Features
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Wire

/// The way to what only the server decides of groups: asks it, and reads at once what that has changed.
final class NetworkGroups: GroupDoor {
  private let access: Access
  private let engine: SyncEngine

  init(_ access: Access, _ engine: SyncEngine) {
    self.access = access
    self.engine = engine
  }

  func make(_ form: GroupForm) throws -> EntryID {
    let space = try ask(Routes.makeGroup, form.settings).id
    read(space)
    return space
  }

  func join(_ code: String) throws -> EntryID {
    let space = try ask(Routes.joinGroup, JoinQuery(code: code)).id
    read(space)
    return space
  }

  func leave(_ space: EntryID) throws {
    // What was written before goes along while it still may.
    read(space)
    _ = try ask(Routes.leaveGroup, IDQuery(id: space))
    read(nil)
  }

  func change(_ space: EntryID, to form: GroupForm) throws {
    let old = try GroupFinding.groups(of: desk).first { $0.space == space }?.info
    func changed<Part: Equatable>(_ part: Part, from old: Part?) -> Part? {
      part == old ? nil : part
    }
    // What the form leaves as it was may be another one's change at the same time.
    let change = GroupChange(
      id: space, name: changed(form.name, from: old?.name),
      about: changed(form.about, from: old?.about),
      frequency: changed(form.frequency, from: old?.frequency),
      zone: changed(form.zone, from: old?.zone),
      mostMembers: changed(form.mostMembers, from: old?.mostMembers),
      rule: changed(form.rule, from: old?.rule))
    guard change != GroupChange(id: space) else { return }
    _ = try ask(Routes.changeGroup, change)
    read(space)
  }

  func delete(_ space: EntryID) throws {
    _ = try ask(Routes.deleteGroup, IDQuery(id: space))
    read(nil)
  }

  func renewCode(_ space: EntryID) throws -> String {
    let code = try ask(Routes.renewCode, IDQuery(id: space)).code
    read(space)
    return code
  }

  func invite(_ user: String, to space: EntryID) throws {
    _ = try ask(Routes.invite, InviteQuery(id: space, user: user))
  }

  func setRole(_ role: String, of account: EntryID, in space: EntryID) throws {
    _ = try ask(Routes.changeRole, RoleQuery(id: space, account: account, role: role))
    read(space)
  }

  func remove(_ account: EntryID, from space: EntryID) throws {
    _ = try ask(Routes.removeMember, MemberQuery(id: space, account: account))
    read(space)
  }

  func accept(_ invitation: EntryID) throws -> EntryID {
    let space = try ask(Routes.acceptInvitation, IDQuery(id: invitation)).id
    read(space)
    return space
  }

  func decline(_ invitation: EntryID) throws {
    _ = try ask(Routes.declineInvitation, IDQuery(id: invitation))
    read(nil)
  }

  /// Reads what the server says of the person's groups and invitations, and of `space`.
  func refresh(_ space: EntryID? = nil) { read(space) }

  var online: [EntryID: Set<EntryID>] { engine.online }

  private var desk: Desk { Desk(store: access.store, world: access.ground.world) }

  private func ask<Query, Reply>(_ route: Route<Query, Reply>, _ query: Query) throws -> Reply {
    do {
      return try access.way().remote().call(route, query)
    } catch {
      // A cut line does not tell whether the server has done it: what it did is read when it is there.
      if case let error as APIError = error, error.code != .rateLimited { engine.hurry() }
      throw Words.group(error)
    }
  }

  /// Exchanges the personal space, and `space` where the device has it then. That it was done on the
  /// server stands even where reading of it fails: the next exchange brings it.
  private func read(_ space: EntryID?) {
    var spaces: Set<EntryID> = []
    do {
      spaces.formUnion(try access.store.syncList().filter(\.isPersonal).map(\.id))
    } catch {
      // The round below meets the same store, and says what is wrong with it.
    }
    if let space { spaces.insert(space) }
    let report = engine.round(patience: Self.patience, scope: .some(spaces))
    if report.trouble != nil { engine.hurry() }
  }

  /// How long it waits for another process's turn, in milliseconds.
  private static let patience = 10_000
}

extension GroupForm {
  /// The same for the server.
  var settings: GroupSettings {
    GroupSettings(
      name: name, about: about, frequency: frequency, zone: zone, mostMembers: mostMembers,
      rule: rule)
  }
}
