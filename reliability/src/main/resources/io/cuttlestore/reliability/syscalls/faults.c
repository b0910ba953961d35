/*
 * Stands before libc and lets one call on the files of a store fail: the Nth of a kind. FAULTS_STORES is the folder of the
 * stores, FAULTS_PLAN a file that the process maps as well: it says what is to fail, and learns what did. Nothing loses power
 * here, so nothing is brought to the disk.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { NONE, OPEN, READ, WRITE, SYNC, SYNC_FOLDER, RENAME, TRUNCATE, UNLINK, MKDIR, LINK, STAT, LOCK, LIST };

struct plan {
    int32_t kind;
    int32_t number;
    int32_t error; /* SHORT for a write of a part only */
    int32_t seen;
    int32_t fired;
};

#define SHORT 1000
#define MOST_FILES 65536
#define NEXT(name, result, ...)                                              \
    static result (*next)(__VA_ARGS__);                                      \
    if (next == NULL) next = (result (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, name)

static struct plan *plan;
static const char *stores;
static unsigned char is_ours[MOST_FILES];

__attribute__((constructor)) static void map_plan(void) {
    const char *file = getenv("FAULTS_PLAN");
    int (*open_next)(const char *, int, ...) = (int (*)(const char *, int, ...)) dlsym(RTLD_NEXT, "open64");
    int fd = file == NULL ? -1 : open_next(file, O_RDWR);
    void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(struct plan), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) {
        return;
    }
    stores = getenv("FAULTS_STORES");
    plan = mapped;
}

static int in_store(const char *path) {
    return plan != NULL && stores != NULL && strncmp(path, stores, strlen(stores)) == 0;
}

static int is_store_file(int fd) {
    return plan != NULL && fd >= 0 && fd < MOST_FILES && is_ours[fd];
}

/* Whether this call is the one; errno then says why it fails. */
static int fails(enum kind kind) {
    if (plan->kind != (int32_t) kind || __sync_add_and_fetch(&plan->seen, 1) != plan->number) {
        return 0;
    }
    plan->fired = 1;
    errno = plan->error;
    return 1;
}

static int opened(const char *path, int fd) {
    if (fd >= 0 && fd < MOST_FILES) {
        is_ours[fd] = in_store(path);
    }
    return fd;
}

