#include "CCurl.h"
bool cc_load(void) { return false; }
