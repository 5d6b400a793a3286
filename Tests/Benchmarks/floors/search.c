/* search FILE words               prints a rare and a very common word of the index, and the version
 * search FILE WORD [REPETITIONS]  asks for it as lifeos does after each key; microseconds
 */
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) return statement;
  fprintf(stderr, "search: %s\n", sqlite3_errmsg(db));
  exit(1);
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static int print_words(sqlite3 *db) {
  sqlite3_exec(db, "CREATE VIRTUAL TABLE temp.word USING fts5vocab('main', 'search', 'col')", NULL,
               NULL, NULL);
  static const char *queries[] = {
      "SELECT term, doc FROM temp.word WHERE col = 'body' AND length(term) > 4 "
      "AND term GLOB '[a-z]*' ORDER BY abs(doc - 5), term LIMIT 1",
      "SELECT term, doc FROM temp.word WHERE col = 'body' AND length(term) > 2 "
      "ORDER BY doc DESC LIMIT 1",
  };
  for (int i = 0; i < 2; i++) {
    sqlite3_stmt *statement = prepared(db, queries[i]);
    if (sqlite3_step(statement) != SQLITE_ROW) return 1;
    printf("%s %d\n", sqlite3_column_text(statement, 0), sqlite3_column_int(statement, 1));
    sqlite3_finalize(statement);
  }
  printf("SQLite %s\n", sqlite3_libversion());
  return 0;
}

int main(int argc, char **argv) {
  sqlite3 *db;
  if (argc < 3 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) return 2;
  if (!strcmp(argv[2], "words")) return print_words(db);
  int repetitions = argc > 3 ? atoi(argv[3]) : 200, hits = 0;
  if (repetitions < 1) return 2;
  sqlite3_stmt *statement = prepared(
      db, "SELECT rowid, kind, row, title, snippet(search, 1, '[', ']', '…', 18) FROM search "
          "WHERE search MATCH ? ORDER BY rowid DESC LIMIT 200");
  char match[512];
  snprintf(match, sizeof match, "{title body tags} : (\"%s\" *)", argv[2]);
  double *times = calloc((size_t)repetitions, sizeof *times);
  for (int i = -5; i < repetitions; i++) {
    double begin = now_us();
    sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);
    hits = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      /* What a program does at least: it copies the columns. */
      char *title = strdup((const char *)sqlite3_column_text(statement, 3) ?: "");
      char *snippet = strdup((const char *)sqlite3_column_text(statement, 4) ?: "");
      free(title);
      free(snippet);
      hits++;
    }
    sqlite3_reset(statement);
    if (i >= 0) times[i] = now_us() - begin;
  }
  qsort(times, (size_t)repetitions, sizeof *times, by_size);
  printf("search_us_p50=%.0f\nsearch_us_p95=%.0f\nhits=%d\n", times[repetitions / 2],
         times[repetitions * 95 / 100], hits);
  return 0;
}
