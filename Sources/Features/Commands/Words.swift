internal import Kernel
internal import Life
package import Storage

/// What a person reads when something fails: written once, for the command line and the screens.
/// Each says what happened and what to do next, on one line.
package enum Words {
  /// The sentence for `error`. `backups` are those that could stand in for a damaged database.
  package static func of(_ error: any Error, backups: [Backup] = []) -> String {
    switch error {
    case let failure as Failure: failure.message
    case let error as StoreError: of(error, backups: backups)
    case let error as JournalError: of(error)
    case let error as ImportError: of(error)
    case let error as ExportError: of(error)
    case let refusal as CheckInRefusal: CheckInWords.of(refusal)
    case let error as any CustomStringConvertible: error.description
    default: "something failed that lifeos has no words for: \(error)"
    }
  }

  /// The exit code that fits `error`.
  package static func code(of error: any Error) -> ExitStatus {
    switch error {
    case let failure as Failure: failure.code
    case StoreError.noSuchBackup, JournalError.notFound, ImportError.missing:
      .notFound
    case CheckInRefusal.noSuchCheckIn, CheckInRefusal.noSuchGroup: .notFound
    case is CheckInRefusal: .wrongUsage
    case StoreError.unfit, JournalError.empty, JournalError.noTag, JournalError.taken: .wrongUsage
    default: .failed
    }
  }

  private static func of(_ error: StoreError, backups: [Backup]) -> String {
    switch error {
    case .newerSchema(let unknown):
      "the database was written by a newer lifeos (\(unknown.joined(separator: ", "))) and is left "
        + "untouched; update lifeos to open it"
    case .damaged(let path):
      "the database \(path) is damaged; " + rescue(backups)
    case .locked:
      "another program has held the database for too long; close it or wait, then try again "
        + "(nothing was changed)"
    case .diskFull:
      "the disk is full and nothing was saved; make room, then try again"
    case .readOnly(let path):
      "\(path) can not be written; check its permissions and that the disk is not mounted "
        + "read-only"
    case .networkFileSystem(let path):
      "\(path) lies on a network file system, where a database is not safe; set LIFEOS_HOME to a "
        + "local folder"
    case .noAccess(let path, let reason):
      "\(path) can not be used: \(reason); check who owns it, or set LIFEOS_HOME to another folder"
    case .noSuchBackup(let path):
      "there is no backup \(path); `lifeos backup --list` names those that there are"
    case .unfit(let field):
      "the value for \(field.replacing("_", with: " ")) can not be stored; take out characters like "
        + "NUL and try again"
    case .otherAccount:
      "this journal belongs to another account; sign in with that one, or use another profile"
    case .manyDeletions(let count):
      "another device has deleted \(count) entries, a large part of this journal; nothing was "
        + "taken in: confirm that they shall go, or sign out and keep them here"
    case .left:
      "you are no longer in this group; what you wrote there is kept as an archive"
    case .failed(let reason):
      "the database refused: \(reason); `lifeos doctor` looks for the cause"
    }
  }

  private static func of(_ error: JournalError) -> String {
    switch error {
    case .notFound(let id):
      "there is no entry \(id.short); `lifeos trash` shows deleted ones"
    case .taken(let type, let day, let id):
      "\(type.title) of \(day) are there already (\(id.short)); a day has one of them"
    case .empty: "there is nothing to write: give a text or a title"
    case .noTag(let text): "“\(text)” is no tag; a tag has letters, digits, - or _"
    }
  }

  private static func of(_ error: ImportError) -> String {
    switch error {
    case .missing(let path): "there is no \(path)"
    case .unreadable(let path, let reason): "\(path) can not be read: \(reason)"
    case .tooLarge(let path, let limit):
      "\(path) is larger than \(limit >> 20) MB; split it and import the parts"
    case .unknownFormat(let path, let reason):
      "\(path) can not be imported: \(reason); see `lifeos manual formats`"
    case .wrongFormat(let path, let looksLike):
      "\(path) looks like \(looksLike.title); try `lifeos import \(looksLike.rawValue)`"
    case .badArchive(let path, let reason): "the archive \(path) can not be opened: \(reason)"
    }
  }

  private static func of(_ error: ExportError) -> String {
    switch error {
    case .exists(let path): "\(path) is there already; choose another name, or say --replace"
    case .failed(let path, let reason): "\(path) could not be written: \(reason)"
    }
  }

  private static func rescue(_ backups: [Backup]) -> String {
    guard let newest = backups.first else {
      return
        "there is no backup yet; move the file aside to start anew, or try `sqlite3 FILE .recover`"
    }
    return
      "`lifeos restore latest` moves it aside and puts the backup of \(newest.day) in its place"
  }
}

extension String {
  /// With its first letter in upper case: a message as a sentence of its own.
  package var sentence: String { prefix(1).uppercased() + dropFirst() }
}
