#define _GNU_SOURCE 1
#include "CTerminal.h"
#include <errno.h>
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
static int terminal = -1;
static int output = -1;
static uint8_t farewell[512];
static size_t farewell_count;

bool ct_is_terminal(int fd) { return isatty(fd) == 1; }

static void give_at_exit(void);

bool ct_tty_take(int fd) {
  static bool known;
  if (!known) {
    if (tcgetattr(fd, &found) != 0) return false;
    known = true;
    atexit(give_at_exit);
  }
  struct termios raw = found;
  cfmakeraw(&raw);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  terminal = fd;
  while (tcsetattr(fd, TCSADRAIN, &raw) != 0)
    if (errno != EINTR) return false;
  taken = 1;
  return true;
}

void ct_tty_give(int fd, bool discard) {
  if (!taken) return;
  while (tcsetattr(fd, discard ? TCSAFLUSH : TCSADRAIN, &found) != 0 && errno == EINTR) {}
  taken = 0;
}

uint8_t ct_tty_erase(void) { return found.c_cc[VERASE]; }

bool ct_tty_size(int fd, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}

bool ct_tty_write(int fd, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(fd, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (written < 0 && errno == EAGAIN) {
      struct pollfd ready = { .fd = fd, .events = POLLOUT };
      poll(&ready, 1, 100);
    } else if (written < 0 && errno != EINTR) {
      return false;
    }
    /* A stalled terminal must not keep us from saving what was typed. */
    if (count > 0 && ct_signals_ending()) return false;
  }
  return true;
}

void ct_tty_arm(int fd, const uint8_t *bytes, size_t count) {
  armed = 0;
  if (count == 0 || count > sizeof farewell) return;
  memcpy(farewell, bytes, count);
  farewell_count = count;
  output = fd;
  armed = 1;
}

/* Only async-signal-safe calls, only constant bytes. */
void ct_tty_farewell(void) {
  if (armed) {
    armed = 0;
    size_t done = 0;
    for (int attempt = 0; attempt < 100 && done < farewell_count; attempt++) {
      ssize_t written = write(output, farewell + done, farewell_count - done);
      if (written > 0) done += (size_t)written;
      else if (written < 0 && errno != EINTR) break;
    }
  }
  if (taken) {
    taken = 0;
    tcsetattr(terminal, TCSANOW, &found);
  }
}

static void give_at_exit(void) { ct_tty_farewell(); }
