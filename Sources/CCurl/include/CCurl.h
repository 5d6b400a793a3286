#ifndef CCURL_H
#define CCURL_H
#include <stdbool.h>
/* Loads libcurl; false where it is missing. */
bool cc_load(void);
#endif
