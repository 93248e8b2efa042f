/* A library that comes before the C library in the server of a torture run (LD_PRELOAD): it lets the disk below one folder
 * and the wall clock go wrong as faults.py tells it to, through a small file that both have mapped, and has the system keep
 * little for clients that do not read. Whatever it is not told goes to the C library untouched; what it is told it finds out
 * at each call, so that a fault begins and ends at once. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* The same as Told in faults.py. */
struct told {
    int64_t room;        /* bytes that may still be written, below 0: no end of them */
    int64_t read_only;
    int64_t fsync_fails;
    int64_t fsync_us;    /* that each fsync takes longer */
    int64_t clock_ns;    /* that the wall clock is off */
};

static volatile struct told *told;
static const char *below;

__attribute__((constructor)) static void begin(void) {
    const char *control = getenv("CALLBOARD_FAULTS");
    int file = control ? open(control, O_RDWR | O_CLOEXEC) : -1;
    void *map = MAP_FAILED;
    below = getenv("CALLBOARD_FAULTS_BELOW");
    if (file < 0 || !below) return;
    map = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (map != MAP_FAILED) told = map;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* -- whose file it is ---------------------------------------------------------------------------------------------- */

static int is_below(const char *path) {
    size_t length = strlen(below);
    return strncmp(path, below, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static int is_ours(int file) {
    char link[64], path[PATH_MAX];
    ssize_t length;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = '\0';
    return is_below(path);
}

/* A name as it was given: absolute, or in the working folder. */
static int is_named_ours(int folder, const char *path) {
    char whole[PATH_MAX * 2];
    if (path[0] == '/') return is_below(path);
    if (folder != AT_FDCWD || !getcwd(whole, PATH_MAX)) return 0;
    strncat(whole, "/", sizeof whole - strlen(whole) - 1);
    strncat(whole, path, sizeof whole - strlen(whole) - 1);
    return is_below(whole);
}

/* -- what goes wrong ------------------------------------------------------------------------------------------------ */

/* The errno of a write of so many bytes, or 0. */
static int refusal(int file, int64_t size) {
    if (!told || (told->room < 0 && !told->read_only) || !is_ours(file)) return 0;
    if (told->read_only) return EROFS;
    for (;;) {
        int64_t room = told->room;
        if (room < 0) return 0;
        if (room < size) return ENOSPC;
        if (__sync_bool_compare_and_swap(&told->room, room, room - size)) return 0;
    }
}

static int may_not_open(int folder, const char *path, int flags) {
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
    return told && told->read_only && writes && is_named_ours(folder, path);
}

static int synced(int file, int result) {
    if (!told || (!told->fsync_us && !told->fsync_fails) || !is_ours(file)) return result;
    if (told->fsync_us) usleep((useconds_t)told->fsync_us);
    if (!told->fsync_fails) return result;
    errno = EIO;
    return -1;
}

#define UNLESS(error, call) do { \
    int found = (error); \
    if (!found) return call; \
    errno = found; \
    return -1; \
} while (0)

/* -- the disk ------------------------------------------------------------------------------------------------------- */

ssize_t write(int file, const void *bytes, size_t size) {
    REAL(write);
    UNLESS(refusal(file, (int64_t)size), real(file, bytes, size));
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
    REAL(pwrite);
    UNLESS(refusal(file, (int64_t)size), real(file, bytes, size, at));
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at) {
    REAL(pwrite64);
    UNLESS(refusal(file, (int64_t)size), real(file, bytes, size, at));
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    int64_t size = 0;
    REAL(writev);
    for (int part = 0; part < count; part++) size += (int64_t)parts[part].iov_len;
    UNLESS(refusal(file, size), real(file, parts, count));
}

/* How much longer a file would become; making one shorter needs no room. */
static int64_t growth(int file, int64_t size) {
    struct stat was;
    return fstat(file, &was) == 0 && size > was.st_size ? size - was.st_size : 0;
}

int ftruncate(int file, off_t size) {
    REAL(ftruncate);
    UNLESS(refusal(file, growth(file, size)), real(file, size));
}

int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    UNLESS(refusal(file, growth(file, size)), real(file, size));
}

int fallocate(int file, int mode, off_t from, off_t size) {
    REAL(fallocate);
    UNLESS(refusal(file, growth(file, from + size)), real(file, mode, from, size));
}

int posix_fallocate(int file, off_t from, off_t size) { /* says its error itself */
    REAL(posix_fallocate);
    int found = refusal(file, growth(file, from + size));
    return found ? found : real(file, from, size);
}

int fsync(int file) {
    REAL(fsync);
    return synced(file, real(file));
}

int fdatasync(int file) {
    REAL(fdatasync);
    return synced(file, real(file));
}

int unlink(const char *path) {
    REAL(unlink);
    UNLESS(told && told->read_only && is_named_ours(AT_FDCWD, path) ? EROFS : 0, real(path));
}

/* -- opening: the mode is there only where a file may be made ------------------------------------------------------- */

#define MODE(mode) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) {
    REAL(open);
    MODE(mode);
    UNLESS(may_not_open(AT_FDCWD, path, flags) ? EROFS : 0, real(path, flags, mode));
}

int open64(const char *path, int flags, ...) {
    REAL(open64);
    MODE(mode);
    UNLESS(may_not_open(AT_FDCWD, path, flags) ? EROFS : 0, real(path, flags, mode));
}

int openat(int folder, const char *path, int flags, ...) {
    REAL(openat);
    MODE(mode);
    UNLESS(may_not_open(folder, path, flags) ? EROFS : 0, real(folder, path, flags, mode));
}

int openat64(int folder, const char *path, int flags, ...) {
    REAL(openat64);
    MODE(mode);
    UNLESS(may_not_open(folder, path, flags) ? EROFS : 0, real(folder, path, flags, mode));
}

/* -- the network: the system keeps up to 4 MB for a client that does not read, and the server would never notice him -- */

int listen(int file, int backlog) {
    static const int kept = 16384;
    REAL(listen);
    if (told) setsockopt(file, SOL_SOCKET, SO_SNDBUF, &kept, sizeof kept); /* who is accepted inherits it */
    return real(file, backlog);
}

/* -- the wall clock ------------------------------------------------------------------------------------------------- */

static int64_t offset(void) { return told ? told->clock_ns : 0; }

int clock_gettime(clockid_t which, struct timespec *now) {
    REAL(clock_gettime);
    int result = real(which, now);
    if (result == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE) && offset()) {
        int64_t moment = (int64_t)now->tv_sec * 1000000000 + now->tv_nsec + offset();
        now->tv_sec = moment / 1000000000;
        now->tv_nsec = moment % 1000000000;
    }
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec moment;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &moment);
    now->tv_sec = moment.tv_sec;
    now->tv_usec = moment.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *place) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
