/* row FILE [COUNT]: opens a database (made on the first run), commits one row durably, closes it. With
   COUNT it commits that many, one by one, and prints the median and the 95th percentile of their times. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int run(sqlite3 *db, const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK) return 0;
  fprintf(stderr, "row: %s: %s\n", sql, message);
  return 1;
}

static int by_size(const void *a, const void *b) {
  long long x = *(const long long *)a, y = *(const long long *)b;
  return (x > y) - (x < y);
}

static int many(sqlite3 *db, int count) {
  sqlite3_stmt *insert;
  long long *times = calloc((size_t)count, sizeof *times);
  if (!times || sqlite3_prepare_v2(db, "INSERT INTO entry (at, body) VALUES (?, ?)", -1, &insert, NULL) != SQLITE_OK) return 1;
  int failed = 0;
  for (int i = 0; i < count && !failed; i++) {
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    failed = run(db, "BEGIN IMMEDIATE");
    sqlite3_bind_int64(insert, 1, i);
    sqlite3_bind_text(insert, 2, "Walked to the lake.", -1, SQLITE_STATIC);
    failed = failed || sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK || run(db, "COMMIT");
    clock_gettime(CLOCK_MONOTONIC, &end);
    times[i] = (end.tv_sec - begin.tv_sec) * 1000000LL + (end.tv_nsec - begin.tv_nsec) / 1000;
  }
  qsort(times, (size_t)count, sizeof *times, by_size);
  printf("row_us_p50=%lld\nrow_us_p95=%lld\n", times[count / 2], times[count * 95 / 100]);
  free(times);
  sqlite3_finalize(insert);
  return failed;
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
      run(db, "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, at INTEGER, body TEXT)");
  if (!failed && argc > 2) {
    failed = many(db, atoi(argv[2]));
    return sqlite3_close(db) != SQLITE_OK || failed;
  }
  failed = failed || run(db, "BEGIN IMMEDIATE");
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
