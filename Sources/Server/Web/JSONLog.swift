#if Server
  internal import Glibc
  package import Kernel
  package import Logging
  internal import Wire

  /// Writes the log as JSON, a line an event, to a descriptor.
  package struct JSONLog: LogHandler {
    package var logLevel: Logger.Level = .info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let write: @Sendable ([UInt8]) -> Void
    private let now: @Sendable () -> Int64

    /// `now`: milliseconds since 1970. `write` gets whole lines; it may be called from any thread.
    package init(
      now: @escaping @Sendable () -> Int64, write: @escaping @Sendable ([UInt8]) -> Void
    ) {
      self.now = now
      self.write = write
    }

    /// A log of the settings' loudness.
    package static func logger(
      _ settings: ServerSettings, _ world: World,
      write: @escaping @Sendable ([UInt8]) -> Void = JSONLog.toStandardError
    ) -> Logger {
      var logger = Logger(label: "lifeosd") { _ in
        JSONLog(now: { world.now().milliseconds }, write: write)
      }
      logger.logLevel = Logger.Level(rawValue: settings.logLevel.rawValue) ?? .info
      return logger
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    /// One line: time, level, message, and what comes with it.
    package func log(event: LogEvent) {
      var members = [
        JSON.Member("at", .text(Self.time(now()))),
        JSON.Member("level", .text(event.level.rawValue)),
        JSON.Member("message", .text(event.message.description)),
      ]
      let all = metadata.merging(event.metadata ?? [:]) { $1 }
      for (key, value) in all.sorted(by: { $0.key < $1.key }) {
        members.append(JSON.Member(key, Self.json(value)))
      }
      if let error = event.error {
        members.append(JSON.Member("error", .text(ErrorAnswer.safeText(error))))
      }
      write(JSON.object(members).bytes + [UInt8(ascii: "\n")])
    }

    private static func json(_ value: Logger.Metadata.Value) -> JSON {
      switch value {
      case .string(let text): return .text(text)
      case .stringConvertible(let number as Int): return .number(Int64(number))
      case .stringConvertible(let number as Double): return .fraction(String(number))
      case .stringConvertible(let other): return .text(other.description)
      case .array(let values): return .list(values.map(json))
      case .dictionary(let values):
        return .object(
          values.sorted { $0.key < $1.key }.map { JSON.Member($0.key, json($0.value)) })
      }
    }

    /// `2026-11-21T05:24:13.123Z`
    private static func time(_ milliseconds: Int64) -> String {
      let civil = Zone.utc.civil(Moment(milliseconds: milliseconds))
      func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
      }
      let fraction = Int((milliseconds % 1000 + 1000) % 1000)
      return "\(civil.day)T\(civil.clock):\(digits(civil.second, 2)).\(digits(fraction, 3))Z"
    }

    /// Writes whole lines to standard error; one that can't be written is lost.
    package static func toStandardError(_ line: [UInt8]) {
      var offset = 0
      while offset < line.count {
        let written = line[offset...].withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
        guard written > 0 || errno == EINTR else { return }
        offset += max(0, written)
      }
    }
  }
#endif
