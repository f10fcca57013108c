/* Makes each fdatasync of a process take SYNC_DELAY_US microseconds longer, as a slower disk would: loaded before the C
   library (LD_PRELOAD), so that no other call is touched. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int fdatasync(int fd) {
  static int (*sync_data)(int);
  static long delay_us = -1;
  if (delay_us < 0) {
    const char *text = getenv("SYNC_DELAY_US");
    sync_data = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    delay_us = text ? atol(text) : 0;
  }
  struct timespec delay = {delay_us / 1000000, delay_us % 1000000 * 1000};
  nanosleep(&delay, NULL);
  return sync_data(fd);
}
