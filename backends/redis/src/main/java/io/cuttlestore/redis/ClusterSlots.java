package io.cuttlestore.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Who owns which slots, as a node of a cluster sees it (https://redis.io/docs/latest/commands/cluster-nodes/). A node
 * lists slots that it gives or takes at the moment in brackets. Immutable.
 */
final class ClusterSlots {
    /** The field that grows whenever a node takes over a slot, so that one that was away and is back is noticed. */
    private static final int EPOCH = 6;

    /** Fields of a node's line: id, address, flags, ..., and from the ninth on its slots. */
    private static final int FIRST_SLOT = 8;

    private final List<String> owners;

    /** Reads the answer to {@code CLUSTER NODES}. */
    ClusterSlots(byte[] nodes) {
        this.owners = new String(nodes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length > FIRST_SLOT)
                .map(fields -> fields[0] + " " + fields[EPOCH] + " "
                        + String.join(" ", Arrays.copyOfRange(fields, FIRST_SLOT, fields.length)))
                .sorted()
                .toList();
    }

    boolean areMoving() {
        return owners.stream().anyMatch(owner -> owner.contains("["));
    }

    /** A short text that differs for other owners, and for the same ones if others were in between. */
    String digest() {
        return Sha1.hex(String.join("\n", owners).getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }
}
