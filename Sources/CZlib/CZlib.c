#include "CZlib.h"
#include <limits.h>
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
