/* apply FILE ROWS FIELDS: what a device that bootstraps must at least do, by plain SQLite: inserts ROWS
   rows of FIELDS registers each, with a row for every register's author, durably, 1,000 rows a
   transaction. Prints the time and the number of registers. */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void must(int ok, sqlite3 *db, const char *what) {
  if (ok) return;
  fprintf(stderr, "apply: %s: %s\n", what, sqlite3_errmsg(db));
  exit(1);
}

static void run(sqlite3 *db, const char *sql) {
  must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, db, sql);
}

static uint64_t seed = 7;
static uint64_t next(void) {
  seed += 0x9E3779B97F4A7C15u;
  uint64_t word = seed;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
  return word ^ (word >> 31);
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int rows = atoi(argv[2]), fields = atoi(argv[3]);
  sqlite3 *db = NULL;
  must(sqlite3_open(argv[1], &db) == SQLITE_OK, db, "open");
  run(db, "PRAGMA journal_mode = WAL");
  run(db, "PRAGMA synchronous = FULL");
  char sql[4096] = "CREATE TABLE entry (id BLOB PRIMARY KEY NOT NULL";
  for (int i = 0; i < fields; i++) snprintf(sql + strlen(sql), 32, ", f%d TEXT", i);
  strcat(sql, ") STRICT");
  run(db, sql);
  run(db, "CREATE TABLE clock (coll TEXT, id BLOB, field TEXT, t INTEGER, op BLOB, seq INTEGER, "
          "PRIMARY KEY (coll, id, field)) STRICT, WITHOUT ROWID");
  strcpy(sql, "INSERT INTO entry VALUES (?");
  for (int i = 0; i < fields; i++) strcat(sql, ", ?");
  strcat(sql, ")");
  sqlite3_stmt *row, *clock;
  must(sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK, db, sql);
  must(sqlite3_prepare_v2(db, "INSERT INTO clock VALUES ('journal', ?, ?, ?, ?, ?)", -1, &clock,
                          NULL) == SQLITE_OK, db, "clock");
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (int i = 0; i < rows; i++) {
    if (i % 1000 == 0) run(db, "BEGIN IMMEDIATE");
    uint64_t id[2] = { __builtin_bswap64(1795176000000u + (uint64_t)i), next() };
    uint64_t op[2] = { id[0], next() };
    sqlite3_bind_blob(row, 1, id, 16, SQLITE_TRANSIENT);
    for (int f = 0; f < fields; f++) {
      char name[16];
      snprintf(name, sizeof name, "f%d", f);
      sqlite3_bind_text(row, f + 2, "Walked to the lake.", -1, SQLITE_STATIC);
      sqlite3_bind_blob(clock, 1, id, 16, SQLITE_TRANSIENT);
      sqlite3_bind_text(clock, 2, name, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int64(clock, 3, 1795176000000 + i);
      sqlite3_bind_blob(clock, 4, op, 16, SQLITE_TRANSIENT);
      sqlite3_bind_int64(clock, 5, i);
      must(sqlite3_step(clock) == SQLITE_DONE, db, "clock row");
      sqlite3_reset(clock);
    }
    must(sqlite3_step(row) == SQLITE_DONE, db, "row");
    sqlite3_reset(row);
    if (i % 1000 == 999 || i == rows - 1) run(db, "COMMIT");
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("apply_us=%lld\n", (long long)(end.tv_sec - begin.tv_sec) * 1000000 + (end.tv_nsec - begin.tv_nsec) / 1000);
  printf("registers=%d\n", rows * fields);
  sqlite3_finalize(row);
  sqlite3_finalize(clock);
  return sqlite3_close(db) != SQLITE_OK;
}
