#if Server
  internal import Server
  internal import Wire

  /// Why a command could not do what it should, in words for people.
  struct Complaint: Error {
    let lines: [String]
    /// 1 where something failed, 2 where the call or the settings are wrong.
    let code: Int32

    init(_ lines: String..., code: Int32 = 1) {
      self.lines = lines
      self.code = code
    }

    init(lines: [String], code: Int32) {
      self.lines = lines
      self.code = code
    }

    /// Runs `body`; its errors become complaints.
    static func from<T>(_ body: () async throws -> T) async throws -> T {
      do {
        return try await body()
      } catch let complaint as Complaint {
        throw complaint
      } catch let error as APIError {
        throw Complaint(error.message)
      } catch let error as ServerError {
        throw Complaint("\(error)")
      } catch {
        throw Complaint("\(error)")
      }
    }
  }
#endif
