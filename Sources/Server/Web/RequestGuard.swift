#if Server
  internal import HTTPTypes
  internal import NIOCore
  internal import NIOHTTPTypes

  /// Watches the requests of a connection: a body must come at 1 KiB/s at least, and a stream of events
  /// ends when its listener has gone.
  final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var isReading = false
    private var isStreaming = false
    /// Since the watch last looked.
    private var bytes = 0
    private var wasReading = false
    private var watch: Scheduled<Void>?

    private static let window: Int64 = 20
    private static let leastBytes = 1_024 * Int(window)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head:
        isReading = true
        connection(context)?.headHasCome()
        if watch == nil { startWatch(context) }
      case .body(let piece): bytes += piece.readableBytes
      case .end:
        isReading = false
        wasReading = false
      }
      context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      switch unwrapOutboundIn(data) {
      case .head(let head): isStreaming = head.headerFields[.contentType] == "text/event-stream"
      case .body: break
      case .end: isStreaming = false
      }
      context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      // A half-closed connection can still take an answer, but nobody half-closes a stream of events.
      if isStreaming, let event = event as? ChannelEvent, event == .inputClosed {
        return context.close(promise: nil)
      }
      context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
      stop()
      context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    /// One timer for all requests of the connection, and none while nothing is read.
    private func startWatch(_ context: ChannelHandlerContext) {
      bytes = 0
      wasReading = isReading
      watch = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Self.window)) { [self] in
        watch = nil
        guard isReading else { return }
        guard !wasReading || bytes >= Self.leastBytes else { return context.close(promise: nil) }
        startWatch(context)
      }
    }

    private func connection(_ context: ChannelHandlerContext) -> ConnectionGuard? {
      if let own = guardian(of: context.channel) { return own }
      // An HTTP/2 stream asks its connection; the parent of a connection is the listener.
      guard let parent = context.channel.parent, parent.eventLoop.inEventLoop else { return nil }
      return guardian(of: parent)
    }

    private func guardian(of channel: any Channel) -> ConnectionGuard? {
      // Without a guard there is nothing to tell.
      try? channel.pipeline.syncOperations.handler(type: ConnectionGuard.self)
    }

    private func stop() {
      watch?.cancel()
      watch = nil
    }
  }
#endif
