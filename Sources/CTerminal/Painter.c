#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1
#include "CTerminal.h"
#include <locale.h>
#include <langinfo.h>
#include <ncurses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

/* From <term.h>, whose macros take common words away. */
char *tigetstr(const char *);

struct ct_painter {
  SCREEN *screen;
  FILE *out;          /* memory: ncurses writes here, never to the terminal */
  uint8_t *bytes;
  size_t capacity;
};

bool ct_choose_utf8(void) {
  static const char *const names[] = { "C.UTF-8", "en_US.UTF-8", "" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (setlocale(LC_CTYPE, names[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
  return false;
}

int ct_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

/* Sets a variable for the time of one call and remembers what was there. */
typedef struct { const char *name; char *before; } borrowed;

static borrowed borrow(const char *name, const char *value) {
  const char *now = getenv(name);
  borrowed b = { name, now ? strdup(now) : NULL };
  setenv(name, value, 1);
  return b;
}

static void give_back(borrowed b) {
  if (b.before) { setenv(b.name, b.before, 1); free(b.before); } else unsetenv(b.name);
}

static const int curses_signals[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };
enum { CURSES_SIGNALS = sizeof curses_signals / sizeof *curses_signals };

ct_painter *ct_painter_open(
    const char *term, const char *entry, int rows, int columns, bool colours) {
  int fd = memfd_create("frame", MFD_CLOEXEC);
  if (fd < 0) return NULL;
  FILE *out = fdopen(fd, "w");
  if (!out) { close(fd); return NULL; }

  /* ncurses can't ask memory for its size: it takes it from the environment. */
  char number[16];
  snprintf(number, sizeof number, "%d", rows);
  borrowed lines = borrow("LINES", number);
  snprintf(number, sizeof number, "%d", columns);
  borrowed width = borrow("COLUMNS", number);
  borrowed database = { NULL, NULL };
  if (entry) database = borrow("TERMINFO", entry);
  struct sigaction before[CURSES_SIGNALS];
  for (int i = 0; i < CURSES_SIGNALS; i++) sigaction(curses_signals[i], NULL, &before[i]);

  SCREEN *screen = newterm(term, out, stdin);

  for (int i = 0; i < CURSES_SIGNALS; i++) sigaction(curses_signals[i], &before[i], NULL);
  if (entry) give_back(database);
  give_back(width);
  give_back(lines);
  if (!screen) { fclose(out); return NULL; }

  ct_painter *painter = calloc(1, sizeof *painter);
  if (!painter) abort();
  painter->screen = screen;
  painter->out = out;
  if (colours && start_color() == OK) use_default_colors();
  typeahead(-1);
  idlok(stdscr, TRUE);
  scrollok(stdscr, FALSE);
  return painter;
}

void ct_painter_close(ct_painter *painter) {
  set_term(painter->screen);
  if (!isendwin()) endwin();
  delscreen(painter->screen);
  fclose(painter->out);
  free(painter->bytes);
  free(painter);
}

void ct_painter_select(ct_painter *painter) { set_term(painter->screen); }
int ct_painter_colours(ct_painter *painter) { set_term(painter->screen); return COLORS; }
int ct_painter_pairs(ct_painter *painter) { set_term(painter->screen); return COLOR_PAIRS; }

bool ct_painter_define(ct_painter *painter, int pair, int foreground, int background) {
  set_term(painter->screen);
  return init_extended_pair(pair, foreground, background) == OK;
}

void ct_painter_reset(ct_painter *painter, int rows, int columns) {
  set_term(painter->screen);
  if (rows > 0) resize_term(rows, columns);
  werase(stdscr);
  clearok(curscr, TRUE);
}

static attr_t curses_attributes(uint32_t attributes) {
  return (attributes & CT_BOLD ? A_BOLD : 0) | (attributes & CT_DIM ? A_DIM : 0)
       | (attributes & CT_ITALIC ? A_ITALIC : 0) | (attributes & CT_UNDERLINE ? A_UNDERLINE : 0)
       | (attributes & CT_REVERSE ? A_REVERSE : 0);
}

bool ct_painter_put(
    ct_painter *painter, int y, int x, const uint32_t *scalars, uint32_t attributes, int pair) {
  (void)painter;
  cchar_t cell;
  if (setcchar(&cell, (const wchar_t *)scalars, curses_attributes(attributes), 0, &pair) == ERR)
    return false;
  mvwadd_wch(stdscr, y, x, &cell);   /* ERR in the last cell of all, where it is drawn even so */
  return true;
}

void ct_painter_repeat_row(ct_painter *painter, int y) {
  set_term(painter->screen);
  wredrawln(stdscr, y, 1);
}

void ct_painter_repeat(ct_painter *painter) {
  set_term(painter->screen);
  clearok(curscr, TRUE);
}

void ct_painter_cursor(ct_painter *painter, int y, int x) {
  set_term(painter->screen);
  wmove(stdscr, y, x);
}

void ct_painter_show_cursor(ct_painter *painter, bool visible) {
  set_term(painter->screen);
  curs_set(visible ? 1 : 0);
}

static const uint8_t *take_bytes(ct_painter *painter, size_t *count) {
  int fd = fileno(painter->out);
  off_t end = lseek(fd, 0, SEEK_CUR);
  *count = 0;
  if (end <= 0) return painter->bytes;
  if ((size_t)end > painter->capacity) {
    painter->capacity = (size_t)end * 2;
    painter->bytes = realloc(painter->bytes, painter->capacity);
    if (!painter->bytes) abort();
  }
  ssize_t got = pread(fd, painter->bytes, (size_t)end, 0);
  *count = got > 0 ? (size_t)got : 0;
  lseek(fd, 0, SEEK_SET);
  return painter->bytes;
}

const uint8_t *ct_painter_flush(ct_painter *painter, size_t *count) {
  set_term(painter->screen);
  wnoutrefresh(stdscr);
  doupdate();
  return take_bytes(painter, count);
}

const uint8_t *ct_painter_leave(ct_painter *painter, size_t *count) {
  set_term(painter->screen);
  endwin();
  return take_bytes(painter, count);
}

const char *ct_painter_capability(ct_painter *painter, const char *name) {
  set_term(painter->screen);
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}
