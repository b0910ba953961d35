package io.cuttlestore.spi;

/** Writes an entry; replies whether the condition held. */
public final class Put extends Command<Boolean> {
    private final Payload payload;
    private final Expiry expiry;
    private final Condition condition;

    public Put(Key key, Payload payload, Expiry expiry, Condition condition, Deadline deadline) {
        super(key, deadline);
        this.payload = payload;
        this.expiry = expiry;
        this.condition = condition;
    }

    public Payload payload() {
        return payload;
    }

    public Expiry expiry() {
        return expiry;
    }

    public Condition condition() {
        return condition;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public Boolean on(Operations target) {
        return target.put(this);
    }
}
