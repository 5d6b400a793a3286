#if Server
  @testable internal import Server
  internal import Kernel
  internal import Synchronization
  internal import Testing
  internal import TestKit
  internal import Wire

  /// The parts of the web half that need no connection.
  struct WebUnitTests {
    @Test func `a bucket holds a minute's worth, fills evenly, and says how long to wait`() throws {
      var limits = ServerLimits.none
      limits.userRequests = 60
      let now = Mutex<Int64>(0)
      let buckets = TokenBuckets(limits) { now.withLock { $0 } }
      for _ in 0..<60 { try buckets.take(.user, "a") }
      let refused = #expect(throws: APIError.self) { try buckets.take(.user, "a") }
      #expect(refused?.status == 429)
      #expect(refused?.retryAfter == 1)
      // Others have their own, and what has no limit has none.
      try buckets.take(.user, "b")
      for _ in 0..<1_000 { try buckets.take(.sync, "a") }
      now.withLock { $0 = 2_000 }
      try buckets.take(.user, "a")
      try buckets.take(.user, "a")
      #expect(throws: APIError.self) { try buckets.take(.user, "a") }
    }

    @Test func `a slow budget names a long wait`() throws {
      var limits = ServerLimits.none
      limits.passwordAttempts = 5
      let buckets = TokenBuckets(limits) { 0 }
      for _ in 0..<5 { try buckets.take(.passwordByAddress, "a") }
      let refused = #expect(throws: APIError.self) { try buckets.take(.passwordByAddress, "a") }
      #expect(refused?.retryAfter == 12)
    }

    @Test func `what concerns groups is counted by the hour`() throws {
      var limits = ServerLimits.none
      limits.groupsMade = 5
      limits.groupJoins = 5
      let now = Mutex<Int64>(0)
      let buckets = TokenBuckets(limits) { now.withLock { $0 } }
      for purpose in [TokenBuckets.Purpose.groupMaking, .groupJoining] {
        for _ in 0..<5 { try buckets.take(purpose, "a") }
        let refused = #expect(throws: APIError.self) { try buckets.take(purpose, "a") }
        #expect(refused?.retryAfter == 720)
      }
      for _ in 0..<50 { try buckets.take(.groupJoiningByAddress, "a") }
      #expect(throws: APIError.self) { try buckets.take(.groupJoiningByAddress, "a") }
      now.withLock { $0 = 719_000 }
      #expect(throws: APIError.self) { try buckets.take(.groupMaking, "a") }
      now.withLock { $0 = 721_000 }
      try buckets.take(.groupMaking, "a")
    }

    @Test func `a flood of strangers costs bounded memory and forgets no empty bucket first`()
      throws
    {
      var limits = ServerLimits.none
      limits.guestRequests = 1
      let now = Mutex<Int64>(0)
      let buckets = TokenBuckets(limits) { now.withLock { $0 } }
      for index in 0..<60_000 { try buckets.take(.guest, String(index)) }
      #expect(buckets.count <= 50_000)
      now.withLock { $0 = 30_000 }
      try buckets.take(.guest, "late")
      now.withLock { $0 = 61_000 }
      // The early ones have filled up again; the late one has not.
      for index in 0..<45_000 { try buckets.take(.guest, "n\(index)") }
      #expect(throws: APIError.self) { try buckets.take(.guest, "late") }
    }

    @Test func `a forwarded address counts only behind a proxy that is known`() {
      let open = ClientAddress(proxies: [])
      #expect(open.find(peer: "9.9.9.9", forwarded: ["1.1.1.1"])?.customer == "9.9.9.9")
      let known = ClientAddress(proxies: ["10.0.0.0/8"])
      #expect(known.find(peer: "10.1.2.3", forwarded: ["1.1.1.1, 2.2.2.2"])?.customer == "2.2.2.2")
      #expect(
        known.find(peer: "10.1.2.3", forwarded: ["1.1.1.1", "10.0.0.9"])?.customer == "1.1.1.1")
      #expect(known.find(peer: "9.9.9.9", forwarded: ["1.1.1.1"])?.customer == "9.9.9.9")
      #expect(known.find(peer: "10.1.2.3", forwarded: ["junk"])?.customer == "a.1.2.3")
      #expect(known.find(peer: nil, forwarded: ["1.1.1.1"]) == nil)
    }

    @Test func `an IPv6 customer is their network, an IPv4 one in its clothes is IPv4`() throws {
      let first = try #require(NetworkAddress("2001:db8::1"))
      let second = try #require(NetworkAddress("2001:db8::ffff:1"))
      let other = try #require(NetworkAddress("2001:db8:0:1::1"))
      #expect(first.customer == second.customer)
      #expect(first.customer != other.customer)
      #expect(NetworkAddress("::ffff:1.2.3.4") == NetworkAddress("1.2.3.4"))
      let range = try #require(NetworkRange("10.1.0.0/15"))
      #expect(range.contains(try #require(NetworkAddress("10.0.255.1"))))
      #expect(!range.contains(try #require(NetworkAddress("10.2.0.1"))))
      #expect(
        try #require(NetworkRange("0.0.0.0/0")).contains(try #require(NetworkAddress("8.8.8.8"))))
    }

    @Test func `packed bodies come back, in any pieces`() throws {
      let plain = Array(String(repeating: "life ", count: 20_000).utf8)
      let packed = try #require(Gzip.pack(plain))
      #expect(packed.count < plain.count / 10)
      for size in [1, 7, 1_000, packed.count] {
        var gunzip = try Gunzip(most: plain.count)
        for start in stride(from: 0, to: packed.count, by: size) {
          let piece = packed[start..<min(start + size, packed.count)]
          try piece.withUnsafeBytes { try gunzip.take($0) }
        }
        #expect(try gunzip.finish() == plain)
      }
    }

    @Test func `a bomb is met at the limit, a cut or damaged stream is refused`() throws {
      let plain = [UInt8](repeating: 0, count: 50 << 20)
      let packed = try #require(Gzip.pack(plain))
      #expect(unpack(packed, most: 1 << 20) == .tooLarge)
      #expect(unpack(packed.dropLast(4), most: plain.count) == .damaged)
      #expect(unpack(packed + [1], most: plain.count) == .damaged)
      #expect(unpack(Array("no gzip".utf8), most: 1_000) == .damaged)
      #expect(unpack([], most: 1_000) == .damaged)
      #expect(unpack(packed, most: plain.count) == nil)
    }

    private func unpack(_ packed: [UInt8], most: Int) -> Gunzip.Fault? {
      do {
        var gunzip = try Gunzip(most: most)
        try packed.withUnsafeBytes { try gunzip.take($0) }
        _ = try gunzip.finish()
        return nil
      } catch {
        return error as? Gunzip.Fault
      }
    }
  }
#endif
