#if Server
  internal import Hummingbird
  internal import NIOCore
  internal import Wire

  /// The answer to `GET sync/events`: server-sent events, hints and signs of life.
  struct EventStream: Sendable {
    let hub: EventHub
    let accounts: Accounts

    /// The stream of a caller, who listens to all spaces that `me` names.
    func answer(_ call: Call) async throws(APIError) -> Answer {
      guard let caller = call.caller else {
        preconditionFailure("streams are for who has signed in")
      }
      let spaces = try await accounts.me(caller).spaces.map(\.id)
      let (hub, accounts) = (hub, accounts)
      return Answer(
        status: 200,
        body: .events(
          ResponseBody { writer in
            guard let number = hub.open(caller, spaces: spaces) else {
              return try await writer.finish(nil)
            }
            defer { hub.close(number) }
            call.whenGone { hub.end(number) }
            // A session that ended before the stream stood has told nobody.
            guard await accounts.isLive(caller) else { return try await writer.finish(nil) }
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n: hb\n\n"))
            while true {
              switch await hub.next(number) {
              case .tell(let hints): try await writer.write(ByteBuffer(string: Self.text(hints)))
              case .beat: try await writer.write(ByteBuffer(string: ": hb\n\n"))
              case .end: return try await writer.finish(nil)
              }
            }
          }))
    }

    private static func text(_ hints: [EventHub.Hint]) -> String {
      hints.map { hint in
        """
        id: \(hint.head)
        event: head
        data: {"space":"\(hint.space)","head":\(hint.head)}


        """
      }.joined()
    }
  }
#endif
