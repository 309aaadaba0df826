#ifndef ENDSTATE_CSANDBOXSCHEMA_H
#define ENDSTATE_CSANDBOXSCHEMA_H

#include <stddef.h>
#include <stdint.h>

/// A text that is part of the program: valid as long as it runs.
typedef struct {
    const uint8_t *bytes;
    size_t length;
} endstate_schema_text;

/// kubernetes.schema: Kubernetes' own types and resources, as an API server publishes them.
endstate_schema_text endstate_schema_kubernetes(void);

/// kubernetes-additions.schema: what came later.
endstate_schema_text endstate_schema_additions(void);

#endif
