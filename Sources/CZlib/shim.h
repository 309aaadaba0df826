#ifndef ENDSTATE_CZLIB_SHIM_H
#define ENDSTATE_CZLIB_SHIM_H

#include <zlib.h>

#endif
