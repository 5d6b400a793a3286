#ifndef CVTERM_SHIM_H
#define CVTERM_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A terminal emulator and pseudo-terminals for tests: libvterm with its unions flattened. */

typedef struct vt_screen vt_screen;

enum { VT_SCALARS = 6 };

typedef struct {
  uint32_t scalars[VT_SCALARS];   /* ended by 0 */
  int width;                      /* 0: the second half of a wide character */
  bool bold, underline, italic, blink, reverse, strike;
  int32_t foreground, background; /* -1 default, 0..255 palette, 0x1000000 | rgb */
} vt_cell;

typedef struct {
  int row, column;
  bool alternate, cursor_visible;
  int bells;
} vt_state;

vt_screen *vt_screen_new(int rows, int columns);
void vt_screen_free(vt_screen *screen);
void vt_screen_resize(vt_screen *screen, int rows, int columns);
void vt_screen_write(vt_screen *screen, const char *bytes, size_t count);
/* What the terminal answers to queries. */
size_t vt_screen_read(vt_screen *screen, char *bytes, size_t capacity);
bool vt_screen_cell(vt_screen *screen, int row, int column, vt_cell *cell);
vt_state vt_screen_state(vt_screen *screen);

/* The master of a new pseudo-terminal; `name` is its other end. -1 where there is none. */
int vt_open_terminal(char *name, size_t capacity);
void vt_set_size(int fd, int rows, int columns);
/* Starts a program with the terminal `name` as its controlling one. Its process id, or -1. */
int vt_spawn(const char *path, char *const arguments[], char *const variables[], const char *name);
/* Holds back the output of the terminal `name`, as Ctrl-S does. */
bool vt_stall(const char *name);
/* The modes of the terminal are those of a shell: echo and lines. */
bool vt_is_cooked(int fd);

#endif
