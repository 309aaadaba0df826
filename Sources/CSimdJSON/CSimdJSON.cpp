#include "CSimdJSON.h"

#include <new>
#include <simdjson.h>

struct endstate_json {
    simdjson::dom::parser parser;
    simdjson::error_code error = simdjson::SUCCESS;
};

extern "C" {

endstate_json *endstate_json_parse(const uint8_t *bytes, size_t length, size_t max_depth) {
    auto *document = new (std::nothrow) endstate_json;
    if (document == nullptr) {
        return nullptr;
    }
    document->error = document->parser.allocate(length == 0 ? 1 : length, max_depth);
    if (document->error == simdjson::SUCCESS) {
        document->error = document->parser.parse(bytes, length, true).error();
    }
    return document;
}

const char *endstate_json_error(const endstate_json *document) {
    return document->error == simdjson::SUCCESS ? nullptr : simdjson::error_message(document->error);
}

const uint64_t *endstate_json_tape(const endstate_json *document) {
    return document->parser.doc.tape.get();
}

const uint8_t *endstate_json_strings(const endstate_json *document) {
    return document->parser.doc.string_buf.get();
}

void endstate_json_free(endstate_json *document) {
    delete document;
}
}
