package io.cuttlestore.reliability.syscalls;

/** Values that tell which they are, so that a wrong or torn one is noticed, and by a short name. */
final class Values {
    /** The name of no value. */
    static final String ABSENT = "-";

    private Values() {}

    /** A value of about this length. */
    static String of(int number, int length) {
        String name = "<" + number + ":" + length + ">";
        return name + ("" + (char) ('a' + number % 26)).repeat(length) + name;
    }

    /** The name of a value. */
    static String name(String value) {
        int end = value.indexOf('>');
        int colon = value.indexOf(':');
        if (value.startsWith("<") && colon > 0 && end > colon) {
            int number = Integer.parseInt(value.substring(1, colon));
            int length = Integer.parseInt(value.substring(colon + 1, end));
            if (value.equals(of(number, length))) {
                return value.substring(0, end + 1);
            }
        }
        throw new AssertionError("torn, or never written: a value of " + value.length()
                + " characters that begins with " + value.substring(0, Math.min(40, value.length())));
    }
}
