internal import Foundation
package import GRDB

/// Bytes on their way into GRDB's values and out of them: the one place that needs Foundation's Data.
package enum DataBytes {
  /// A BLOB.
  package static func value(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }

  /// nil for anything but a BLOB.
  package static func bytes(_ value: DatabaseValue) -> [UInt8]? {
    guard case .blob(let data) = value.storage else { return nil }
    return [UInt8](data)
  }
}
