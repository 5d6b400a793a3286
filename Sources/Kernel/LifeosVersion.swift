/// The version of both programs; CHANGELOG.md names what each brought.
package enum LifeosVersion {
  /// Semantic versioning: major.minor.patch.
  package static let current = "0.1.0"
}
