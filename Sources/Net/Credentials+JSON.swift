internal import Kernel
internal import Wire

extension Credentials {
  /// The form of `auth.json`; see `init(json:)`.
  var json: JSON {
    var members: [JSON.Member] = [
      .init("v", .number(1)), .init("url", .text(url)), .init("user", .text(user)),
      .init("account", .text(account.description)), .init("server", .text(serverID.description)),
      .init("session", .text(tokens.session.description)), .init("access", .text(tokens.access)),
      .init("access_expires", .number(tokens.accessExpires.milliseconds)),
      .init("refresh", .text(tokens.refresh)),
      .init("refresh_expires", .number(tokens.refreshExpires.milliseconds)),
    ]
    if let idem { members.append(.init("idem", .text(idem))) }
    if let received { members.append(.init("received", .number(received.milliseconds))) }
    if allowsPlainHTTP { members.append(.init("allow_http", .flag(true))) }
    return .object(members)
  }

  /// nil where something is missing or of another form.
  init?(json: JSON) {
    guard json["v"]?.number == 1, let url = json["url"]?.text, let user = json["user"]?.text,
      let account = json["account"]?.text.flatMap({ EntryID($0) }),
      let server = json["server"]?.text.flatMap({ EntryID($0) }),
      let session = json["session"]?.text.flatMap({ EntryID($0) }),
      let access = json["access"]?.text, let refresh = json["refresh"]?.text,
      let accessExpires = json["access_expires"]?.number,
      let refreshExpires = json["refresh_expires"]?.number
    else { return nil }
    self.init(
      url: url, user: user, account: account, serverID: server,
      tokens: Tokens(
        access: access, accessExpires: Moment(milliseconds: accessExpires), refresh: refresh,
        refreshExpires: Moment(milliseconds: refreshExpires), session: session),
      idem: json["idem"]?.text,
      received: json["received"]?.number.map { Moment(milliseconds: $0) },
      allowsPlainHTTP: json["allow_http"]?.flag ?? false)
  }
}
