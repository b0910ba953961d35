/** What {@code ./torture} runs: trials that torment stores, and the report of what they survived. */
@NullMarked
package io.cuttlestore.reliability;

import org.jspecify.annotations.NullMarked;
