internal import GRDB
package import Kernel
internal import SQL

/// A space that this device syncs.
package struct ListedSpace: Hashable, Sendable {
  package let id: EntryID
  /// The one that only its person takes part in.
  package let isPersonal: Bool
  /// Something waits to be sent or given back, or its history was never read to the end.
  package let isBusy: Bool
  package init(id: EntryID, isPersonal: Bool, isBusy: Bool) {
    self.id = id
    self.isPersonal = isPersonal
    self.isBusy = isBusy
  }
}

extension Store {
  /// The spaces that this device syncs, the personal one first, and which of them have something to do
  /// without the server's having news.
  package func syncList() throws -> [ListedSpace] {
    try read { database in
      var spaces: [ListedSpace] = []
      try database.each(
        """
        SELECT space, kind = 'personal', epoch IS NULL OR state <> 'live'
          OR EXISTS (SELECT 1 FROM sync_outbox AS o
            WHERE o.space = sync_space.space AND o.state = 'pending')
          OR EXISTS (SELECT 1 FROM sync_repair AS r WHERE r.space = sync_space.space)
        FROM sync_space WHERE state <> 'left' ORDER BY kind <> 'personal', space
        """
      ) { columns in
        guard let id = columns.id(0) else { return }
        spaces.append(ListedSpace(id: id, isPersonal: columns.flag(1), isBusy: columns.flag(2)))
      }
      return spaces
    }
  }
}
