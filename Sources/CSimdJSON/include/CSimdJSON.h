#ifndef ENDSTATE_CSIMDJSON_H
#define ENDSTATE_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parsed document: owns the tape and the string buffer until `endstate_json_free`.
typedef struct endstate_json endstate_json;

/// Parses `length` bytes (no padding needed: they are copied). Returns NULL when out of memory.
endstate_json *endstate_json_parse(const uint8_t *bytes, size_t length, size_t max_depth);

/// NULL when the document is valid, else a static sentence saying why it is not.
const char *endstate_json_error(const endstate_json *document);

/// The tape, laid out as simdjson's doc/tape.md says; valid only when there is no error.
const uint64_t *endstate_json_tape(const endstate_json *document);

/// The string buffer that the tape's string offsets refer to.
const uint8_t *endstate_json_strings(const endstate_json *document);

void endstate_json_free(endstate_json *document);

#ifdef __cplusplus
}
#endif

#endif
