#if Server
  internal import Logging
  internal import ServiceLifecycle

  /// What happens by the clock while the server runs: signs of life for the streams, and a backup every
  /// night. Ends all streams when the server stops.
  struct EventBeat: Service {
    let hub: EventHub
    let accounts: Accounts
    let seconds: Int
    /// Makes the nightly backup where it is due.
    let backUp: @Sendable () async -> Void

    func run() async throws {
      await withGracefulShutdownHandler {
        await cancelWhenGracefulShutdown { [self] in
          await withDiscardingTaskGroup { group in
            group.addTask { await beat() }
            group.addTask { await watchTheNight() }
          }
        }
      } onGracefulShutdown: { [hub] in
        hub.endAll()
      }
      hub.endAll()
    }

    private func beat() async {
      while await pause(.seconds(seconds)) {
        // Another process may have ended a session: `lifeosd user disable`.
        for caller in hub.callers where await !accounts.isLive(caller) {
          hub.end(session: caller.session)
        }
        hub.beat()
      }
    }

    private func watchTheNight() async {
      repeat { await backUp() } while await pause(.seconds(600))
    }

    /// False where the server stops.
    private func pause(_ duration: Duration) async -> Bool {
      do {
        try await Task.sleep(for: duration)
        return true
      } catch {
        return false
      }
    }
  }
#endif
