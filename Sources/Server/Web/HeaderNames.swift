#if Server
  internal import HTTPTypes

  extension HTTPField.Name {
    static let requestID = name("X-Request-ID")
    static let forwardedFor = name("X-Forwarded-For")
    static let contentTypeOptions = name("X-Content-Type-Options")

    private static func name(_ text: String) -> HTTPField.Name {
      guard let name = HTTPField.Name(text) else {
        preconditionFailure("\(text) is a header's name")
      }
      return name
    }
  }
#endif
