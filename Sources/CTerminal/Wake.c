#define _GNU_SOURCE 1
#include "CTerminal.h"
#include <sys/eventfd.h>
#include <unistd.h>

int ct_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void ct_eventfd_signal(int fd) {
  uint64_t one = 1;
  ssize_t written = write(fd, &one, sizeof one);
  (void)written;   /* EAGAIN: it is raised already */
}

void ct_eventfd_drain(int fd) {
  uint64_t count;
  ssize_t got = read(fd, &count, sizeof count);
  (void)got;       /* EAGAIN: nobody raised it */
}
