/* drive: runs a program in a pseudo-terminal and measures it as a person would meet it.
 *
 *   drive [options] -- PROGRAM [ARGUMENT]...
 *   drive --whole N -- PROGRAM [ARGUMENT]...     the whole process, N times, output to /dev/null
 *
 *   --runs N      starts to measure (15), after two that do not count
 *   --marker S    the first paint is done when S has been written; without it, when all is quiet
 *   --before S    keys to press after the start, each followed by quiet (before key, page, idle)
 *   --key S       the key to measure; --keys N times (200)
 *   --page S      the key for a page; --pages N times (20)
 *   --idle S      seconds to watch without a key (2)
 *   --settle MS   how long quiet lasts (30)
 *
 * Keys are written with \e, \r, \t, \xHH. The terminal is xterm-256color, 120×40, and answers what
 * programs ask at the start. Prints one name=value a line: times in microseconds, sizes in bytes,
 * memory in kB. A time is that of the last byte before the quiet.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int settle_ms = 30;
static const char *marker;

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static void die(const char *what) {
  fprintf(stderr, "drive: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* ---- the program in its terminal ---- */

typedef struct {
  pid_t pid;
  int fd;
  /* of the bytes so far: the last 4095, to find questions and the marker in */
  char tail[4096];
  size_t tail_length;
  bool ended;
} program;

typedef struct {
  double first, last, marked;
  long bytes;
  long cells; /* characters that were painted, without escape sequences */
} burst;

static program start(char **command) {
  program p = {.fd = -1};
  struct winsize size = {.ws_row = 40, .ws_col = 120};
  p.pid = forkpty(&p.fd, NULL, NULL, &size);
  if (p.pid < 0) die("forkpty");
  if (p.pid == 0) {
    execvp(command[0], command);
    _exit(127);
  }
  fcntl(p.fd, F_SETFL, O_NONBLOCK);
  return p;
}

static void say(program *p, const char *text) {
  if (write(p->fd, text, strlen(text)) < 0 && errno != EIO && errno != EAGAIN) die("write");
}

/* Answers each question as a plain dark xterm with synchronized output would. */
static void answer(program *p, size_t from) {
  static const struct { const char *question, *reply; } known[] = {
      {"\033[c", "\033[?62;22c"},
      {"\033[>c", "\033[>41;390;0c"},
      {"\033]11;?", "\033]11;rgb:1e1e/1e1e/1e1e\033\\"},
      {"\033]10;?", "\033]10;rgb:d0d0/d0d0/d0d0\033\\"},
      {"\033[?2026$p", "\033[?2026;2$y"},
      {"\033[?2031$p", "\033[?2031;0$y"},
      {"\033[5n", "\033[0n"},
      {"\033[6n", "\033[1;1R"},
  };
  for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
    size_t length = strlen(known[k].question);
    /* A question may have come in two pieces, but must end in the new part. */
    size_t begin = from > length - 1 ? from - (length - 1) : 0;
    for (size_t i = begin; i + length <= p->tail_length; i++)
      if (!memcmp(p->tail + i, known[k].question, length)) say(p, known[k].reply);
  }
}

/* Counts printable characters: not escape sequences, not controls, one for each UTF-8 character. */
static long count_cells(const char *bytes, ssize_t count) {
  static enum { plain, escape, csi, osc, charset } state;
  long cells = 0;
  for (ssize_t i = 0; i < count; i++) {
    unsigned char c = (unsigned char)bytes[i];
    switch (state) {
    case plain:
      if (c == 27) state = escape;
      else if (c >= 32 && c != 127 && (c & 0xC0) != 0x80) cells++;
      break;
    case escape:
      state = c == '[' ? csi : c == ']' || c == 'P' ? osc : strchr("()*+", c) ? charset : plain;
      break;
    case csi:
      if (c >= 0x40 && c <= 0x7E) state = plain;
      break;
    case osc:
      if (c == 7) state = plain;
      else if (c == 27) state = escape;
      break;
    case charset: state = plain; break;
    }
  }
  return cells;
}

