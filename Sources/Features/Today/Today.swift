internal import TUI

extension Area {
  /// The first screen: what now.
  package static let today: Area = {
    var area = Area(name: "today", title: "Today")
    area.screens = [TodayScreen.self]
    area.home = { TodayScreen(desk: $0) }
    return area
  }()
}
