/* Stands before libc and lets fsync and fdatasync do nothing: on files if NOSYNC is "files", on folders if it is "folders". */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int is_skipped(int fd) {
    const char *what = getenv("NOSYNC");
    struct stat status;
    if (what == NULL || fstat(fd, &status) != 0) {
        return 0;
    }
    return strcmp(what, S_ISDIR(status.st_mode) ? "folders" : "files") == 0;
}

int fsync(int fd) {
    int (*next)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    return is_skipped(fd) ? 0 : next(fd);
}

int fdatasync(int fd) {
    int (*next)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    return is_skipped(fd) ? 0 : next(fd);
}
