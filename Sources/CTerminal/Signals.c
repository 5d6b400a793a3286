#define _GNU_SOURCE 1
#include "CTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static int pipes[2] = { -1, -1 };
static volatile sig_atomic_t ending;   /* asked to end, and not read yet */

static const struct { int number, code; } caught[] = {
  { SIGHUP, CT_HANG_UP }, { SIGTERM, CT_TERMINATE }, { SIGINT, CT_INTERRUPT },
  { SIGWINCH, CT_RESIZE }, { SIGTSTP, CT_STOP }, { SIGCONT, CT_CONTINUE },
};
enum { CAUGHT = sizeof caught / sizeof *caught };

static const int traps[] = { SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGQUIT };
enum { TRAPS = sizeof traps / sizeof *traps };

static struct sigaction before[CAUGHT], before_traps[TRAPS], before_pipe;

/* The terminal first, then the death the signal asked for. */
static void die(int number) {
  ct_tty_farewell();
  signal(number, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  raise(number);
}

static void catch(int number) {
  int saved = errno;
  uint8_t code = 0;
  for (int i = 0; i < CAUGHT; i++)
    if (caught[i].number == number) code = (uint8_t)caught[i].code;
  if (code == CT_HANG_UP || code == CT_TERMINATE || code == CT_INTERRUPT) {
    /* Nobody reads any more: the program hangs. */
    if (++ending > 3) die(number);
  }
  ssize_t written = write(pipes[1], &code, 1);
  (void)written;   /* a full pipe holds enough of them */
  errno = saved;
}

/* Ignores a signal here, yet not in the programs we start: exec keeps SIG_IGN, but no handler. */
static void pass(int number) { (void)number; }

int ct_signals_start(void) {
  if (pipes[0] < 0 && pipe2(pipes, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  static uint8_t *stack;
  if (!stack) {
    stack_t alternate = { .ss_size = 64 * 1024 };
    stack = malloc(alternate.ss_size);
    alternate.ss_sp = stack;
    if (stack) sigaltstack(&alternate, NULL);
  }
  struct sigaction action = { .sa_handler = catch };
  sigfillset(&action.sa_mask);   /* no SA_RESTART: a stalled write ends */
  for (int i = 0; i < CAUGHT; i++) sigaction(caught[i].number, &action, &before[i]);
  struct sigaction trap = { .sa_handler = die, .sa_flags = SA_ONSTACK | SA_RESETHAND | SA_NODEFER };
  sigemptyset(&trap.sa_mask);
  for (int i = 0; i < TRAPS; i++) sigaction(traps[i], &trap, &before_traps[i]);
  struct sigaction ignore = { .sa_handler = pass, .sa_flags = SA_RESTART };
  sigaction(SIGPIPE, &ignore, &before_pipe);
  return pipes[0];
}

void ct_signals_end(void) {
  for (int i = 0; i < CAUGHT; i++) sigaction(caught[i].number, &before[i], NULL);
  for (int i = 0; i < TRAPS; i++) sigaction(traps[i], &before_traps[i], NULL);
  sigaction(SIGPIPE, &before_pipe, NULL);
}

int ct_signals_next(void) {
  uint8_t code = 0;
  if (read(pipes[0], &code, 1) != 1) return 0;
  if (code == CT_HANG_UP || code == CT_TERMINATE || code == CT_INTERRUPT) ending = 0;
  return code;
}

bool ct_signals_ending(void) { return ending > 0; }

void ct_stop_job(void) {
  struct sigaction ours, plain = { .sa_handler = SIG_DFL };
  sigemptyset(&plain.sa_mask);
  sigaction(SIGTSTP, &plain, &ours);
  kill(0, SIGTSTP);   /* the whole job, or a waiting parent such as make keeps the shell from us */
  sigaction(SIGTSTP, &ours, NULL);
}

void ct_signals_yield(bool yielded) {
  static struct sigaction ours[3];
  static const int keys[3] = { SIGINT, SIGQUIT, SIGTSTP };
  for (int i = 0; i < 3; i++) {
    if (yielded) {
      struct sigaction other = { .sa_flags = SA_RESTART };
      other.sa_handler = keys[i] == SIGTSTP ? SIG_DFL : pass;
      sigemptyset(&other.sa_mask);
      sigaction(keys[i], &other, &ours[i]);
    } else {
      sigaction(keys[i], &ours[i], NULL);
    }
  }
}
