/* An SMTP server that takes everything and keeps nothing, so that the client is what a bench measures.
 *
 * One thread, epoll, PIPELINING and CHUNKING. `null_sink PORT [MILLISECONDS]`: every answer leaves that much later.
 * Port 0 takes a free one; the port is printed on standard output.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 65536, INPUT = 262144, OUTPUT = 8192 };

struct peer {
    uint32_t made;  /* tells a late answer that its connection is another one now */
    int in_message; /* between DATA and the dot */
    size_t chunk;   /* octets of BDAT still to come */
    int chunk_open; /* an answer is owed when they have come */
    size_t have;
    char input[INPUT];
};

struct late {
    struct late *next;
    int64_t due;
    int fd;
    uint32_t made;
    size_t length;
    char octets[];
};

static struct peer *peers[MOST];
static uint32_t made;
static struct late *first, **last = &first;
static int64_t delay;

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void hang_up(int fd) {
    free(peers[fd]);
    peers[fd] = NULL;
    close(fd);
}

static void answer(int fd, const char *octets, size_t length) {
    if (length == 0) return;
    if (delay == 0) {
        if (send(fd, octets, length, MSG_NOSIGNAL) < 0) return; /* gone: epoll says so next */
        return;
    }
    struct late *each = malloc(sizeof *each + length);
    each->next = NULL;
    each->due = now() + delay;
    each->fd = fd;
    each->made = peers[fd]->made;
    each->length = length;
    memcpy(each->octets, octets, length);
    *last = each;
    last = &each->next;
}

/* To the microsecond: a timeout of epoll_wait would round every answer up to the next millisecond. */
static void answer_late_ones(int timer) {
    int64_t at = now();
    while (first && first->due <= at) {
        struct late *each = first;
        first = each->next;
        if (!first) last = &first;
        if (peers[each->fd] && peers[each->fd]->made == each->made)
            (void)!send(each->fd, each->octets, each->length, MSG_NOSIGNAL);
        free(each);
    }
    struct itimerspec next = {0};
    if (!first) return;
    next.it_value.tv_sec = first->due / 1000000;
    next.it_value.tv_nsec = first->due % 1000000 * 1000;
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &next, NULL);
}

#define SAY(text) (memcpy(out + used, text, sizeof text - 1), used += sizeof text - 1)

/* Whatever is complete in the input; 0 when the client took its leave. */
static int work(int fd, struct peer *p) {
    char out[OUTPUT];
    size_t used = 0, at = 0;
    while (used < OUTPUT - 256) {
        char *here = p->input + at;
        size_t left = p->have - at;
        if (p->chunk_open) {
            size_t taken = left < p->chunk ? left : p->chunk;
            p->chunk -= taken;
            at += taken;
            if (p->chunk) break;
            p->chunk_open = 0;
            SAY("250 2.0.0 taken\r\n");
            continue;
        }
        if (p->in_message) {
            char *end = memmem(here, left, "\r\n.\r\n", 5);
            if (!end) {
                if (left > 4) at += left - 4;
                break;
            }
            at = (size_t)(end - p->input) + 5;
            p->in_message = 0;
            SAY("250 2.0.0 taken\r\n");
            continue;
        }
        char *end = memchr(here, '\n', left);
        if (!end) break;
        at = (size_t)(end - p->input) + 1;
        if (!strncasecmp(here, "DATA", 4)) {
            p->in_message = 1;
            /* so that an empty message ends too */
            SAY("354 go on\r\n");
        } else if (!strncasecmp(here, "BDAT", 4)) {
            p->chunk = strtoul(here + 4, NULL, 10);
            p->chunk_open = 1;
        } else if (!strncasecmp(here, "EHLO", 4)) {
            SAY("250-null.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 CHUNKING\r\n");
        } else if (!strncasecmp(here, "QUIT", 4)) {
            SAY("221 2.0.0 bye\r\n");
            answer(fd, out, used);
            return 0;
        } else {
            SAY("250 2.0.0 ok\r\n");
        }
    }
    memmove(p->input, p->input + at, p->have - at);
    p->have -= at;
    answer(fd, out, used);
    return 1;
}

static void read_from(int fd) {
    struct peer *p = peers[fd];
    ssize_t got = recv(fd, p->input + p->have, INPUT - p->have, 0);
    if (got <= 0) {
        hang_up(fd);
        return;
    }
    p->have += (size_t)got;
    if (!work(fd, p) && delay == 0) hang_up(fd);
}

int main(int count, char **given) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0), poller = epoll_create1(0), yes = 1;
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
    address.sin_port = htons((uint16_t)(count > 1 ? atoi(given[1]) : 0));
    delay = count > 2 ? atoi(given[2]) * 1000LL : 0;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 1024)) {
        perror("null_sink");
        return 1;
    }
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    event.data.fd = timer;
    epoll_ctl(poller, EPOLL_CTL_ADD, timer, &event);
    for (;;) {
        if (delay) answer_late_ones(timer);
        int ready = epoll_wait(poller, events, 256, -1);
        for (int each = 0; each < ready; each++) {
            int fd = events[each].data.fd;
            uint64_t times;
            if (fd == timer) {
                (void)!read(timer, &times, sizeof times);
                continue;
            }
            if (fd != listener) {
                if (peers[fd]) read_from(fd);
                continue;
            }
            fd = accept(listener, NULL, NULL);
            if (fd < 0 || fd >= MOST) continue;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            peers[fd] = calloc(1, sizeof **peers);
            peers[fd]->made = ++made;
            event.data.fd = fd;
            epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
            answer(fd, "220 null.test ESMTP\r\n", 21);
        }
    }
}
