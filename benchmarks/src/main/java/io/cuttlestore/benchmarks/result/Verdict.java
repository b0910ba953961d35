package io.cuttlestore.benchmarks.result;

/** What came of a target. */
public enum Verdict {
    MET("met"),
    MISSED("missed"),
    NOT_MEASURED("not measured");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
