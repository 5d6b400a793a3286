#if Server
  internal import Kernel
  internal import Wire

  /// What answers the routes of groups.
  struct GroupEndpoints: Sendable {
    let groups: Groups
    let buckets: TokenBuckets

    var all: [Endpoint] { group + members + invitations }

    private var group: [Endpoint] {
      [
        Endpoint(Routes.groups) { _, call in try await groups.all(caller(call)) },
        Endpoint(Routes.makeGroup) { settings, call in
          let caller = caller(call)
          // What can't be made is told before it counts.
          let settings = try settings.checked()
          try buckets.take(.groupMaking, caller.account.description)
          return try await groups.make(settings, caller)
        },
        Endpoint(Routes.group) { query, call in try await groups.one(query.id, caller(call)) },
        Endpoint(Routes.changeGroup) { change, call in
          try await groups.change(change, caller(call))
        },
        Endpoint(Routes.deleteGroup) { query, call in
          try await groups.delete(query.id, caller(call))
          return Nothing()
        },
        Endpoint(Routes.renewCode) { query, call in
          try await groups.renewCode(query.id, caller(call))
        },
      ]
    }

    private var members: [Endpoint] {
      [
        Endpoint(Routes.joinGroup) { query, call in
          let caller = caller(call)
          // Codes can be guessed: a right one counts as well, as nobody knows which it will be.
          try buckets.take(.groupJoiningByAddress, call.customer)
          try buckets.take(.groupJoining, caller.account.description)
          return try await groups.join(query, caller)
        },
        Endpoint(Routes.leaveGroup) { query, call in
          try await groups.leave(query.id, caller(call))
          return Nothing()
        },
        Endpoint(Routes.changeRole) { query, call in
          try await groups.changeRole(query, caller(call))
        },
        Endpoint(Routes.removeMember) { query, call in
          try await groups.remove(query, caller(call))
        },
      ]
    }

    private var invitations: [Endpoint] {
      [
        Endpoint(Routes.invite) { query, call in
          try await groups.invite(query, caller(call))
          return Nothing()
        },
        Endpoint(Routes.acceptInvitation) { query, call in
          try await groups.accept(query.id, caller(call))
        },
        Endpoint(Routes.declineInvitation) { query, call in
          try await groups.decline(query.id, caller(call))
          return Nothing()
        },
      ]
    }

    private func caller(_ call: Call) -> Caller {
      guard let caller = call.caller else {
        preconditionFailure("who has not signed in does not get here")
      }
      return caller
    }
  }
#endif
