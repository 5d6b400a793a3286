/// The pages of the manual that are written by hand.
enum ManualPages {
  struct Page: Sendable {
    let name: String
    let title: String
    let text: String
  }

  static let all = [
    dates, ids, search, types, formats, sync, groups, reminders, json, exit, safety, files,
  ]

  private static let sync = Page(
    name: "sync", title: "Account and sync",
    text: """
      Without an account lifeos is whole: everything is on this machine. With `lifeosd`, a server of
      your own, the same journal is on each of your machines, and each works offline.

        lifeos register URL     makes an account on the server and joins this journal to it
        lifeos login URL        joins this machine to an account; what it holds merges, nothing is
                                replaced

      From then on changes go out by themselves within a second or so, and come in as they are
      made. Offline nothing is different: changes wait, and the status line counts them.

      Two devices that change different things never meet. Where both change the same text, the
      later one stands, and the other is kept in the entry's history; if its writer had not seen
      the winner, `lifeos conflicts` tells of it and takes it back.

      The way to the server is encrypted. A home server may make its own certificate: at the first
      meeting lifeos shows its fingerprint, which the server has printed at its start. Compare the
      words, and only then say yes. If the certificate is another one later, lifeos stops.

      A second account has a database of its own, and is the one in use after its sign-in.
      """)

  private static let groups = Page(
    name: "groups", title: "Groups",
    text: """
      A group is a few friends who show each other their check-ins. It lives on a server that all of
      them have an account on; each device has all of it, and reads and posts offline.

        lifeos group create NAME        makes one, and prints the code by which others join
        lifeos group join CODE          case, blanks and hyphens do not count
        lifeos group invite GROUP USER  asks somebody of the same server in; no code is needed
        lifeos group accept             follows an invitation
        lifeos group list, members      who is in it; from this machine, offline too

      GROUP is a group's name, the beginning of it, or its id. Making, joining and changing groups
      needs the server; where it can't be reached, nothing of it is done. Check-ins are kept and go
      out later.

      You decide for each group what it sees: `lifeos group sharing GROUP score` shows the score
      alone, answers also the four answers, mood and energy, and note the note as well. At first it
      is answers. A private check-in is shown to nobody.

      Admins change and delete the group and give roles; admins and moderators invite, remove, and
      make another code (`lifeos group code GROUP --new`). A code lasts 30 days, and is void as soon
      as somebody is removed.

      Who leaves keeps what they wrote themselves, and loses what the others wrote; the others keep
      what they were shown. What was not sent yet is kept as well: `lifeos quarantine` lists it.
      """)

  private static let dates = Page(
    name: "dates", title: "Dates",
    text: """
      Wherever a date is asked for:

        today  yesterday  tomorrow
        fri  last fri  next monday         the nearest such day; without a word, the one behind us
        -3d  +2w  3 days ago  last month
        2026-07-05  5.7.2026  5 jul  2026-W27
        yesterday 21:00  9pm  noon         with a time, where one fits

      A day begins at 3 in the morning: what you write at one o'clock belongs to the day before.
      The config file can set another hour.
      """)

  private static let ids = Page(
    name: "ids", title: "Ids",
    text: """
      An entry's id has 32 hexadecimal digits. The beginning or the end of it is enough, from six
      digits on, as long as no other entry shares it. The lists print the last eight.
      `lifeos journal show` also takes a date, which means all entries of that day, and `last`.
      """)

  private static let search = Page(
    name: "search", title: "Search",
    text: """
      Words are found in titles, texts and tags; case and accents do not matter.

        tide heron          both words
        light*              words that begin so
        "slow movement"     these words in this order
        tag:work  @work     entries with the tag
        type:reflection     note, morning, reflection, review
        from:2026-03  to:fri  on:yesterday  2026-03..2026-05
        starred

      Any text is a question; none is an error. In a shell, put quotes around the whole.
      """)

  private static let types = Page(
    name: "types", title: "Types of entries",
    text: """
      note         a free text, any number a day
      morning      morning pages, one text a day
      reflection   what went well, what to improve, what you are grateful for; one a day
      review       big wins, challenges, learnings, next week; one an ISO week

      A second `journal add` of a structured type on its day adds to what is there. A text can name
      its sections by headings such as `## Went well`; what stands before the first heading belongs
      to the first section.
      """)

  private static let formats = Page(
    name: "formats", title: "Import and export",
    text: """
      lifeos import FORMAT PATH, where FORMAT is

        jrnl        jrnl's text file, or its folder of days
        jrnl-json   what `jrnl --format json` writes
        dayone      Day One's JSON export, the .json file or the folder it was unpacked to
        markdown    lifeos's own Markdown, a file a day
        jsonl       lifeos's own JSON Lines
        auto        whichever of these the file turns out to be

      One's own check-ins go by commands of their own: `lifeos checkin import FILE` reads Daylio's CSV
      and what `lifeos checkin export FILE` has written. Daily moods become one check-in a week: the
      median mood, and the entries as its note. Names of moods that nobody knows are asked for, or
      given: --map rad=5. What is here is never overwritten.

      --dry-run counts and changes nothing. A line that can't be read is reported and does not stop
      the rest. Importing the same file again adds nothing. One `lifeos undo` takes a whole import
      back.

      lifeos export FORMAT PATH, where FORMAT is markdown (a folder, a file a day) or jsonl (a file;
      - for standard output). Both can be imported again, and give an equal journal.
      """)

