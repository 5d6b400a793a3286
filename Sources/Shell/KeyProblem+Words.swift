internal import TUI

extension KeyProblem {
  /// What a person reads about a binding that does not work.
  var sentence: String {
    switch self {
    case .unknownCommand(let id): "keys: there is no command \(id); lifeos manual lists them"
    case .unreadable(let command, let text):
      "keys: \(command) has “\(text)”, which is no key; write n, C-n, M-n, <enter> or g n"
    case .clash(let context, let kept, let keptKeys, let lost, let lostKeys):
      "keys: in \(context), \(lostKeys) of \(lost) is taken by \(keptKeys) of \(kept)"
    case .isText(let command, let keys):
      "keys: \(keys) cannot run \(command), because it is typed as text there"
    }
  }
}
