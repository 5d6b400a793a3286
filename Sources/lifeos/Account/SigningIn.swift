internal import Features
internal import Glibc
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Wire

/// Signing in from the command line or the screens: which profile it is for, in which order its parts
/// come, and what of it is left where something fails.
struct SigningIn {
  /// What a person has said.
  struct Wish {
    let address: ServerAddress
    var user: String
    var password: String
    var email: String?
    var isNew: Bool
    /// Accepted by comparing its fingerprint.
    var certificate: ServerCertificate?
    var allowsPlain: Bool
  }

  /// Where it has led.
  struct Arrival {
    let me: MeReply
    /// Opened; the one at hand, or that of another profile.
    let access: Access
    /// The profile in use is another one from now on.
    let isOtherProfile: Bool
  }

  let ground: ServerWay.Ground
  /// The store of the profile in use.
  let store: Store

  /// Throws without a trace but an unused session, or ends with a journal that belongs to the account.
  func run(_ wish: Wish) throws -> Arrival {
    var access = try departure(wish)
    let reply = try ask(wish, access)
    access = try destination(access, reply.me)
    let way = try way(wish, access)
    let signIn = SignIn(store: access.store, remote: try way.remote(), url: wish.address.text)
    try signIn.join(reply) { try way.keep($0) }
    let isOther = access.ground.places != ground.places
    if isOther { try access.ground.places.use() }
    return Arrival(me: reply.me, access: access, isOtherProfile: isOther)
  }

  /// The profile that asks: the one in use, another one of this account, or a new one.
  private func departure(_ wish: Wish) throws -> Access {
    let here = Access(ground: ground, store: store)
    guard let account = try store.account(), wish.isNew || !isMeant(account, wish) else {
      return here
    }
    for places in ground.places.all where places != ground.places && !wish.isNew {
      let access = try open(places)
      if let account = try access.store.account(), isMeant(account, wish) { return access }
      try access.store.close()
    }
    return try fresh()
  }

  private func isMeant(_ account: SyncAccount, _ wish: Wish) -> Bool {
    account.url == wish.address.text && account.user.lowercased() == wish.user.lowercased()
  }

  private func ask(_ wish: Wish, _ access: Access) throws -> SessionReply {
    let way = try way(wish, access)
    let signIn = SignIn(store: access.store, remote: try way.stranger(), url: wish.address.text)
    let device = DeviceInfo(
      id: try access.store.deviceID(), name: SigningIn.deviceName, app: Access.app)
    return wish.isNew
      ? try signIn.register(
        user: wish.user, email: wish.email, password: wish.password, device: device)
      : try signIn.login(user: wish.user, password: wish.password, device: device)
  }

  private func way(_ wish: Wish, _ access: Access) throws -> ServerWay {
    let way = ServerWay(access.ground, to: wish.address, allowsPlain: wish.allowsPlain)
    if let certificate = wish.certificate { try way.trust(certificate) }
    return way
  }

  /// The profile that the answer is for: the account may be known by another name than the one typed.
  private func destination(_ access: Access, _ me: MeReply) throws -> Access {
    func fits(_ account: SyncAccount) -> Bool {
      account.id == me.id && account.serverID == me.serverID
    }
    if let account = try access.store.account() {
      if fits(account) { return access }
      // Another account's file is never joined to this one.
      return try destination(try fresh(), me)
    }
    guard access.ground.places.profile != nil, access.ground.places != ground.places else {
      return access
    }
    if let account = try store.account(), fits(account) {
      return Access(ground: ground, store: store)
    }
    for places in ground.places.all where places != access.ground.places {
      let other = try open(places)
      if let account = try other.store.account(), fits(account) { return other }
      try other.store.close()
    }
    // A new profile is named after its account.
    try access.store.close()
    let target = access.ground.places.with(profile: me.id)
    guard try access.ground.places.move(to: me.id) else { return try open(access.ground.places) }
    return try open(target)
  }

  private func fresh() throws -> Access {
    let places = ground.places.with(profile: ground.world.newID())
    try places.make()
    return try open(places)
  }

  private func open(_ places: Places) throws -> Access {
    Access(
      ground: ground.with(places),
      store: try Store(path: places.database, schema: store.schema, world: ground.world))
  }

  /// The machine's name, by which its owner knows it among the devices.
  static var deviceName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, 255) == 0 else { return "a device" }
    let name = String(
      decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return name.isEmpty ? "a device" : name
  }
}