/* Reads until nothing has come for `quiet` ms, at most `limit` ms for the first byte. */
static burst read_burst(program *p, int quiet, int limit) {
  burst b = {0};
  char buffer[65536];
  bool any = false;
  while (!p->ended) {
    struct pollfd poller = {.fd = p->fd, .events = POLLIN};
    int ready = poll(&poller, 1, any ? quiet : limit);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) break;
    ssize_t count = read(p->fd, buffer, sizeof buffer);
    double at = now_us();
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count <= 0) { /* EIO: the program has closed its terminal */
      p->ended = true;
      break;
    }
    if (!any) b.first = at;
    any = true;
    b.last = at;
    b.bytes += count;
    b.cells += count_cells(buffer, count);
    for (ssize_t done = 0; done < count;) {
      size_t room = sizeof p->tail - 1 - p->tail_length;
      if (room == 0) { /* keep enough for a question or a marker in two pieces */
        memmove(p->tail, p->tail + p->tail_length - 256, 256);
        p->tail_length = 256;
        continue;
      }
      size_t piece = (size_t)(count - done) < room ? (size_t)(count - done) : room;
      size_t from = p->tail_length;
      memcpy(p->tail + from, buffer + done, piece);
      p->tail_length += piece;
      done += (ssize_t)piece;
      answer(p, from);
      if (marker && !b.marked && memmem(p->tail, p->tail_length, marker, strlen(marker)))
        b.marked = at;
    }
  }
  return b;
}

static void stop(program *p) {
  kill(p->pid, SIGTERM);
  double until = now_us() + 2e6;
  while (now_us() < until) {
    read_burst(p, 1, 5);
    if (waitpid(p->pid, NULL, WNOHANG) == p->pid) {
      close(p->fd);
      return;
    }
    p->ended = false;
  }
  kill(p->pid, SIGKILL);
  waitpid(p->pid, NULL, 0);
  close(p->fd);
}

/* ---- what the kernel knows ---- */

/* Nanoseconds on a processor, of all threads. */
static double cpu_ns(pid_t pid) {
  char path[128];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *folder = opendir(path);
  double sum = 0;
  if (!folder) return 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (!isdigit((unsigned char)entry->d_name[0])) continue;
    snprintf(path, sizeof path, "/proc/%d/task/%.20s/schedstat", pid, entry->d_name);
    FILE *file = fopen(path, "r");
    double run = 0;
    if (file) {
      if (fscanf(file, "%lf", &run) == 1) sum += run;
      fclose(file);
    }
  }
  closedir(folder);
  return sum;
}

static long memory_kb(pid_t pid, const char *name, const char *file_name) {
  char path[64], line[256];
  long kb = 0;
  snprintf(path, sizeof path, "/proc/%d/%s", pid, file_name);
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  while (fgets(line, sizeof line, file))
    if (!strncmp(line, name, strlen(name)) && sscanf(line + strlen(name), ": %ld", &kb) == 1) break;
  fclose(file);
  return kb;
}

/* ---- figures ---- */

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double share(double *values, int count, double part) {
  if (count == 0) return 0;
  qsort(values, (size_t)count, sizeof *values, by_size);
  int index = (int)(part * (count - 1) + 0.5);
  return values[index];
}

static void report(const char *name, double *values, int count) {
  printf("%s_p50=%.0f\n", name, share(values, count, 0.5));
  printf("%s_p95=%.0f\n", name, share(values, count, 0.95));
  printf("%s_max=%.0f\n", name, share(values, count, 1));
}

/* Presses `key` `count` times, waiting for quiet after each; 5 more at the start do not count. */
static void measure_key(program *p, const char *name, const char *key, int count) {
  double *times = calloc((size_t)count, sizeof *times), *bytes = calloc((size_t)count, sizeof *bytes);
  char title[64];
  int answered = 0;
  for (int i = -5; i < count; i++) {
    double begin = now_us();
    say(p, key);
    burst b = read_burst(p, settle_ms, 500);
    if (i < 0 || b.bytes == 0) continue;
    times[answered] = b.last - begin;
    bytes[answered] = (double)b.bytes;
    answered++;
  }
  printf("%s_answered=%d\n", name, answered);
  snprintf(title, sizeof title, "%s_us", name);
  report(title, times, answered);
  snprintf(title, sizeof title, "%s_bytes", name);
  report(title, bytes, answered);
  free(times);
  free(bytes);
}

static int whole(char **command, int runs) {
  double *times = calloc((size_t)runs, sizeof *times), *cpu = calloc((size_t)runs, sizeof *cpu);
  double resident = 0;
  int failures = 0;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  for (int i = -2; i < runs; i++) {
    double begin = now_us();
    pid_t pid;
    int failed = posix_spawnp(&pid, command[0], &files, NULL, command, environ);
    if (failed) {
      errno = failed;
      die(command[0]);
    }
    struct rusage usage;
    int status;
    while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {}
    if (i < 0) continue;
    if (status != 0) failures++;
    times[i] = now_us() - begin;
    cpu[i] = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec +
             usage.ru_stime.tv_usec;
    if ((double)usage.ru_maxrss > resident) resident = (double)usage.ru_maxrss;
  }
  report("whole_us", times, runs);
  report("whole_cpu_us", cpu, runs);
  printf("whole_rss_kb=%.0f\nfailures=%d\n", resident, failures);
  free(times);
  free(cpu);
  return failures > 0;
}

/* ---- the command line ---- */

