package io.cuttlestore.codec.jackson;

import java.lang.reflect.InaccessibleObjectException;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Retells a failure of Jackson without the contents of the value, which Jackson's messages repeat. */
final class Failure {
    private Failure() {}

    static IllegalArgumentException of(JacksonException failure, String what) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        IllegalArgumentException retold =
                new IllegalArgumentException(what + ": " + reason(failure, root) + where(failure));
        retold.setStackTrace(root.getStackTrace());
        return retold;
    }

    private static String reason(JacksonException failure, Throwable root) {
        if (root instanceof IllegalAccessException || root instanceof InaccessibleObjectException) {
            return "Jackson may not look into it; open its package to the module tools.jackson.databind";
        }
        if (!(root instanceof JacksonException)) {
            return root.getClass().getName() + " was thrown";
        }
        if (failure instanceof StreamConstraintsException) {
            return failure.getOriginalMessage();
        }
        if (failure instanceof InvalidDefinitionException definition) {
            String type = definition.getType() == null
                    ? "the type"
                    : definition.getType().toCanonical();
            return "Jackson finds no way to map " + type + ": make it a record, or annotate it for Jackson";
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return mismatch.getTargetType() == null
                    ? "what is there does not fit"
                    : "what is there does not fit " + mismatch.getTargetType().getTypeName();
        }
        if (failure instanceof StreamReadException) {
            return "the syntax is wrong or a number is out of range";
        }
        return failure.getClass().getSimpleName();
    }

    private static String where(JacksonException failure) {
        return path(failure) + position(failure.getLocation());
    }

    /** The way to the failure by properties and indexes; keys of maps are left out, since they are contents. */
    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else if (step.from() instanceof Map) {
                path.append("[?]");
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "" : ", at " + path;
    }

    private static String position(TokenStreamLocation location) {
        if (location == null) {
            return "";
        }
        if (location.getLineNr() > 0) {
            return ", in line " + location.getLineNr() + ", column " + location.getColumnNr();
        }
        return location.getByteOffset() >= 0 ? ", at byte " + location.getByteOffset() : "";
    }
}
