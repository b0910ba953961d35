package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Version;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class VersionRules extends Rules {
    VersionRules(CuttlestoreKit kit) {
        super(kit);
    }

    private Version version() {
        return store().entry("k").orElseThrow().version();
    }

    @Test
    @DisplayName("a version stays the same while nothing is written")
    void versionsAreStable() {
        store().put("k", "v");
        Version first = version();
        store().put("other", "v");
        assertThat(version()).isEqualTo(first);
        assertThat(otherConnection()
                        .store(String.class)
                        .entry("k")
                        .orElseThrow()
                        .version())
                .isEqualTo(first);
        reopen();
        assertThat(version()).isEqualTo(first);
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("a scan shows the same versions as entry does")
    void scansShowVersions() {
        store().put("k", "v");
        try (var entries = store().scan(ScanOptions.all())) {
            assertThat(entries.map(Entry::version).distinct()).containsExactly(version());
        }
    }

    @Test
    @DisplayName("other bytes have another version")
    void otherBytesHaveOtherVersions() {
        store().put("k", "first");
        Version first = version();
        store().put("k", "second");
        assertThat(version()).isNotEqualTo(first);
    }

    @Test
    @Needs({Capability.TTL, Capability.CONDITIONAL})
    @DisplayName("touch and persist change the deadline and leave the version")
    void touchLeavesTheVersion() {
        store().put("k", "v");
        Version before = version();
        assertThat(store().touch("k", Duration.ofHours(1))).isTrue();
        assertThat(version()).isEqualTo(before);
        assertThat(store().touch("k", Duration.ofHours(2))).isTrue();
        assertThat(version()).isEqualTo(before);
        assertThat(store().persist("k")).isTrue();
        assertThat(version()).isEqualTo(before);
        assertThat(store().replace("k", before, "replaced")).isTrue();
    }

    @Test
    @DisplayName("a version never recurs for other bytes: not after puts, deletes, expiry or reopening")
    void versionsNeverRecur() {
        Map<Version, String> seen = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            String value = "v" + i;
            if (i % 4 == 1) {
                store().delete("k");
            }
            if (i % 4 == 2 && has(Capability.TTL) && clockIsFake()) {
                store().touch("k", shortTtl());
                passTime(shortTtl());
            }
            if (i % 20 == 3) {
                reopen();
            }
            store().put("k", value);
            assertThat(seen.put(version(), value))
                    .as("what had the version before")
                    .isNull();
        }
    }

    @Test
    @Needs({Capability.TTL, Capability.CONDITIONAL})
    @DisplayName("the version of an expired entry fits nothing that is written later")
    void versionsOfExpiredEntries() {
        store().put("k", "first");
        Version old = version();
        store().touch("k", shortTtl());
        passTime(shortTtl());
        assertThat(store().replace("k", old, "second")).isFalse();
        store().put("k", "third");
        assertThat(store().replace("k", old, "fourth")).isFalse();
        assertThat(store().delete("k", old)).isFalse();
        assertThat(store().get("k")).hasValue("third");
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("a version can be printed, carried about and parsed")
    void versionsCanBePrinted() {
        store().put("k", "first");
        Version parsed = Version.parse(version().toString());
        assertThat(parsed).isEqualTo(version()).hasSameHashCodeAs(version());
        assertThat(parsed.toString()).matches("[A-Za-z0-9_.-]+");
        reopen();
        assertThat(store().replace("k", parsed, "second")).isTrue();
        assertThat(store().get("k")).hasValue("second");
        assertThatThrownBy(() -> Version.parse("no version")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("the version of another store is refused, and nothing is changed")
    void versionsOfOtherStores() {
        store().put("k", "v");
        Version foreign = Version.of("elsewhere", version().token());
        assertThatThrownBy(() -> store().replace("k", foreign, "changed")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().delete("k", foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThat(store().get("k")).hasValue("v");
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("a version fits through every view of its store")
    void versionsFitEveryView() {
        Cuttlestore<String> space = connection().store("space", String.class);
        space.put("k", "first");
        Version seen = space.entry("k").orElseThrow().version();
        assertThat(store().entry("space:k").map(Entry::version)).hasValue(seen);
        assertThat(store().replace("space:k", seen, "second")).isTrue();
        assertThat(space.get("k")).hasValue("second");
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("the version of one value does not fit the value that an update wrote")
    void updateChangesTheVersion() {
        store().put("k", "v", PutOptions.never());
        Version before = version();
        store().update("k", seen -> Optional.of("w"));
        assertThat(version()).isNotEqualTo(before);
        assertThat(store().delete("k", before)).isFalse();
    }
}