#define OPENING(name)                                                         \
    int name(const char *path, int flags, ...) {                              \
        mode_t mode = 0;                                                      \
        if (flags & (O_CREAT | O_TMPFILE)) {                                  \
            va_list more;                                                     \
            va_start(more, flags);                                            \
            mode = va_arg(more, mode_t);                                      \
            va_end(more);                                                     \
        }                                                                     \
        NEXT(#name, int, const char *, int, ...);                             \
        return in_store(path) && fails(OPEN) ? -1 : opened(path, next(path, flags, mode)); \
    }
OPENING(open)
OPENING(open64)

int close(int fd) {
    NEXT("close", int, int);
    if (fd >= 0 && fd < MOST_FILES) {
        is_ours[fd] = 0;
    }
    return next(fd);
}

DIR *opendir(const char *path) {
    NEXT("opendir", DIR *, const char *);
    return in_store(path) && fails(LIST) ? NULL : next(path);
}

ssize_t read(int fd, void *bytes, size_t size) {
    NEXT("read", ssize_t, int, void *, size_t);
    return is_store_file(fd) && fails(READ) ? -1 : next(fd, bytes, size);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t at) {
    NEXT("pread64", ssize_t, int, void *, size_t, off64_t);
    return is_store_file(fd) && fails(READ) ? -1 : next(fd, bytes, size, at);
}

static size_t part(size_t size) {
    return size > 1 ? size / 2 : size;
}

ssize_t write(int fd, const void *bytes, size_t size) {
    NEXT("write", ssize_t, int, const void *, size_t);
    if (is_store_file(fd) && fails(WRITE)) {
        return plan->error == SHORT ? next(fd, bytes, part(size)) : -1;
    }
    return next(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    NEXT("pwrite64", ssize_t, int, const void *, size_t, off64_t);
    if (is_store_file(fd) && fails(WRITE)) {
        return plan->error == SHORT ? next(fd, bytes, part(size), at) : -1;
    }
    return next(fd, bytes, size, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    NEXT("writev", ssize_t, int, const struct iovec *, int);
    if (is_store_file(fd) && fails(WRITE)) {
        return plan->error == SHORT ? next(fd, parts, part(count)) : -1;
    }
    return next(fd, parts, count);
}

/* By a system call of its own, since fstat64 below is one that may have to fail. */
static enum kind sync_of(int fd) {
    struct stat status;
    return syscall(SYS_fstat, fd, &status) == 0 && S_ISDIR(status.st_mode) ? SYNC_FOLDER : SYNC;
}

int fsync(int fd) {
    NEXT("fsync", int, int);
    return !is_store_file(fd) ? next(fd) : fails(sync_of(fd)) ? -1 : 0;
}

int fdatasync(int fd) {
    NEXT("fdatasync", int, int);
    return !is_store_file(fd) ? next(fd) : fails(sync_of(fd)) ? -1 : 0;
}

int ftruncate64(int fd, off64_t size) {
    NEXT("ftruncate64", int, int, off64_t);
    return is_store_file(fd) && fails(TRUNCATE) ? -1 : next(fd, size);
}

int rename(const char *from, const char *to) {
    NEXT("rename", int, const char *, const char *);
    return in_store(to) && fails(RENAME) ? -1 : next(from, to);
}

int link(const char *from, const char *to) {
    NEXT("link", int, const char *, const char *);
    return in_store(to) && fails(LINK) ? -1 : next(from, to);
}

int unlink(const char *path) {
    NEXT("unlink", int, const char *);
    return in_store(path) && fails(UNLINK) ? -1 : next(path);
}

int rmdir(const char *path) {
    NEXT("rmdir", int, const char *);
    return in_store(path) && fails(UNLINK) ? -1 : next(path);
}

int mkdir(const char *path, mode_t mode) {
    NEXT("mkdir", int, const char *, mode_t);
    return in_store(path) && fails(MKDIR) ? -1 : next(path, mode);
}

int access(const char *path, int mode) {
    NEXT("access", int, const char *, int);
    return in_store(path) && fails(STAT) ? -1 : next(path, mode);
}

int stat64(const char *path, struct stat64 *status) {
    NEXT("stat64", int, const char *, struct stat64 *);
    return in_store(path) && fails(STAT) ? -1 : next(path, status);
}

int lstat64(const char *path, struct stat64 *status) {
    NEXT("lstat64", int, const char *, struct stat64 *);
    return in_store(path) && fails(STAT) ? -1 : next(path, status);
}

int fstat64(int fd, struct stat64 *status) {
    NEXT("fstat64", int, int, struct stat64 *);
    return is_store_file(fd) && fails(STAT) ? -1 : next(fd, status);
}

/* What libraries that were built with an older libc call for the same. */
int __xstat64(int version, const char *path, struct stat64 *status) {
    NEXT("__xstat64", int, int, const char *, struct stat64 *);
    return in_store(path) && fails(STAT) ? -1 : next(version, path, status);
}

int __lxstat64(int version, const char *path, struct stat64 *status) {
    NEXT("__lxstat64", int, int, const char *, struct stat64 *);
    return in_store(path) && fails(STAT) ? -1 : next(version, path, status);
}

int __fxstat64(int version, int fd, struct stat64 *status) {
    NEXT("__fxstat64", int, int, int, struct stat64 *);
    return is_store_file(fd) && fails(STAT) ? -1 : next(version, fd, status);
}

int fcntl(int fd, int command, ...) {
    va_list more;
    va_start(more, command);
    void *argument = va_arg(more, void *);
    va_end(more);
    NEXT("fcntl", int, int, int, ...);
    int locks = command == F_SETLK && ((struct flock *) argument)->l_type != F_UNLCK;
    return locks && is_store_file(fd) && fails(LOCK) ? -1 : next(fd, command, argument);
}
