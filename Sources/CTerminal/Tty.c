#define _GNU_SOURCE 1
#include "CTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* What a trap handler needs: plain memory, filled before it is armed. */
static struct termios found;
static volatile sig_atomic_t taken;      /* raw mode is on */
static volatile sig_atomic_t armed;      /* there are bytes to write */
static int keyboard = -1;
static int output = STDOUT_FILENO;
static uint8_t farewell[512];
static size_t farewell_count;

enum { PATIENCE = 500 };   /* milliseconds that a stalled terminal may cost at the end */

bool ct_is_terminal(int fd) { return isatty(fd) == 1; }

bool ct_tty_take(int fd) {
  static bool known;
  if (!known) {
    if (tcgetattr(fd, &found) != 0) return false;
    known = true;
    atexit(ct_tty_farewell);
    /* An opening of our own does not block, and leaves the shell's as it is. */
    char name[64];
    int own = ttyname_r(STDOUT_FILENO, name, sizeof name) == 0
      ? open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1;
    if (own >= 0) output = own;
  }
  struct termios raw = found;
  cfmakeraw(&raw);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  keyboard = fd;
  while (tcsetattr(fd, TCSANOW, &raw) != 0)
    if (errno != EINTR) return false;
  taken = 1;
  return true;
}

void ct_tty_give(bool discard) {
  if (!taken) return;
  if (discard) tcflush(keyboard, TCIFLUSH);
  while (tcsetattr(keyboard, TCSANOW, &found) != 0 && errno == EINTR) {}
  taken = 0;
}

uint8_t ct_tty_erase(void) { return found.c_cc[VERASE]; }

bool ct_tty_size(int *rows, int *columns) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
    return false;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}

/* Async-signal-safe. With `wakes` a signal that ends the program ends the waiting too. */
static bool write_all(const uint8_t *bytes, size_t count, int patience, bool wakes) {
  while (count > 0) {
    ssize_t written = write(output, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (written < 0 && errno != EAGAIN && errno != EINTR) {
      return false;
    } else {
      if (wakes && ct_signals_ending()) return false;
      struct pollfd ready = { .fd = output, .events = POLLOUT };
      if (poll(&ready, 1, 20) == 0 && patience >= 0 && (patience -= 20) < 0) return false;
    }
  }
  return true;
}

bool ct_tty_write(const uint8_t *bytes, size_t count, bool is_last) {
  return write_all(bytes, count, is_last ? PATIENCE : -1, !is_last);
}

void ct_tty_arm(const uint8_t *bytes, size_t count) {
  armed = 0;
  if (count == 0 || count > sizeof farewell) return;
  memcpy(farewell, bytes, count);
  farewell_count = count;
  armed = 1;
}

void ct_tty_farewell(void) {
  if (armed) {
    armed = 0;
    write_all(farewell, farewell_count, PATIENCE, false);
  }
  if (taken) {
    taken = 0;
    tcsetattr(keyboard, TCSANOW, &found);
  }
}
