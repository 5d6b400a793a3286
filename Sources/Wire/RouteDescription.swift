/// A route without its types, as the documentation shows it.
package struct RouteDescription: Hashable, Sendable {
  package let method: String
  /// Whether its query goes into the body, but for what the path names.
  package let takesBody: Bool
  package let path: String
  package let isForAnyone: Bool
  /// Bytes, uncompressed.
  package let mostBytes: Int
  package let summary: String
  /// The messages' names among the document's components.
  package let query: String
  package let reply: String
  package let querySchema: JSON
  package let replySchema: JSON

  init<Query, Reply>(_ route: Route<Query, Reply>) {
    method = route.method.rawValue
    takesBody = route.method.hasBody
    path = route.path
    isForAnyone = route.access == .anyone
    mostBytes = route.mostBytes
    summary = route.summary
    query = "\(Query.self)"
    reply = "\(Reply.self)"
    querySchema = Query.schema
    replySchema = Reply.schema
  }
}

extension Routes {
  /// Every route, in the order of the documentation. The stream of events is none: it is no call.
  package static var all: [RouteDescription] {
    [
      RouteDescription(health), RouteDescription(register), RouteDescription(login),
      RouteDescription(refresh), RouteDescription(logout), RouteDescription(me),
      RouteDescription(changePassword), RouteDescription(sessions), RouteDescription(revoke),
      RouteDescription(deleteAccount), RouteDescription(exportAccount), RouteDescription(exchange),
      RouteDescription(snapshot), RouteDescription(groups), RouteDescription(makeGroup),
      RouteDescription(joinGroup), RouteDescription(group), RouteDescription(changeGroup),
      RouteDescription(deleteGroup), RouteDescription(leaveGroup), RouteDescription(renewCode),
      RouteDescription(invite), RouteDescription(changeRole), RouteDescription(removeMember),
      RouteDescription(acceptInvitation), RouteDescription(declineInvitation),
    ]
  }
}
