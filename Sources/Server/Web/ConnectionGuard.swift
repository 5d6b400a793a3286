#if Server
  internal import NIOCore

  /// Ends a connection whose first request does not come in time (TLS included), or whose other end
  /// reads nothing of what is sent to it.
  final class ConnectionGuard: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let headerSeconds: Int
    private var deadline: Scheduled<Void>?
    private var stallWatch: Scheduled<Void>?
    private var hasDeadline = false

    init(headerSeconds: Int) { self.headerSeconds = headerSeconds }

    func handlerAdded(context: ChannelHandlerContext) {
      if context.channel.isActive { startDeadline(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
      startDeadline(context)
      context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
      stop()
      context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    /// A whole head is there: from now on the idle times hold.
    func headHasCome() {
      deadline?.cancel()
      deadline = nil
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
      stallWatch?.cancel()
      stallWatch = nil
      if !context.channel.isWritable { watch(context, waiting: waiting(context)) }
      context.fireChannelWritabilityChanged()
    }

    private func startDeadline(_ context: ChannelHandlerContext) {
      guard !hasDeadline else { return }
      hasDeadline = true
      let channel = context.channel
      deadline = context.eventLoop.scheduleTask(in: .seconds(Int64(headerSeconds))) {
        channel.close(promise: nil)
      }
    }

    /// Every half a minute something of what waits must have gone.
    private func watch(_ context: ChannelHandlerContext, waiting before: Int) {
      stallWatch = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(30)) { [self] in
        stallWatch = nil
        let now = waiting(context)
        guard !context.channel.isWritable else { return }
        guard now < before else { return context.close(promise: nil) }
        watch(context, waiting: now)
      }
    }

    private func waiting(_ context: ChannelHandlerContext) -> Int {
      // A channel that can't tell counts as one where nothing moves.
      (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    private func stop() {
      deadline?.cancel()
      deadline = nil
      stallWatch?.cancel()
      stallWatch = nil
    }
  }
#endif
