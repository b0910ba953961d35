package io.cuttlestore.spi;

/** Deletes an entry if the condition holds. */
public final class Delete extends Command<DeleteResult> {
    private final Condition.OfDelete condition;
    private final boolean wantsOld;

    public Delete(Key key, Condition.OfDelete condition, boolean wantsOld, Deadline deadline) {
        super(key, deadline);
        this.condition = condition;
        this.wantsOld = wantsOld;
    }

    public Condition.OfDelete condition() {
        return condition;
    }

    /** Whether the reply must hold what was deleted. */
    public boolean wantsOld() {
        return wantsOld;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public DeleteResult on(Operations target) {
        return target.delete(this);
    }
}
