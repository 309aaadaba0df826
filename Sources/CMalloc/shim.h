#ifndef ENDSTATE_CMALLOC_SHIM_H
#define ENDSTATE_CMALLOC_SHIM_H

#include <malloc.h>

#endif
