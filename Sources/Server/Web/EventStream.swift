#if Server
  internal import Hummingbird
  internal import Ledger
  internal import NIOCore
  internal import Wire

  /// The answer to `GET sync/events`: server-sent events, hints and signs of life.
  struct EventStream: Sendable {
    let hub: EventHub
    let accounts: Accounts

    /// The stream of a caller, who listens to all spaces that `me` names.
    func answer(_ call: Call) -> Answer {
      guard let caller = call.caller else {
        preconditionFailure("streams are for who has signed in")
      }
      let (hub, accounts) = (hub, accounts)
      return Answer(
        status: 200,
        body: .events(
          ResponseBody { writer in
            guard let number = hub.open(caller) else { return try await writer.finish(nil) }
            defer { hub.close(number) }
            call.whenGone { hub.end(number) }
            // A session that ended before the stream stood has told nobody.
            guard await accounts.isLive(caller), let spaces = await Self.spaces(caller, accounts)
            else { return try await writer.finish(nil) }
            // First the answer's head: nobody is here who has not heard it.
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            hub.attend(
              number, spaces: spaces.filter { $0.kind != SpaceState.group }.map(\.id),
              groups: spaces.filter { $0.kind == SpaceState.group }.map(\.id))
            try await writer.write(ByteBuffer(string: ": hb\n\n"))
            while true {
              switch await hub.next(number) {
              case .tell(let heads, let presence):
                let text = heads.map(Self.text).joined() + presence.map(Self.text).joined()
                try await writer.write(ByteBuffer(string: text))
              case .beat: try await writer.write(ByteBuffer(string: ": hb\n\n"))
              case .end: return try await writer.finish(nil)
              }
            }
          }))
    }

    /// nil where they can't be read now: the listener asks again.
    private static func spaces(_ caller: Caller, _ accounts: Accounts) async -> [SpaceInfo]? {
      do throws(APIError) {
        return try await accounts.me(caller).spaces
      } catch {
        return nil
      }
    }

    private static func text(_ hint: EventHub.Hint) -> String {
      """
      id: \(hint.head)
      event: head
      data: {"space":"\(hint.space)","head":\(hint.head)}


      """
    }

    private static func text(_ presence: EventHub.Presence) -> String {
      """
      event: presence
      data: {"space":"\(presence.space)","account":"\(presence.account)",\
      "online":\(presence.isOnline)}


      """
    }
  }
#endif
