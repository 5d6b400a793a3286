internal import ArgumentParser
internal import Glibc
internal import Kernel

/// The server program.
@main struct ServerMain {
  #if Server
    static func main() async {
      umask(0o077)
      signal(SIGPIPE, SIG_IGN)
      do {
        var command = try Lifeosd.parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
          try await command.run()
        } else {
          try command.run()
        }
      } catch let complaint as Complaint {
        for line in complaint.lines { Say.error("lifeosd: " + line) }
        exit(complaint.code)
      } catch {
        Lifeosd.exit(withError: error)
      }
      exit(0)
    }
  #else
    static func main() {
      Say.error("lifeosd: this build has no server in it. Build it with: make server")
      Say.error("         (or: swift build --traits Server --product lifeosd)")
      exit(1)
    }
  #endif
}
