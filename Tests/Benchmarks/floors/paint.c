/* paint [CELLS]: the least that a list of 100,000 rows costs with ncurses.
 *
 * Paints at least CELLS characters (3,500) in a list with a highlight, in six colours; j and k move
 * it, space turns a page, q ends. No data is read: rows are made up where they are shown.
 */
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <ncurses.h>
#include <stdlib.h>
#include <string.h>

enum { rows = 100000 };
static int top, selected, width_used;

/* Text that differs from row to row, as a person's does. */
static int make_text(char *text, size_t size, int index) {
  static const char *words[] = {
      "river", "morning", "walked", "with", "Anna", "coffee", "the", "garden", "rain", "wrote",
      "letter", "home", "late", "train", "quiet", "bread", "music", "and", "lake", "window",
      "read", "mountain", "early", "friends", "long", "cold", "talked", "sleep", "work", "sun",
  };
  int length = snprintf(text, size, "%04d-%02d-%02d  entry %-6d ", 2000 + index / 3650,
                        index / 30 % 12 + 1, index % 28 + 1, index);
  unsigned dice = (unsigned)index * 2654435761u;
  while (length < 120) {
    dice = dice * 1664525u + 1013904223u;
    length += snprintf(text + length, size - (size_t)length, " %s", words[(dice >> 16) % 30]);
  }
  return length;
}

static void paint_row(int index) {
  /* What is cut off is cut off for all three parts. */
  char text[512] = {0};
  make_text(text, sizeof text, index);
  memset(text + width_used, 0, sizeof text - (size_t)width_used);
  int y = 4 + index - top;
  bool is_selected = index == selected;
  attrset(COLOR_PAIR(is_selected ? 2 : 1));
  mvaddstr(y, 0, is_selected ? "▌ " : "  ");
  addnstr(text, 10);
  attrset(COLOR_PAIR(is_selected ? 4 : 3));
  addnstr(text + 10, 14);
  attrset(COLOR_PAIR(is_selected ? 6 : 5));
  addstr(text + 24);
  clrtoeol();
}

static void paint_all(void) {
  attrset(A_BOLD);
  mvaddstr(0, 2, "1 Today  2 Journal");
  attrset(COLOR_PAIR(3));
  mvaddstr(1, 2, "━━━━━━━");
  for (int index = top; index < rows && index < top + LINES - 7; index++) paint_row(index);
  attrset(COLOR_PAIR(1));
  mvaddstr(LINES - 2, 2, "saved");
  mvaddstr(LINES - 1, 2, "n new  / search  ? keys");
}

static void move_to(int index) {
  int height = LINES - 7, old = selected;
  selected = index < 0 ? 0 : index >= rows ? rows - 1 : index;
  if (selected < top || selected >= top + height) {
    top = selected < top ? selected : selected - height + 1;
    paint_all();
  } else {
    paint_row(old);
    paint_row(selected);
  }
}

int main(int argc, char **argv) {
  int cells = argc > 1 ? atoi(argv[1]) : 3500;
  setlocale(LC_ALL, "");
  set_escdelay(25);
  initscr();
  raw();
  noecho();
  keypad(stdscr, TRUE);
  start_color();
  use_default_colors();
  static const short colors[] = {247, 247, 110, 110, -1, -1};
  for (short pair = 1; pair <= 6; pair++)
    init_pair(pair, colors[pair - 1], pair % 2 ? -1 : 236);
  /* A row has 2 columns before its text; frame and footer take about 70 cells. */
  width_used = (cells - 70) / (LINES - 7) - 1;
  if (width_used < 12) width_used = 12;
  if (width_used > COLS - 3) width_used = COLS - 3;
  paint_all();
  for (;;) {
    move(4 + selected - top, 0);
    refresh();
    int key = getch();
    if (key == 'q' || key == ERR) break;
    if (key == 'j' || key == KEY_DOWN) move_to(selected + 1);
    if (key == 'k' || key == KEY_UP) move_to(selected - 1);
    if (key == ' ' || key == KEY_NPAGE) {
      top += LINES - 7;
      if (top > rows - (LINES - 7)) top = rows - (LINES - 7);
      selected = top;
      paint_all();
    }
  }
  endwin();
  return 0;
}
