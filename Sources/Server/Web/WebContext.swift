#if Server
  internal import Hummingbird
  internal import NIOCore

  /// The connection that a request came by.
  struct WebContext: InitializableFromSource, Sendable {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }

    /// The other end's address. An HTTP/2 stream has it from its connection.
    var peer: String? {
      channel.remoteAddress?.ipAddress ?? channel.parent?.remoteAddress?.ipAddress
    }
  }
#endif
