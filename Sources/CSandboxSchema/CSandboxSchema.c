#include "CSandboxSchema.h"

static const uint8_t kubernetes[] = {
#embed "kubernetes.schema"
};

static const uint8_t additions[] = {
#embed "kubernetes-additions.schema"
};

endstate_schema_text endstate_schema_kubernetes(void) {
    return (endstate_schema_text){kubernetes, sizeof kubernetes};
}

endstate_schema_text endstate_schema_additions(void) {
    return (endstate_schema_text){additions, sizeof additions};
}
