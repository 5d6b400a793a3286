#define _GNU_SOURCE 1
#include "CVTerm.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

struct vt_screen {
  VTerm *terminal;
  VTermScreen *screen;
  vt_state state;
};

static int set_property(VTermProp property, VTermValue *value, void *user) {
  vt_state *state = user;
  if (property == VTERM_PROP_ALTSCREEN) state->alternate = value->boolean;
  else if (property == VTERM_PROP_CURSORVISIBLE) state->cursor_visible = value->boolean;
  return 1;
}

static int ring(void *user) {
  ((vt_state *)user)->bells++;
  return 1;
}

vt_screen *vt_screen_new(int rows, int columns) {
  static const VTermScreenCallbacks callbacks = { .settermprop = set_property, .bell = ring };
  vt_screen *made = calloc(1, sizeof *made);
  if (!made) abort();
  made->terminal = vterm_new(rows, columns);
  vterm_set_utf8(made->terminal, 1);
  made->screen = vterm_obtain_screen(made->terminal);
  made->state.cursor_visible = true;
  vterm_screen_set_callbacks(made->screen, &callbacks, &made->state);
  vterm_screen_enable_altscreen(made->screen, 1);
  vterm_screen_reset(made->screen, 1);
  return made;
}

void vt_screen_free(vt_screen *screen) {
  vterm_free(screen->terminal);
  free(screen);
}

void vt_screen_resize(vt_screen *screen, int rows, int columns) {
  vterm_set_size(screen->terminal, rows, columns);
}

void vt_screen_write(vt_screen *screen, const char *bytes, size_t count) {
  vterm_input_write(screen->terminal, bytes, count);
}

size_t vt_screen_read(vt_screen *screen, char *bytes, size_t capacity) {
  return vterm_output_read(screen->terminal, bytes, capacity);
}

static int32_t flatten(const VTermColor *color) {
  if (VTERM_COLOR_IS_DEFAULT_FG(color) || VTERM_COLOR_IS_DEFAULT_BG(color)) return -1;
  if (VTERM_COLOR_IS_INDEXED(color)) return color->indexed.idx;
  return 0x1000000 | (color->rgb.red << 16) | (color->rgb.green << 8) | color->rgb.blue;
}

bool vt_screen_cell(vt_screen *screen, int row, int column, vt_cell *cell) {
  VTermPos place = { .row = row, .col = column };
  VTermScreenCell found;
  if (!vterm_screen_get_cell(screen->screen, place, &found)) return false;
  bool is_half = found.chars[0] == UINT32_MAX;
  for (int i = 0; i < VT_SCALARS; i++) cell->scalars[i] = is_half ? 0 : found.chars[i];
  cell->width = is_half ? 0 : found.width;
  cell->bold = found.attrs.bold;
  cell->underline = found.attrs.underline != 0;
  cell->italic = found.attrs.italic;
  cell->blink = found.attrs.blink;
  cell->reverse = found.attrs.reverse;
  cell->strike = found.attrs.strike;
  cell->foreground = flatten(&found.fg);
  cell->background = flatten(&found.bg);
  return true;
}

vt_state vt_screen_state(vt_screen *screen) {
  VTermPos place;
  vterm_state_get_cursorpos(vterm_obtain_state(screen->terminal), &place);
  screen->state.row = place.row;
  screen->state.column = place.col;
  return screen->state;
}

int vt_open_terminal(char *name, size_t capacity) {
  /* Closed in programs started: no leak into a sibling's child. */
  int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return -1;
  if (grantpt(fd) || unlockpt(fd) || ptsname_r(fd, name, capacity)
      || fcntl(fd, F_SETFL, O_NONBLOCK)) {
    close(fd);
    return -1;
  }
  return fd;
}

void vt_set_size(int fd, int rows, int columns) {
  struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };
  ioctl(fd, TIOCSWINSZ, &size);
}

int vt_spawn(const char *path, char *const arguments[], char *const variables[], const char *name) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  /* The first open after setsid makes it the controlling terminal. */
  posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 0, 1);
  posix_spawn_file_actions_adddup2(&actions, 0, 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  pid_t child = -1;
  int failure = posix_spawn(&child, path, &actions, &attributes, arguments, variables);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failure ? -1 : child;
}

bool vt_stall(const char *name) {
  int fd = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  bool is_stalled = fd >= 0 && tcflow(fd, TCOOFF) == 0;
  if (fd >= 0) close(fd);
  return is_stalled;
}

bool vt_is_cooked(int fd) {
  struct termios modes;
  return tcgetattr(fd, &modes) == 0 && modes.c_lflag & ICANON && modes.c_lflag & ECHO;
}
