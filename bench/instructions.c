/* Counts instructions, which tell a change of the code from a change of the machine's mood. */
#include "bench_util.h"

#if defined(__linux__)
#include <linux/perf_event.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int bench_instructions_start(void)
{
	struct perf_event_attr attr;
	int                    fd;

	memset(&attr, 0, sizeof attr);
	attr.size = sizeof attr;
	attr.type = PERF_TYPE_HARDWARE;
	attr.config = PERF_COUNT_HW_INSTRUCTIONS;
	attr.inherit = 1;
	attr.disabled = 1;
	attr.exclude_kernel = 1;
	attr.exclude_hv = 1;
	fd = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);
	if (fd >= 0)
		ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
	return fd;
}

int64_t bench_instructions_stop(int handle)
{
	int64_t count = -1;

	if (handle < 0)
		return -1;
	if (read(handle, &count, sizeof count) != (ssize_t)sizeof count)
		count = -1;
	close(handle);
	return count;
}

#else

int bench_instructions_start(void)
{
	return -1;
}

int64_t bench_instructions_stop(int handle)
{
	(void)handle;
	return -1;
}

#endif
