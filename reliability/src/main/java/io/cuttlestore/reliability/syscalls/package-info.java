/** Trials in which system calls on the files of a store fail. */
@NullMarked
package io.cuttlestore.reliability.syscalls;

import org.jspecify.annotations.NullMarked;
