#ifndef C_ZLIB_H
#define C_ZLIB_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CZ_DONE = 0,
    CZ_DAMAGED = 1,
    CZ_NO_ROOM = 2,
    /* A stream has taken all that it was given and waits for more. */
    CZ_HUNGRY = 3
};

/* Unpacks raw DEFLATE data (RFC 1951) of `count` bytes into `out`; `length` is what was written.
   CZ_NO_ROOM where there is more than `room` bytes of it. */
int cz_inflate(const uint8_t *packed, size_t count, uint8_t *out, size_t room, size_t *length);

/* The most bytes that `count` bytes can become by cz_gzip. */
size_t cz_gzip_bound(size_t count);

/* Packs `count` bytes in the gzip format (RFC 1952); `level` 1 (fast) ... 9 (small). CZ_NO_ROOM where
   `room` does not suffice, which it does from cz_gzip_bound(count) on. */
int cz_gzip(const uint8_t *plain, size_t count, int level, uint8_t *out, size_t room, size_t *length);

/* A gzip stream, packed or unpacked piece by piece. */
typedef struct cz_stream cz_stream;

/* NULL where there is no memory. */
cz_stream *cz_gzip_begin(int level);
cz_stream *cz_gunzip_begin(void);

/* Takes `used` of the `count` bytes of `in` and writes `length` of at most `room` bytes to `out`.
   CZ_NO_ROOM: call again with new room and what is left of `in`. CZ_HUNGRY: all was taken; call again
   with more. CZ_DONE: the stream has ended (what is left of `in` does not belong to it). CZ_DAMAGED:
   no gzip. `last`, for packing: nothing comes behind `in`. */
int cz_step(cz_stream *stream, const uint8_t *in, size_t count, size_t *used, uint8_t *out,
            size_t room, size_t *length, bool last);

void cz_end(cz_stream *stream);

#endif
