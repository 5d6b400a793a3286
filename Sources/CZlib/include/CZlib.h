#ifndef C_ZLIB_H
#define C_ZLIB_H
#include <stddef.h>
#include <stdint.h>

enum { CZ_DONE = 0, CZ_DAMAGED = 1, CZ_NO_ROOM = 2 };

/* Unpacks raw DEFLATE data (RFC 1951) of `count` bytes into `out`; `length` is what was written.
   CZ_NO_ROOM where there is more than `room` bytes of it. */
int cz_inflate(const uint8_t *packed, size_t count, uint8_t *out, size_t room, size_t *length);

#endif