  private static let reminders = Page(
    name: "reminders", title: "Reminders and notices",
    text: """
      While the program is open, what friends do is told as it comes, and counted at the right of the
      status line; `g n` shows it. The week's check-in is asked for on Sunday at 18:00, and not at all
      where it is answered or left out. The config file sets both, and the quiet hours, in which
      nothing rings or is asked for: reminder_day, reminder_hour, quiet_from, quiet_until. With
      notify_bell and notify_desktop the terminal's bell rings, or the desktop shows it (OSC 9).

      Where the program is not open, ask for it: `lifeos due` says what waits, from this machine
      alone, in a few milliseconds. The machine's other lifeos, or a `lifeos sync` by cron, brings
      what is new.

        lifeos due                 a line for each thing
        lifeos due --short         one word: checkin, 3, checkin 3
        lifeos due --exit-code     ends with 10 where something is due
        lifeos due --json          for other programs
        lifeos notices             all news; notices read, notices clear

      tmux, in ~/.tmux.conf:
        set -g status-interval 60
        set -ag status-right '#(lifeos due --short)'

      A prompt, in ~/.bashrc:
        PS1='$(lifeos due --quiet --exit-code || printf "! ")'"$PS1"

      cron, a mail on Sunday where the week is open:
        0 18 * * 0  lifeos due

      cron, with ntfy or any other messenger:
        */15 * * * *  lifeos due --exit-code --quiet || lifeos due | curl -sd @- ntfy.sh/YOURS
      """)

