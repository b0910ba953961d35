package io.cuttlestore.benchmarks.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers for people. */
public final class Numbers {
    private static final int DIGITS = 3;

    private Numbers() {}

    /** With three digits that count, and with separators where it is large: {@code 1.04}, {@code 12.3}, {@code 1,520,000}. */
    public static String text(double number) {
        if (!Double.isFinite(number) || number == 0) {
            return Double.isFinite(number) ? "0" : "?";
        }
        BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        int decimals = Math.max(0, DIGITS - rounded.precision() + rounded.scale());
        return String.format(Locale.ROOT, "%,." + Math.min(decimals, DIGITS) + "f", rounded);
    }

    /** Of a target, as people write it: {@code 1.15}, {@code 10}. */
    public static String plain(double number) {
        BigDecimal value = BigDecimal.valueOf(number).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        BigDecimal stripped = value.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, stripped.scale()) + "f", stripped);
    }

    /** The median, and how far the values lie apart if there are several: {@code 1.04 (1.01–1.09)}. */
    public static String text(Spread spread) {
        String median = text(spread.median());
        return spread.count() > 1 ? median + " (" + text(spread.min()) + "–" + text(spread.max()) + ")" : median;
    }
}
