package io.cuttlestore.cli;

import io.cuttlestore.Cursor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads cursors as an interrupted copy prints them. */
final class CursorConverter implements ITypeConverter<Cursor> {
    @Override
    public Cursor convert(String text) {
        try {
            return Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is " + e.getMessage());
        }
    }
}
