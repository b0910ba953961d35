package io.cuttlestore.jdbc;

import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;

/** Commands that the same statement can carry out, each on a key of its own. */
public enum Kind {
    EXISTENCE,
    VALUE,
    ENTRY,
    PUT,
    /** Keeps the deadline of a live entry. */
    PUT_KEEPING,
    PUT_IF_ABSENT,
    /** A put if the entry has a version. */
    REPLACE,
    TOUCH,
    DELETE,
    /** A delete whose reply holds what was there. */
    TAKE;

    static Kind of(Command<?> command) {
        if (command instanceof Get get) {
            return switch (get.want()) {
                case EXISTENCE -> EXISTENCE;
                case VALUE -> VALUE;
                case ENTRY -> ENTRY;
            };
        }
        if (command instanceof Put put) {
            if (put.condition() instanceof Condition.IfVersion) {
                return REPLACE;
            }
            if (put.condition() == Condition.IF_ABSENT) {
                return PUT_IF_ABSENT;
            }
            return put.expiry() == Expiry.KEEP ? PUT_KEEPING : PUT;
        }
        return command instanceof Delete delete ? delete.wantsOld() ? TAKE : DELETE : TOUCH;
    }

    /** Whether carrying it out twice may differ from once. */
    public boolean writes() {
        return compareTo(PUT) >= 0;
    }
}
