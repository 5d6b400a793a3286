/* row FILE: opens a database (made on the first run), commits one row durably, closes it. */
#include <sqlite3.h>
#include <stdio.h>
#include <time.h>

static int run(sqlite3 *db, const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK) return 0;
  fprintf(stderr, "row: %s: %s\n", sql, message);
  return 1;
}

int main(int argc, char **argv) {
  sqlite3 *db;
  if (argc < 2 || sqlite3_open(argv[1], &db) != SQLITE_OK) return 2;
  /* The last one out folds the log into the database and deletes it: not what is measured here. */
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  sqlite3_stmt *insert;
  int failed =
      run(db, "PRAGMA journal_mode = WAL") || run(db, "PRAGMA synchronous = FULL") ||
      run(db, "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, at INTEGER, body TEXT)") ||
      run(db, "BEGIN IMMEDIATE");
  if (!failed && sqlite3_prepare_v2(db, "INSERT INTO entry (at, body) VALUES (?, ?)", -1, &insert,
                                    NULL) == SQLITE_OK) {
    sqlite3_bind_int64(insert, 1, now.tv_sec);
    sqlite3_bind_text(insert, 2, "Walked to the lake.", -1, SQLITE_STATIC);
    failed = sqlite3_step(insert) != SQLITE_DONE;
    sqlite3_finalize(insert);
  } else {
    failed = 1;
  }
  failed = run(db, "COMMIT") || failed;
  return sqlite3_close(db) != SQLITE_OK || failed;
}
