/*
 * Stands before libc and sets the wall clock of a process, and only that: monotonic time goes on. CLOCK_OFFSET is a file of
 * one number, which the process maps as well: by how many milliseconds the clock is wrong.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *offset;

__attribute__((constructor)) static void map_offset(void) {
    const char *file = getenv("CLOCK_OFFSET");
    int fd = file == NULL ? -1 : open(file, O_RDONLY);
    void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED) {
        offset = mapped;
    }
}

static int64_t millis(void) {
    return offset == NULL ? 0 : *offset;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*next)(clockid_t, struct timespec *);
    if (next == NULL) {
        next = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
    }
    int result = next(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) {
        int64_t wrong = millis();
        int64_t nanos = now->tv_nsec + wrong % 1000 * 1000000;
        now->tv_sec += wrong / 1000 + (nanos >= 1000000000) - (nanos < 0);
        now->tv_nsec = nanos >= 1000000000 ? nanos - 1000000000 : nanos < 0 ? nanos + 1000000000 : nanos;
    }
    return result;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec time;
    (void) zone;
    int result = clock_gettime(CLOCK_REALTIME, &time);
    now->tv_sec = time.tv_sec;
    now->tv_usec = time.tv_nsec / 1000;
    return result;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where != NULL) {
        *where = now.tv_sec;
    }
    return now.tv_sec;
}
