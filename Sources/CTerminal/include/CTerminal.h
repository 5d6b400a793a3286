#ifndef LIFEOS_C_TERMINAL_H
#define LIFEOS_C_TERMINAL_H

/* The thin C under the Terminal floor: ncurses as a painter, raw mode, signals, processes.
   No feature macro is defined here: this header is imported by Swift. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Painter.c: ncurses draws into memory; what it would have written is handed over as bytes. */

enum {
  CT_BOLD = 1, CT_DIM = 2, CT_ITALIC = 4, CT_UNDERLINE = 8, CT_REVERSE = 16
};

typedef struct ct_painter ct_painter;

/* The compiled entry `lifeos-direct` (terminfo/lifeos-direct.ti), as TERMINFO takes it inline. */
const char *ct_direct_entry(void);

/* Selects a UTF-8 character type for this process. False where the system has none. */
bool ct_choose_utf8(void);
/* Columns by the system's table; -1 for what it does not print. */
int ct_width(uint32_t scalar);

/* `entry` is an inline terminfo database or NULL. NULL where the terminal is not known. */
ct_painter *ct_painter_open(const char *term, const char *entry, int rows, int columns, bool colours);
void ct_painter_close(ct_painter *painter);
/* The painter that the calls below speak of. */
void ct_painter_select(ct_painter *painter);
int ct_painter_colours(ct_painter *painter);
int ct_painter_pairs(ct_painter *painter);
/* Defines a pair; -1 is the terminal's own colour. */
bool ct_painter_define(ct_painter *painter, int pair, int foreground, int background);
/* Empties the window, and with `rows` > 0 gives it a new size; the next flush paints everything. */
void ct_painter_reset(ct_painter *painter, int rows, int columns);
/* One cell of the painter selected last: a spacing scalar and up to four combining ones, ended by 0. */
bool ct_painter_put(
    ct_painter *painter, int y, int x, const uint32_t *scalars, uint32_t attributes, int pair);
/* The whole row is sent again by the next flush. */
void ct_painter_repeat_row(ct_painter *painter, int y);
/* The next flush paints everything. */
void ct_painter_repeat(ct_painter *painter);
void ct_painter_cursor(ct_painter *painter, int y, int x);
void ct_painter_show_cursor(ct_painter *painter, bool visible);
/* The bytes that bring the terminal up to date; valid until the next call. */
const uint8_t *ct_painter_flush(ct_painter *painter, size_t *count);
/* The bytes that give the screen back; a later flush takes it again. */
const uint8_t *ct_painter_leave(ct_painter *painter, size_t *count);
/* A string capability of the terminal; NULL where it has none. */
const char *ct_painter_capability(ct_painter *painter, const char *name);

/* Tty.c: the terminal's modes, and giving it back on every way out. */

bool ct_is_terminal(int fd);
/* Raw mode. The modes found first are kept for ever: they are what is restored. */
bool ct_tty_take(int fd);
/* Back to the modes found first; `discard` drops what was typed and not read. */
void ct_tty_give(bool discard);
/* The character that erases, as the terminal was set when found; 0 where there is none. */
uint8_t ct_tty_erase(void);
bool ct_tty_size(int *rows, int *columns);
/* Writes everything. False when the terminal is gone or, stalled, when a signal asks to end; the
   last bytes of all are given up after half a second. */
bool ct_tty_write(const uint8_t *bytes, size_t count, bool is_last);
/* What exit, a trap or an abort writes before the modes are restored; count 0 for nothing. */
void ct_tty_arm(const uint8_t *bytes, size_t count);
/* Writes that, once, and restores the modes. Async-signal-safe. */
void ct_tty_farewell(void);

/* Signals.c */

enum { CT_HANG_UP = 1, CT_TERMINATE, CT_INTERRUPT, CT_RESIZE, CT_STOP, CT_CONTINUE };

/* Starts to catch signals and traps; returns the descriptor that hands over CT_ codes, or -1. */
int ct_signals_start(void);
void ct_signals_end(void);
/* The next code, or 0. */
int ct_signals_next(void);
/* True while a signal that ends the program waits to be read. */
bool ct_signals_ending(void);
/* Stops the whole job as the shell expects; returns when it is continued. */
void ct_stop_job(void);
/* While another program has the terminal, its keys are not ours. */
void ct_signals_yield(bool yielded);

/* Wake.c: a descriptor that other threads make readable. */

int ct_eventfd(void);
void ct_eventfd_signal(int fd);
void ct_eventfd_drain(int fd);

#endif
