#if Server
  internal import Kernel
  internal import Ledger
  internal import Wire

  /// What answers each route.
  struct Endpoints: Sendable {
    let database: ServerDatabase
    let accounts: Accounts
    let ledger: Ledger
    let settings: ServerSettings
    let buckets: TokenBuckets
    let hub: EventHub
    let world: World

    /// All of them.
    var all: [Endpoint] {
      open + signIn + own + sync + GroupEndpoints(groups: groups, buckets: buckets).all
    }

    private var groups: Groups {
      Groups(database: database, accounts: accounts, ledger: ledger, hub: hub, world: world)
    }

    /// For everyone.
    private var open: [Endpoint] {
      let document = OpenAPI.document(version: LifeosVersion.current).bytes
      return [
        Endpoint(
          Routes.health.method.rawValue, Routes.health.path, needsSignIn: false, budget: .guest
        ) { [database] _ in
          let state = await database.state()
          let reply = HealthReply(
            status: state == "ok" ? "ok" : "failing", database: state,
            version: LifeosVersion.current, serverID: database.serverID, now: database.now())
          var answer = Answer(reply.bytes)
          if state != "ok" { answer.status = 503 }
          return answer
        },
        Endpoint("GET", API.document, needsSignIn: false, budget: .guest) { _ in Answer(document) },
      ]
    }

    /// How to get in, and in again.
    private var signIn: [Endpoint] {
      let (accounts, buckets) = (accounts, buckets)
      return [
        Endpoint(Routes.register, budget: .passwordByAddress, asksForVersion: true) { query, call in
          try await accounts.register(query, from: call.customer)
        },
        Endpoint(Routes.login, budget: .passwordByAddress, asksForVersion: true) { query, call in
          try buckets.take(.passwordByAccount, query.user.lowercased())
          return try await accounts.login(query, from: call.customer)
        },
        Endpoint(Routes.refresh, budget: .refreshByAddress) { query, call in
          try buckets.take(.refreshByToken, query.refresh)
          return try await accounts.refresh(query, from: call.customer)
        },
      ]
    }

    /// What belongs to who asks.
    private var own: [Endpoint] {
      let accounts = accounts
      return [
        Endpoint(Routes.logout) { _, call in
          try await accounts.logout(try caller(call))
          return Nothing()
        },
        Endpoint(Routes.me) { _, call in try await accounts.me(try caller(call)) },
        Endpoint(Routes.changePassword) { query, call in
          try await accounts.changePassword(query, try prover(call))
          return Nothing()
        },
        Endpoint(Routes.sessions) { _, call in try await accounts.sessions(try caller(call)) },
        Endpoint(Routes.revoke) { query, call in
          try await accounts.revoke(query.id, try caller(call))
          return Nothing()
        },
        Endpoint(Routes.deleteAccount) { query, call in
          try await accounts.delete(query, try prover(call))
          return Nothing()
        },
        Endpoint(Routes.exportAccount) { _, call in try await accounts.export(try caller(call)) },
      ]
    }

    private var sync: [Endpoint] {
      let stream = EventStream(hub: hub, accounts: accounts)
      return [
        Endpoint(Routes.exchange, budget: .sync, asksForVersion: true) { request, call in
          try await exchange(request, call)
        },
        Endpoint(Routes.snapshot, budget: .sync, asksForVersion: true) { query, call in
          let (account, now) = (try caller(call).account, database.now())
          return try await database.read { [ledger] in
            try ledger.snapshot(
              query.space, after: query.after, account: account, limit: Self.pageRegisters,
              now: now,
              in: $0)
          }
        },
        Endpoint("GET", Routes.events, needsSignIn: true, asksForVersion: true) { call in
          stream.answer(call)
        },
      ]
    }

    private func exchange(_ request: ExchangeRequest, _ call: Call) async throws -> ExchangeReply {
      try checkVersion(request.app, settings)
      let caller = try caller(call)
      let (now, epoch) = (database.now(), world.newID())
      let isNews = !request.ops.isEmpty || !request.repairs.isEmpty
      // A fault is an answer, not a failure: the request's number stays written with it.
      let (result, news) = try await database.write(durably: isNews) {
        [ledger, accounts, groups] database in
        try accounts.confirm(caller, in: database)
        let result: Result<ExchangeReply, ExchangeFault>
        var news = GroupNews()
        do {
          result = .success(
            try ledger.exchange(
              request, account: caller.account, now: now, newEpoch: epoch, in: database
            ) { space in
              var work = groups.work(in: database)
              try work.restate(space, for: caller.account)
              news = work.news
            })
        } catch let fault as ExchangeFault {
          result = .failure(fault)
        }
        CrashPoint.beforeCommit.hit(on: call.path)
        return (result, news)
      }
      var reply = try result.get()
      reply.oldestClient = settings.oldestClient
      reply.pollSeconds = settings.pollSeconds
      if isNews {
        hub.publish(request.space, head: reply.head.seq, by: caller.session)
      }
      hub.take(news, by: nil)
      return reply
    }

    /// Registers of one page of a snapshot.
    private static let pageRegisters = 5_000

    private func caller(_ call: Call) throws -> Caller {
      guard let caller = call.caller else {
        preconditionFailure("who has not signed in does not get here")
      }
      return caller
    }

    /// A caller who gives the password once more: as rare as a sign-in.
    private func prover(_ call: Call) throws -> Caller {
      let caller = try caller(call)
      try buckets.take(.passwordByAddress, call.customer)
      try buckets.take(.passwordByAccount, caller.account.description)
      return caller
    }
  }
#endif
