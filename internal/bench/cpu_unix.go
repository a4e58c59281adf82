//go:build unix

package main

import "syscall"

// cpuMicros is the time that this process has had on the processors.
func cpuMicros() (int64, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, err
	}
	return (u.Utime.Nano() + u.Stime.Nano()) / 1000, nil
}
