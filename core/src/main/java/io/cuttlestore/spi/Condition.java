package io.cuttlestore.spi;

/** What must hold for a write to be carried out. An expired entry is absent. */
public sealed interface Condition {
    /** No condition. */
    OfDelete ALWAYS = Always.INSTANCE;

    /** There is no entry under the key. */
    Condition IF_ABSENT = IfAbsent.INSTANCE;

    /** There is an entry whose value has this version token. */
    static OfDelete ifVersion(String token) {
        return new IfVersion(token);
    }

    /** The conditions that make sense for a deletion. */
    sealed interface OfDelete extends Condition {}

    /** See {@link Condition#ALWAYS}. */
    enum Always implements OfDelete {
        INSTANCE
    }

    /** See {@link Condition#IF_ABSENT}. */
    enum IfAbsent implements Condition {
        INSTANCE
    }

    /**
     * See {@link Condition#ifVersion}.
     *
     * @param token the version token that the entry must have
     */
    record IfVersion(String token) implements OfDelete {}
}
