package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The capability matrix")
class CapabilityMatrixTest {
    @TempDir
    private Path folder;

    private void result(String title, String conditional) throws IOException {
        Properties result = new Properties();
        for (Capability capability : Capability.values()) {
            result.setProperty(capability.name(), "NONE");
        }
        result.setProperty("CONDITIONAL", conditional);
        result.setProperty(KitReport.TITLE, title);
        result.setProperty(KitReport.BACKEND, title);
        result.setProperty(KitReport.SERVER, "Server 1.0");
        result.setProperty(KitReport.DURABILITY, "PROCESS");
        result.setProperty(KitReport.CLOCK, "CLIENT");
        result.setProperty(KitReport.MAX_VALUE_BYTES, String.valueOf(512 << 20));
        result.setProperty(KitReport.SUCCESSFUL, "200");
        result.setProperty(KitReport.FAILED, "0");
        result.setProperty(KitReport.SKIPPED, "0");
        try (var writer = Files.newBufferedWriter(folder.resolve(title + ".properties"))) {
            result.store(writer, null);
        }
    }

    @Test
    @DisplayName("has a column for each kit, in the order of their names, and a row for each capability")
    void markdown() throws IOException {
        result("b", "EMULATED");
        result("a", "NATIVE");
        assertThat(CapabilityMatrix.markdown(CapabilityMatrix.read(folder)))
                .contains("|  | a | b |\n| --- | --- | --- |\n| `CONDITIONAL` | N | E |\n| `TTL` | - | - |\n")
                .contains("| largest value | 512 MiB | 512 MiB |\n");
    }

    @Test
    @DisplayName("a file that is out of date is noticed")
    void check() throws IOException {
        result("a", "NATIVE");
        Path file = folder.resolve("capabilities.md");
        String[] write = {folder.toString(), "--write=" + file};
        String[] check = {folder.toString(), "--check=" + file};
        CapabilityMatrix.main(write);
        CapabilityMatrix.main(check);
        result("b", "NONE");
        assertThatThrownBy(() -> CapabilityMatrix.main(check))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not show these results");
        CapabilityMatrix.main(new String[] {folder.toString(), "--without=b", "--check=" + file});
    }
}
