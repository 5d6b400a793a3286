internal import Glibc
internal import Kernel
internal import Life
internal import Net
internal import Synchronization
internal import Wire

/// How soon the members of groups hear of a post: 100 groups of ten, while each member listens with
/// several clients.
enum DeliveryBenchmark {
  static let groups = 100
  static let members = 10
  static let rate = 20
  static let seconds = 10

  /// A line of a stream: a head of a space, and when it was read.
  private struct Heard {
    let space: EntryID
    let head: Int64
    let at: Double
  }

  private struct Post {
    let group: Int
    let head: Int64
    let begin: Double
  }

  /// Members of a group, as indexes into the crowd: each of 200 people is in five groups.
  private static func crowd(of group: Int, _ users: Int) -> [Int] {
    (0..<members).map { (group * 2 + $0 * 21) % users }
  }

  static func run(_ url: String, users: [CrowdUser], streams: [CrowdStream]) throws {
    let spaces = try (0..<groups).map { try makeGroup($0, users) }
    let over = Atomic(false)
    let heard = Mutex<[[Heard]]>([])
    let isDone = Atomic(false)
    CrowdLine.thread {
      let all = listen(to: streams, over)
      heard.withLock { $0 = all }
      isDone.store(true, ordering: .releasing)
    }
    var posts: [Post] = []
    var due = Stopwatch.now
    for number in 0..<(rate * seconds) {
      let group = number * 37 % groups
      let wait = due - Stopwatch.now
      if wait > 0 { Stopwatch.pause(Int(wait / 1000)) }
      due += 1e6 / Double(rate)
      posts.append(
        try post(
          number, in: spaces[group], group: group, by: users[crowd(of: group, users.count)[0]]))
    }
    Stopwatch.pause(2000)
    over.store(true, ordering: .relaxed)
    while !isDone.load(ordering: .acquiring) { Stopwatch.pause(10) }
    report(posts, spaces, users: users.count, streams, heard.withLock { $0 })
  }

  private static func makeGroup(_ group: Int, _ users: [CrowdUser]) throws -> EntryID {
    let people = crowd(of: group, users.count)
    let made = try users[people[0]].client.call(
      Routes.makeGroup, GroupSettings(name: "Crowd \(group)"))
    for person in people.dropFirst() {
      _ = try users[person].client.call(Routes.joinGroup, JoinQuery(code: made.code))
    }
    return made.id
  }

  /// One check-in, as a client sends it.
  private static func post(
    _ number: Int, in space: EntryID, group: Int, by user: CrowdUser
  ) throws -> Post {
    let world = Stopwatch.world
    let day = Day(number: 15_000 + number)
    var checkIn = CheckIn(of: user.account, in: space, key: day.description)
    checkIn.scores = Scores(productive: 8, satisfied: 7, body: 6, care: 3)
    checkIn.written = world.now()
    var fields: [String: Value] = [:]
    for (field, value) in zip(CheckIn.fields, checkIn.values) where value != .null {
      fields[field.name] = value
    }
    let id = world.newID()
    let op = Op(
      id: id, stamp: Stamp(bits: UInt64(world.now().milliseconds) << 16), kind: CheckIn.kind,
      row: checkIn.id, fields: fields, group: id)
    let request = ExchangeRequest(
      space: space, device: user.device, number: Int64(number + 1),
      app: "lifeos/\(LifeosVersion.current)", epoch: nil, cursor: .start, seen: .start,
      now: world.now(), want: 1, repairs: [], ops: [op])
    let begin = Stopwatch.now
    let reply = try user.client.call(Routes.exchange, request)
    guard case .ok(let head, _) = reply.verdicts[id] else { throw Refused() }
    return Post(group: group, head: head, begin: begin)
  }

  private struct Refused: Error {}

  /// Reads all streams until it is over; what each has heard.
  private static func listen(to streams: [CrowdStream], _ over: borrowing Atomic<Bool>) -> [[Heard]]
  {
    var heard = [[Heard]](repeating: [], count: streams.count)
    var rests = [[UInt8]](repeating: [], count: streams.count)
    var files = streams.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !over.load(ordering: .relaxed) {
      guard poll(&files, nfds_t(files.count), 100) > 0 else { continue }
      for index in files.indices where files[index].revents != 0 {
        let count = recv(files[index].fd, &buffer, buffer.count, 0)
        let now = Stopwatch.now
        guard count > 0 else {
          files[index].fd = -1
          continue
        }
        rests[index] += buffer[..<count]
        while let end = rests[index].firstIndex(of: 10) {
          if let line = head(in: rests[index][..<end]) {
            heard[index].append(Heard(space: line.space, head: line.head, at: now))
          }
          rests[index].removeSubrange(...end)
        }
      }
    }
    return heard
  }

  /// Of `data: {"space":"…","head":7}`.
  private static func head(in line: ArraySlice<UInt8>) -> (space: EntryID, head: Int64)? {
    guard line.starts(with: Array("data: {\"space\"".utf8)) else { return nil }
    // A line that is no JSON is one that was not heard, which the count shows.
    guard let json = try? JSON(bytes: Array(line.dropFirst(6))),
      let space = json["space"]?.text.flatMap({ EntryID($0) }), let head = json["head"]?.number
    else { return nil }
    return (space, head)
  }

  private static func report(
    _ posts: [Post], _ spaces: [EntryID], users: Int, _ streams: [CrowdStream], _ heard: [[Heard]]
  ) {
    var times: [Double] = []
    var missing = 0
    for post in posts {
      // The session that wrote it knows already.
      let others = Set(crowd(of: post.group, users).dropFirst())
      for (index, stream) in streams.enumerated() where others.contains(stream.user) {
        let first = heard[index].first {
          $0.space == spaces[post.group] && $0.head >= post.head
        }
        if let first { times.append(first.at - post.begin) } else { missing += 1 }
      }
    }
    print("deliveries=\(times.count)")
    print("deliveries_missing=\(missing)")
    if !times.isEmpty { Stopwatch.print("delivery_us", times) }
  }
}
