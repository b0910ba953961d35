package io.cuttlestore.reliability;

import java.util.ArrayList;
import java.util.List;

/** All trials, in the order in which they are carried out. */
final class Trials {
    private Trials() {}

    static List<Trial> all() {
        List<Trial> all = new ArrayList<>();
        return all;
    }
}
