#if Server
  internal import HummingbirdCore
  internal import Logging
  internal import NIOCore

  /// A connection with its limits: how many an address may have, and how slow they may be.
  struct GuardedChannel<Inner: ServerChildChannel>: ServerChildChannel {
    let inner: Inner
    let limits: ServerLimits
    let connections: ConnectionCount

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Inner.Value> {
      let customer = channel.remoteAddress?.ipAddress.flatMap { NetworkAddress($0) }?.customer ?? ""
      let isWelcome = connections.open(customer)
      channel.closeFuture.whenComplete { [connections] _ in connections.close(customer) }
      let guardian = channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          ConnectionGuard(headerSeconds: limits.headerSeconds))
      }
      return guardian.flatMap { inner.setup(channel: channel, logger: logger) }.map { value in
        if !isWelcome { channel.close(promise: nil) }
        return value
      }
    }

    func handle(value: Inner.Value, logger: Logger) async {
      await inner.handle(value: value, logger: logger)
    }
  }
#endif
