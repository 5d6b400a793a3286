internal import Kernel
internal import Life
internal import Storage
internal import TUI

extension Area {
  /// Check-ins on one page: all that the area registers.
  package static let checkIns: Area = {
    var area = Area(name: "checkins", title: "Check-ins")
    area.entries = CheckInTables.entries
    area.migrations = CheckInTables.migrations
    return area
  }()
}
