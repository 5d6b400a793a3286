/// A shortest way from one sequence to another by removals and additions.
///
/// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (Algorithmica 1, 1986), greedy
/// form, with equal ends taken off first. Two texts that differ in more than `mostChanges` elements
/// between those ends get one removal and one addition of all that lies there.
enum EditScript {
  enum Step: Equatable {
    /// The same element in both, by its place in each.
    case keep(Int, Int)
    case remove(Int)
    case add(Int)
  }

  static let mostChanges = 1500

  static func steps(from old: [Int32], to new: [Int32]) -> [Step] {
    var head = 0
    while head < old.count, head < new.count, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < old.count - head, tail < new.count - head,
      old[old.count - 1 - tail] == new[new.count - 1 - tail]
    {
      tail += 1
    }
    var steps = (0..<head).map { Step.keep($0, $0) }
    let left = head..<(old.count - tail)
    let right = head..<(new.count - tail)
    if let middle = shortest(old, left, new, right) {
      steps += middle
    } else {
      steps += left.map { .remove($0) } + right.map { .add($0) }
    }
    steps += (0..<tail).map { .keep(left.upperBound + $0, right.upperBound + $0) }
    return steps
  }

  private static func shortest(
    _ old: [Int32], _ left: Range<Int>, _ new: [Int32], _ right: Range<Int>
  ) -> [Step]? {
    let (n, m) = (left.count, right.count)
    if n == 0 || m == 0 { return left.map { .remove($0) } + right.map { .add($0) } }
    let most = min(n + m, mostChanges)
    var furthest = [Int32](repeating: 0, count: 2 * most + 3)
    let zero = most + 1
    var trace: [[Int32]] = []  // of each round, the diagonals -d...d
    for d in 0...most {
      for k in stride(from: -d, through: d, by: 2) {
        let down = k == -d || k != d && furthest[zero + k - 1] < furthest[zero + k + 1]
        var x = Int(down ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1)
        while x < n, x - k < m, x - k >= 0,
          old[left.lowerBound + x] == new[right.lowerBound + x - k]
        {
          x += 1
        }
        furthest[zero + k] = Int32(x)
        if x >= n, x - k >= m {
          trace.append(Array(furthest[(zero - d)...(zero + d)]))
          return walkBack(trace, n, m, left.lowerBound, right.lowerBound)
        }
      }
      trace.append(Array(furthest[(zero - d)...(zero + d)]))
    }
    return nil
  }

  private static func walkBack(
    _ trace: [[Int32]], _ n: Int, _ m: Int, _ left: Int, _ right: Int
  ) -> [Step] {
    var steps: [Step] = []
    var (x, y) = (n, m)
    for d in stride(from: trace.count - 1, to: 0, by: -1) {
      let before = trace[d - 1]
      func reached(_ k: Int) -> Int { abs(k) <= d - 1 ? Int(before[k + d - 1]) : -1 }
      let k = x - y
      let down = k == -d || k != d && reached(k - 1) < reached(k + 1)
      let startX = down ? reached(k + 1) : reached(k - 1)
      let startY = startX - (down ? k + 1 : k - 1)
      while x > (down ? startX : startX + 1), y > (down ? startY + 1 : startY) {
        x -= 1
        y -= 1
        steps.append(.keep(left + x, right + y))
      }
      steps.append(down ? .add(right + startY) : .remove(left + startX))
      (x, y) = (startX, startY)
    }
    while x > 0, y > 0 {
      x -= 1
      y -= 1
      steps.append(.keep(left + x, right + y))
    }
    return steps.reversed()
  }
}
