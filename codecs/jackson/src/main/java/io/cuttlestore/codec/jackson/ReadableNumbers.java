package io.cuttlestore.codec.jackson;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.util.JsonGeneratorDecorator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** Refuses to write numbers that are too long to be read again. */
final class ReadableNumbers extends JsonGeneratorDelegate {
    static final JsonGeneratorDecorator DECORATOR = (factory, generator) -> new ReadableNumbers(generator);

    private static final int MAX_LENGTH = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

    /** As many bits as every number of {@link #MAX_LENGTH} characters has, sign and exponent counted in. */
    private static final int SURELY_SHORT_BITS = MAX_LENGTH * 3;

    private ReadableNumbers(JsonGenerator generator) {
        super(generator);
    }

    @Override
    public JsonGenerator writeNumber(BigInteger number) {
        check(number, number);
        return super.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(BigDecimal number) {
        check(number, number.unscaledValue());
        return super.writeNumber(number);
    }

    private static void check(Number number, BigInteger digits) {
        if (digits.bitLength() > SURELY_SHORT_BITS && number.toString().length() > MAX_LENGTH) {
            throw new StreamConstraintsException(
                    "a number of more than " + MAX_LENGTH + " characters could not be read again");
        }
    }
}
