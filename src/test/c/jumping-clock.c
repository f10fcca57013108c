/* The wall clock of a process jumps every two seconds: right, an hour ahead, right, an hour back, and so on. Loaded before the
   C library (LD_PRELOAD); the monotonic clock, which nobody can set, is left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <sys/time.h>
#include <time.h>

static int (*get_time)(clockid_t, struct timespec *);

static int original(clockid_t clock, struct timespec *now) {
  if (!get_time)
    get_time = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  return get_time(clock, now);
}

static long off(void) {
  static const long offsets[] = {0, 3600, 0, -3600};
  struct timespec now;
  original(CLOCK_MONOTONIC, &now);
  return offsets[now.tv_sec / 2 % 4];
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int failed = original(clock, now);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += off();
  return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec real;
  (void)zone;
  if (original(CLOCK_REALTIME, &real)) return -1;
  now->tv_sec = real.tv_sec + off();
  now->tv_usec = real.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *into) {
  struct timespec real;
  original(CLOCK_REALTIME, &real);
  time_t now = real.tv_sec + off();
  if (into) *into = now;
  return now;
}
