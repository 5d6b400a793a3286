/// One column of the screen. Wide characters take two cells, the second with `width` 0.
package struct Cell: Hashable, Sendable {
  /// The first scalar of the grapheme; a cluster of several lies in the surface's side table.
  package var scalar: UInt32
  package var role: Role
  package var ground: Ground
  /// 1, 2, or 0 for the second half of a wide character.
  package var width: UInt8
  /// Bit 0: more scalars of this grapheme in the side table.
  package var flags: UInt8

  package init(
    scalar: UInt32, role: Role, ground: Ground = .screen, width: UInt8 = 1, flags: UInt8 = 0
  ) {
    self.scalar = scalar
    self.role = role
    self.ground = ground
    self.width = width
    self.flags = flags
  }

  package static let blank = Cell(scalar: 32, role: .text)
  package var hasCluster: Bool { flags & 1 != 0 }
}
