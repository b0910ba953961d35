package io.cuttlestore.testkit;

/** The ways in which a {@link NaiveBackend} breaks the contract, each with the test of the kit that must notice. */
enum Fault {
    /** Keeps the contract. */
    NOTHING(CuttlestoreKit.Writes.class, ""),

    LATE_DEADLINE(CuttlestoreKit.TimeToLive.class, "deadline"),
    DEADLINES_IN_SECONDS(CuttlestoreKit.TimeToLive.class, "milliseconds"),
    DEADLINES_OVERFLOW(CuttlestoreKit.TimeToLive.class, "overflow"),
    PUT_KEEPS_THE_DEADLINE(CuttlestoreKit.TimeToLive.class, "putClearsTheDeadline"),
    UPDATE_LOSES_THE_DEADLINE(CuttlestoreKit.TimeToLive.class, "conditionalWritesKeepTheDeadline"),
    KEEPS_THE_DEADLINE_OF_THE_EXPIRED(CuttlestoreKit.TimeToLive.class, "deadlinesDieWithTheirEntry"),
    TOUCH_REVIVES(CuttlestoreKit.TimeToLive.class, "touchDoesNotRevive"),
    TOUCH_LOSES_PUTS(CuttlestoreKit.TimeToLive.class, "touchNeverLosesAPut"),
    IGNORES_PAST_INSTANTS(CuttlestoreKit.TimeToLive.class, "pastInstants"),
    EXPIRY_REMOVES_FRESH_PUTS(CuttlestoreKit.TimeToLive.class, "expiryNeverRemovesAFreshPut"),
    SCAN_SHOWS_THE_EXPIRED(CuttlestoreKit.TimeToLive.class, "scansLeaveOutTheExpired"),
    PUT_IF_ABSENT_SEES_THE_EXPIRED(CuttlestoreKit.TimeToLive.class, "conditionalWritesSeeNoExpired"),

    SWEEPS_ONCE(CuttlestoreKit.Sweeping.class, "sweepingGoesOn"),
    SWEEP_REMOVES_FRESH_PUTS(CuttlestoreKit.Sweeping.class, "sweepingNeverRemovesAFreshPut"),
    SWEEP_REMOVES_WHATEVER_HAS_A_DEADLINE(CuttlestoreKit.Sweeping.class, "reArmedEntries"),
    SWEEP_ONLY_COUNTS(CuttlestoreKit.Sweeping.class, "sweptEntriesAreGone"),
    SWEEP_EXCEEDS_THE_BATCH(CuttlestoreKit.Sweeping.class, "sweepRemovesTheExpired"),

    GET_THEN_PUT_IF_ABSENT(CuttlestoreKit.ConditionalWrites.class, "putIfAbsentHasOneWinner"),
    GET_THEN_REPLACE(CuttlestoreKit.ConditionalWrites.class, "updateLosesNothing"),
    GET_THEN_DELETE(CuttlestoreKit.ConditionalWrites.class, "getAndDeleteHasOneWinner"),
    REPLACE_IGNORES_THE_VERSION(CuttlestoreKit.ConditionalWrites.class, "replace"),
    REPLACE_MAKES_WHAT_IS_MISSING(CuttlestoreKit.ConditionalWrites.class, "replaceOfAMissingKey"),

    TOUCH_CHANGES_THE_VERSION(CuttlestoreKit.Versions.class, "touchLeavesTheVersion"),
    VERSION_IS_THE_LENGTH(CuttlestoreKit.Versions.class, "versionsNeverRecur"),
    VERSIONS_START_AGAIN(CuttlestoreKit.Versions.class, "versionsNeverRecur"),

    PUT_IS_TWO_STEPS(CuttlestoreKit.Writes.class, "putIsAtomic"),
    DELETE_OF_A_MISSING_KEY_FAILS(CuttlestoreKit.Writes.class, "deletingAMissingKeyIsFine"),
    FORGETS_ON_CLOSE(CuttlestoreKit.Writes.class, "writesSurviveClosing"),
    READS_ARE_STALE(CuttlestoreKit.Concurrency.class, "readsAndWrites"),

    EMPTY_VALUE_IS_ABSENT(CuttlestoreKit.Values.class, "emptyValue"),
    VALUES_ARE_TEXT(CuttlestoreKit.Values.class, "allBytes"),
    VALUES_ARE_CUT(CuttlestoreKit.Values.class, "largeValues"),

    KEYS_FOLD_CASE(CuttlestoreKit.Keys.class, "hardKeysAreDistinct"),
    KEYS_ARE_NORMALISED(CuttlestoreKit.Keys.class, "hardKeysAreDistinct"),
    KEYS_ARE_NUMBERS(CuttlestoreKit.Keys.class, "hardKeysAreDistinct"),
    KEYS_ARE_TRIMMED(CuttlestoreKit.Keys.class, "hardKeysAreDistinct"),
    KEYS_END_AT_NUL(CuttlestoreKit.Keys.class, "hardKeysAreDistinct"),
    KEYS_END_AFTER_255(CuttlestoreKit.Keys.class, "hardKeysAreDistinct"),

    SCAN_REPEATS(CuttlestoreKit.Scanning.class, "pageSizes"),
    SCAN_MISSES(CuttlestoreKit.Scanning.class, "pageSizes"),
    PREFIX_IS_A_PATTERN(CuttlestoreKit.Scanning.class, "prefixesAreLiteral"),
    PREFIX_FOLDS_CASE(CuttlestoreKit.Scanning.class, "prefixesAreLiteral"),
    CURSOR_IS_AN_OFFSET(CuttlestoreKit.Scanning.class, "writingWhileScanning"),
    ORDER_OF_UTF_16(CuttlestoreKit.Scanning.class, "order"),

    NAMESPACES_ARE_JOINED(CuttlestoreKit.Namespaces.class, "namespacesAreInjective"),
    CLEAR_TAKES_NEIGHBOURS(CuttlestoreKit.Namespaces.class, "clear"),

    BATCH_MIXES_REPLIES(CuttlestoreKit.Batches.class, "order"),
    BATCH_DROPS_THE_LAST(CuttlestoreKit.Batches.class, "thousands"),

    FOREIGN_IS_DELETED(CuttlestoreKit.Foreign.class, "reading"),
    FOREIGN_ENDS_THE_SCAN(CuttlestoreKit.Foreign.class, "scanning"),
    FOREIGN_IS_ABSENT_TO_CONDITIONS(CuttlestoreKit.Foreign.class, "conditionalWrites"),

    SWALLOWS_INTERRUPTS(CuttlestoreKit.Failure.class, "interruptedCalls"),
    LEAVES_A_THREAD(CuttlestoreKit.Closing.class, "noThreadIsLeft"),
    DECLARES_TOO_MUCH(CuttlestoreKit.DeclaredCapabilities.class, "expected"),
    DROPS_WRITES_AT_RANDOM(CuttlestoreKit.Model.class, "anySequence");

    private final Class<?> group;
    private final String test;

    Fault(Class<?> group, String test) {
        this.group = group;
        this.test = test;
    }

    /** The group of the kit that must fail. */
    Class<?> group() {
        return group;
    }

    /** The test of that group that must fail. */
    String test() {
        return test;
    }
}
