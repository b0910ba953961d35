package io.cuttlestore.reliability.syscalls;

import java.util.Arrays;
import java.util.List;

/** Kinds of system calls, in the order that {@code faults.c} has them, and how each may fail. */
enum Fault {
    OPEN(Why.EIO, Why.ENOSPC, Why.EMFILE),
    READ(Why.EIO),
    WRITE(Why.EIO, Why.ENOSPC, Why.SHORT),
    SYNC(Why.EIO, Why.ENOSPC),
    SYNC_FOLDER(Why.EIO),
    RENAME(Why.EIO, Why.ENOSPC),
    TRUNCATE(Why.EIO),
    UNLINK(Why.EIO),
    MKDIR(Why.EIO, Why.ENOSPC),
    LINK(Why.EIO),
    STAT(Why.EIO),
    LOCK(Why.EIO, Why.ENOLCK),
    LIST(Why.EIO, Why.EMFILE);

    @SuppressWarnings("ImmutableEnumChecker") // it is List.of(...)
    private final List<Why> reasons;

    Fault(Why... reasons) {
        this.reasons = List.of(reasons);
    }

    /** Numbers of Linux; {@code SHORT} lets a write come to a part only of what it was given. */
    enum Why {
        EIO(5),
        EMFILE(24),
        ENOSPC(28),
        ENOLCK(37),
        SHORT(1000);

        private final int number;

        Why(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** A kind of call and how it fails. */
    record Case(Fault fault, Why why) {
        @Override
        public String toString() {
            return fault + " " + why;
        }

        static Case parse(String text) {
            String[] words = text.split(" ", -1);
            return new Case(valueOf(words[0]), Why.valueOf(words[1]));
        }
    }

    /** Every kind of call with each way in which it fails. */
    static List<Case> all() {
        return Arrays.stream(values())
                .flatMap(fault -> fault.reasons.stream().map(why -> new Case(fault, why)))
                .toList();
    }
}
