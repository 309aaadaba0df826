#ifndef ENDSTATE_CLIBGIT2_SHIM_H
#define ENDSTATE_CLIBGIT2_SHIM_H

#include <git2.h>
#include <git2/odb_backend.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/stream.h>
#include <netinet/tcp.h>

/* Swift cannot call a variadic C function: one wrapper for each option that is used. */

static inline int endstate_git_set_certificates(const char *file) {
    return git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, (const char *)0);
}

static inline int endstate_git_set_open_pack_limit(size_t files) {
    return git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, files);
}

static inline int endstate_git_set_extensions(const char **names, size_t count) {
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

/*
 * A socket stream of our own. The first four members are laid out as libgit2's own socket stream (streams/socket.h),
 * because its ssh transport takes the file descriptor straight out of the structure.
 */
struct endstate_socket_stream {
    git_stream parent;
    char *host;
    char *port;
    int descriptor;
    void *transfer;
};

#endif