  private static let json = Page(
    name: "json", title: "JSON",
    text: """
      --json prints one JSON document. Days are "2026-07-05", moments ISO 8601 in UTC with
      milliseconds, ids 32 hexadecimal digits. What is not there is null. Members may be added in
      later versions; none is renamed or removed. Control characters are escaped.

      An ENTRY is
        {"id", "type", "date", "at", "zone", "title", "starred", "mood", "tags": [TEXT],
         "sections": {NAME: TEXT}, "source", "source_id"}
      where mood is 1 to 5, and the sections of a note and of morning pages are {"body"}; of a
      reflection {"went_well", "to_improve", "grateful_for"}; of a review {"big_wins", "challenges",
      "learnings", "next_week_focus"}. Empty sections are left out.

      journal add       ENTRY
      journal list      {"entries": [ENTRY], "more": whether --limit cut the list}
      journal show      {"entries": [ENTRY]}
      journal edit      ENTRY
      journal delete    {"deleted": [ID]}
      journal history   {"versions": [{"number", "at", "is_current",
                          "changes": [{"field", "from", "to"}]}]}, the oldest first
      journal restore   ENTRY
      search            {"hits": [{"id", "kind", "date", "title", "snippet"}]}
                          hits in a snippet stand between « and »
      streak            {"unit": "days"|"weeks", "current", "longest", "is_pending",
                          "days": [{"date", "state", "reason"}] with --explain}
      import            {"format", "dry_run", "entries", "added", "revived", "unchanged",
                          "different", "updated", "others", "garbled", "repaired", "attachments",
                          "from", "to", "failed", "problems": [{"file", "line", "message"}]}
      undo, redo        {"label", "left_alone": [FIELD]}; with --list {"undo", "redo"}
      trash             {"trash": [{"id", "kind", "deleted_at", "text"}]}
      backup            {"path", "day", "size"}; with --list {"backups": [the same]}
      sync              {"sent", "received", "restamped", "requests", "error"} and the members of status
      due               {"due", "late": WEEK, "reminders": [NOTICE], "notices": [NOTICE]}, where a
                          NOTICE is {"subject", "kind": "friend"|"echo"|"members"|"ended"|
                          "invitation"|"reminder"|"kept", "text", "at", "read", "space"}
      notices           {"notices": [NOTICE]}; read {"read": count}, clear {"cleared": count}
      checkin import    {"format", "dry_run", "entries", "added", "filled", "unchanged", "different",
                          "others", "from", "to", "unknown_moods": [{"name", "count"}],
                          "problems": [{"line", "message"}]}
      status            {"state": "alone"|"unknown"|"online"|"offline"|"needs_sign_in"|"upgrade"|
                          "diverged"|"full"|"paused"|"untrusted", "reason", "server", "user", "waiting",
                          "conflicts", "quarantined", "last_success", "clock_offset_ms"}
      conflicts         {"conflicts": [{"id", "op", "kind", "entry", "field", "lost_at", "lost_text",
                          "text"}]}; show prints one of them
      quarantine        {"quarantine": [{"op", "kind", "entry", "fields": [NAME], "reason", "born"}]}
                          reason "left": you are no longer in the group it was written to
      checkin, checkin edit
                        {"checkin": CHECKIN, "is_edit", "is_late", "dry_run", "groups": [{"group",
                          "id", "checkin": ID, "period", "sharing", "is_edit", "is_late"}],
                          "skipped": [{"group", "id", "reason"}], "standing": as groups}; a CHECKIN is
                          {"id", "period", "scores": {"productive", "satisfied", "body", "care"},
                          "score", "mood", "energy", "note", "private", "written", "edited", "zone",
                          "source"}
      checkin list      {"checkins": [CHECKIN], "more"}
      checkin show      {"week", "checkin": CHECKIN, "groups": [{"group", "id", "period", "in",
                          "members", "lines": [{"user", "is_me", "checkin": CHECKIN, "reactions":
                          {SIGN: COUNT}, "comments": [{"user", "text", "at"}]}]}]}
      checkin stats     {"trend": {PART: {"values": [{"week", "value"}], "recent_tenths",
                          "earlier_tenths", "sentence"}}, "usual": {"from", "to"}, "strengths",
                          "slips", "streak": {"current", "longest", "is_pending"}, "participation":
                          {"answered", "due"}, "best", "hardest": [{"week", "score", "note"}]}
      checkin explain   {"formula", "explanation", "current", "longest", "weeks": [{"week", "counts",
                          "reason"}]}
      checkin delete    {"deleted": [WEEK]}
      checkin react     {"checkin": ID, "group", "sign", "is_on"}
      checkin comment   {"checkin": ID, "group", "text"}
      group create, join, accept, rename, edit, role, remove, sharing, mute, unmute
                        {"id", "name", "about", "frequency": "weekly"|"biweekly"|"daily", "zone",
                          "rule": "hucares"|"sum"|"mean", "most_members", "members", "role":
                          "admin"|"moderator"|"member", "state": "member"|"left"|"removed"|
                          "deleted", "code", "code_expires", "sharing": "score"|"answers"|"note", "muted"}
      group list        {"groups": [the same]}
      group members     {"members": [{"account", "user", "role", "state": "member"|"left"|"removed"|
                          "deleted", "joined", "ended", "is_me"}]}
      group invitations {"invitations": [{"id", "group", "name", "from", "at", "expires", "state"}]}
      group code        {"group", "code", "code_expires"}
      account           {"id", "user", "email", "server", "server_id", "created", "profile"}
      devices           {"devices": [{"id", "device", "name", "app", "created", "last_used",
                          "is_current"}]}
      doctor            {"findings": [{"area", "name", "value",
                          "state": "ok"|"note"|"warning"|"problem", "advice"}], "problems"}
      """)

  private static let exit = Page(
    name: "exit", title: "Exit codes",
    text: """
      0   done
      1   failed: the message says why, and what to do
      2   wrong usage: nothing was changed
      3   not found: no such entry, day, backup; nothing to undo
      4   the server can't be reached: nothing is lost, lifeos sends later
      5   the server wants you: sign in again, update lifeos, look at its certificate
      10  something is due: `lifeos due --exit-code` alone
      """)

  private static let safety = Page(
    name: "safety", title: "What keeps your words safe",
    text: """
      A command that printed its answer has written to the disk. `lifeos undo` takes back any
      change, after a restart as well. Deleted entries lie in `lifeos trash`. Every text that was
      overwritten stays readable in `lifeos journal history`.

      The first change of a day brings a backup, opened and checked after it was written; the newest
      of 7 days and of 4 weeks are kept. `lifeos restore` puts one in place and moves the database
      that stood there aside. lifeos deletes nothing by itself.
      """)

  private static let files = Page(
    name: "files", title: "Files and environment",
    text: """
      $XDG_CONFIG_HOME/lifeos/config.toml    settings; `lifeos config` prints all of them
      $XDG_DATA_HOME/lifeos/lifeos.sqlite    the database
      $XDG_DATA_HOME/lifeos/backups/         its backups
      $XDG_DATA_HOME/lifeos/auth.json        the session with your server; nobody else may read it
      $XDG_DATA_HOME/lifeos/server.pem       the certificate of a server that has made its own
      $XDG_DATA_HOME/lifeos/profiles/        the same for each further account
      $XDG_STATE_HOME/lifeos/                the log, texts given to your editor

      Without these variables: ~/.config, ~/.local/share, ~/.local/state.

      LIFEOS_HOME       puts all of this under one folder: config/, data/, state/
      LIFEOS_THEME      dark, light, or a theme's name
      VISUAL, EDITOR    the editor for longer texts; started without a shell
      NO_COLOR          no colours
      """)
}
