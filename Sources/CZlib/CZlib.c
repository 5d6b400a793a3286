#include "CZlib.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int cz_inflate(const uint8_t *packed, size_t count, uint8_t *out, size_t room, size_t *length) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    *length = 0;
    if (count > UINT_MAX || room > UINT_MAX || inflateInit2(&stream, -MAX_WBITS) != Z_OK) return CZ_DAMAGED;
    stream.next_in = (Bytef *)packed;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    int result = inflate(&stream, Z_FINISH);
    *length = room - stream.avail_out;
    uInt left = stream.avail_out;
    inflateEnd(&stream);
    if (result == Z_STREAM_END) return CZ_DONE;
    return (result == Z_BUF_ERROR || result == Z_OK) && left == 0 ? CZ_NO_ROOM : CZ_DAMAGED;
}

/* 16 more window bits: zlib's sign for gzip's head and tail. */
enum { gzip_bits = MAX_WBITS + 16 };

struct cz_stream {
    z_stream z;
    bool packs;
};

size_t cz_gzip_bound(size_t count) {
    /* zlib's own bound for stored blocks with the default memory, and gzip's 18 bytes. */
    return count + (count >> 12) + (count >> 14) + (count >> 25) + 64;
}

int cz_gzip(const uint8_t *plain, size_t count, int level, uint8_t *out, size_t room, size_t *length) {
    size_t used = 0;
    *length = 0;
    cz_stream *stream = cz_gzip_begin(level);
    if (!stream) return CZ_NO_ROOM;
    int result = cz_step(stream, plain, count, &used, out, room, length, true);
    cz_end(stream);
    return result;
}

cz_stream *cz_gzip_begin(int level) {
    cz_stream *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    stream->packs = true;
    if (deflateInit2(&stream->z, level, Z_DEFLATED, gzip_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK) return stream;
    free(stream);
    return NULL;
}

cz_stream *cz_gunzip_begin(void) {
    cz_stream *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    if (inflateInit2(&stream->z, gzip_bits) == Z_OK) return stream;
    free(stream);
    return NULL;
}

int cz_step(cz_stream *stream, const uint8_t *in, size_t count, size_t *used, uint8_t *out,
            size_t room, size_t *length, bool last) {
    z_stream *z = &stream->z;
    /* zlib counts in 32 bits: what is above comes with the next turn. */
    size_t fed = 0, filled = 0;
    int result = Z_OK;
    do {
        uInt feed = count - fed > UINT_MAX ? UINT_MAX : (uInt)(count - fed);
        uInt fill = room - filled > UINT_MAX ? UINT_MAX : (uInt)(room - filled);
        z->next_in = (Bytef *)(in ? in + fed : NULL);
        z->avail_in = feed;
        z->next_out = out ? out + filled : NULL;
        z->avail_out = fill;
        bool ends = last && fed + feed == count;
        result = stream->packs ? deflate(z, ends ? Z_FINISH : Z_NO_FLUSH) : inflate(z, Z_NO_FLUSH);
        fed += feed - z->avail_in;
        filled += fill - z->avail_out;
    } while (result == Z_OK && filled < room && (fed < count || (stream->packs && last)));
    *used = fed;
    *length = filled;
    if (result == Z_STREAM_END) return CZ_DONE;
    if (result != Z_OK && result != Z_BUF_ERROR) return CZ_DAMAGED;
    return filled == room ? CZ_NO_ROOM : CZ_HUNGRY;
}

void cz_end(cz_stream *stream) {
    if (!stream) return;
    if (stream->packs) deflateEnd(&stream->z); else inflateEnd(&stream->z);
    free(stream);
}
