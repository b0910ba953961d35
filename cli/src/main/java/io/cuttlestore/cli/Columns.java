package io.cuttlestore.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and what they stand for, in two columns. Not thread-safe. */
final class Columns {
    private final Map<String, String> rows = new LinkedHashMap<>();

    Columns row(String name, Object value) {
        rows.put(name, value.toString());
        return this;
    }

    @Override
    public String toString() {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder lines = new StringBuilder();
        rows.forEach((name, value) -> lines.append(name)
                .append(" ".repeat(width - name.length() + 2))
                .append(value)
                .append('\n'));
        return lines.toString();
    }
}
