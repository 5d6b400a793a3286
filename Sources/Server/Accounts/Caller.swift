package import Kernel

/// Who asks: a session that was checked with its row.
package struct Caller: Hashable, Sendable {
  package let account: EntryID
  package let session: EntryID
  package let device: EntryID
  package init(account: EntryID, session: EntryID, device: EntryID) {
    self.account = account
    self.session = session
    self.device = device
  }
}