static char *unescaped(const char *text) {
  char *result = malloc(strlen(text) + 1), *out = result;
  if (!result) die("malloc");
  for (; *text; text++) {
    if (*text != '\\' || !text[1]) {
      *out++ = *text;
      continue;
    }
    text++;
    if (*text == 'x' && isxdigit((unsigned char)text[1]) && isxdigit((unsigned char)text[2])) {
      char digits[3] = {text[1], text[2], 0};
      *out++ = (char)strtol(digits, NULL, 16);
      text += 2;
    } else {
      *out++ = *text == 'e' ? 27 : *text == 'r' ? '\r' : *text == 't' ? '\t' : *text;
    }
  }
  *out = 0;
  return result;
}

int main(int argc, char **argv) {
  int runs = 15, keys = 200, pages = 20, idle = 2, whole_runs = 0;
  const char *before = "", *key = NULL, *page = NULL;
  int i = 1;
  for (; i + 1 < argc && strcmp(argv[i], "--"); i += 2) {
    const char *name = argv[i], *value = argv[i + 1];
    if (!strcmp(name, "--runs")) runs = atoi(value);
    else if (!strcmp(name, "--keys")) keys = atoi(value);
    else if (!strcmp(name, "--pages")) pages = atoi(value);
    else if (!strcmp(name, "--idle")) idle = atoi(value);
    else if (!strcmp(name, "--settle")) settle_ms = atoi(value);
    else if (!strcmp(name, "--whole")) whole_runs = atoi(value);
    else if (!strcmp(name, "--marker")) marker = unescaped(value);
    else if (!strcmp(name, "--before")) before = unescaped(value);
    else if (!strcmp(name, "--key")) key = unescaped(value);
    else if (!strcmp(name, "--page")) page = unescaped(value);
    else {
      fprintf(stderr, "drive: unknown option %s\n", name);
      return 2;
    }
  }
  if (i + 1 >= argc || strcmp(argv[i], "--") || runs < 1 || runs > 10000) {
    fprintf(stderr, "usage: drive [options] -- PROGRAM [ARGUMENT]...\n");
    return 2;
  }
  char **command = argv + i + 1;
  setenv("TERM", "xterm-256color", 1);
  if (whole_runs > 0) return whole(command, whole_runs);

  double *first = calloc((size_t)runs, sizeof *first), *paint = calloc((size_t)runs, sizeof *paint);
  double *settled = calloc((size_t)runs, sizeof *settled);
  burst b = {0};
  for (int run = -2; run < runs; run++) {
    double begin = now_us();
    program p = start(command);
    b = read_burst(&p, settle_ms, 5000);
    if (run >= 0) {
      first[run] = b.first - begin;
      settled[run] = b.last - begin;
      paint[run] = (marker && b.marked ? b.marked : b.last) - begin;
    }
    if (b.bytes == 0) {
      fprintf(stderr, "drive: %s painted nothing\n", command[0]);
      return 1;
    }
    stop(&p);
  }
  report("first_byte_us", first, runs);
  report("paint_us", paint, runs);
  report("settled_us", settled, runs);
  printf("start_bytes=%ld\nstart_cells=%ld\n", b.bytes, b.cells);
  if (marker) printf("marker_found=%d\n", b.marked > 0);

  program p = start(command);
  read_burst(&p, settle_ms * 4, 5000);
  for (const char *one = before; *one;) {
    /* One key: a character, or an escape sequence up to its letter. */
    char press[16] = {0};
    size_t length = 0;
    press[length++] = *one++;
    if (press[0] == 27)
      while (*one && length < sizeof press - 1) {
        press[length++] = *one++;
        if (length > 2 && isalpha((unsigned char)press[length - 1])) break;
      }
    say(&p, press);
    read_burst(&p, settle_ms * 4, 500);
  }
  if (key) measure_key(&p, "key", key, keys);
  if (page) measure_key(&p, "page", page, pages);
  read_burst(&p, 500, 500);
  double cpu = cpu_ns(p.pid), begin = now_us();
  long bytes = 0;
  while (now_us() - begin < idle * 1e6)
    bytes += read_burst(&p, 1, (int)((begin + idle * 1e6 - now_us()) / 1000) + 1).bytes;
  printf("idle_bytes=%ld\nidle_cpu_us=%.0f\n", bytes, (cpu_ns(p.pid) - cpu) / 1e3);
  printf("rss_kb=%ld\n", memory_kb(p.pid, "VmRSS", "status"));
  printf("pss_kb=%ld\n", memory_kb(p.pid, "Pss", "smaps_rollup"));
  if (p.ended) fprintf(stderr, "drive: %s ended by itself\n", command[0]);
  int code = p.ended;
  stop(&p);
  return code;
}
