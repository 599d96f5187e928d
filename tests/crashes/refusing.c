/* A disk between a program and the system's own: from one call on, or once, it refuses to write or to synchronise.
 *
 * REFUSE_KIND    "write" or "sync"
 * REFUSE_BELOW   the folder whose files are meant
 * REFUSE_FROM    the number of the first call that is refused, from 1; 0 for none
 * REFUSE_HOW     "error" (EIO, once), "full" (ENOSPC, from there on), "short" (half is written, then full), "kill"
 * REFUSE_ARMED   where this is set, nothing is counted before that file is there
 * REFUSE_COUNT   a file of eight bytes: how many calls there were, and whether one was refused
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum answer { GO_ON, FAIL, HALF };

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static unsigned int *counted;

static unsigned int *counter(void)
{
    const char *path = getenv("REFUSE_COUNT");
    if (counted == NULL && path != NULL) {
        int file = open(path, O_RDWR);
        void *place = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        close(file);
        if (place == MAP_FAILED)
            abort();
        counted = place;
    }
    return counted;
}

static int is_meant(const char *kind, int file)
{
    const char *wanted = getenv("REFUSE_KIND"), *below = getenv("REFUSE_BELOW"), *armed = getenv("REFUSE_ARMED");
    char link[64], path[4096];
    if (wanted == NULL || below == NULL || strcmp(kind, wanted) != 0)
        return 0;
    if (armed != NULL && access(armed, F_OK) != 0)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    return strncmp(path, below, strlen(below)) == 0;
}

static enum answer ask(const char *kind, int file)
{
    int before = errno;
    enum answer answer = GO_ON;
    if (is_meant(kind, file) && counter() != NULL) {
        const char *from = getenv("REFUSE_FROM"), *how = getenv("REFUSE_HOW");
        unsigned int first = from ? (unsigned int)atoi(from) : 0;
        pthread_mutex_lock(&turn);
        unsigned int number = ++counted[0];
        int now = first != 0 && (strcmp(how, "full") == 0 || strcmp(how, "short") == 0 ? number >= first : number == first);
        counted[1] |= now;
        pthread_mutex_unlock(&turn);
        if (now && strcmp(how, "kill") == 0)
            kill(getpid(), SIGKILL);
        if (now && strcmp(how, "short") == 0 && number == first)
            answer = HALF;
        else if (now) {
            errno = strcmp(how, "error") == 0 ? EIO : ENOSPC;
            return FAIL;
        }
    }
    errno = before;
    return answer;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file) { return ask("sync", file) == FAIL ? -1 : REAL(fsync)(file); }

int fdatasync(int file) { return ask("sync", file) == FAIL ? -1 : REAL(fdatasync)(file); }

#define WRITING(name, parameters, given)                            \
    ssize_t name parameters                                         \
    {                                                               \
        enum answer answer = ask("write", file);                    \
        if (answer == FAIL)                                         \
            return -1;                                              \
        if (answer == HALF)                                         \
            size /= 2;                                              \
        return REAL(name) given;                                    \
    }

WRITING(write, (int file, const void *content, size_t size), (file, content, size))
WRITING(pwrite, (int file, const void *content, size_t size, off_t place), (file, content, size, place))
WRITING(pwrite64, (int file, const void *content, size_t size, off64_t place), (file, content, size, place))
