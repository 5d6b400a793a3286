internal import Foundation

/// An empty folder of a test's own, gone with the value that stands for it.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() {
    var template = Array("\(NSTemporaryDirectory())/lifeos-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    // What cannot be removed stays for the system to sweep: no test depends on it.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of `name` inside of the folder.
  package func file(_ name: String) -> String { path + "/" + name }
}
