package io.cuttlestore.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cuttlestore.InvalidConnectionStringException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A place for files")
class NetworkFileSystemsTest {
    private static final Path PLACE = Path.of("/mnt/shared/store");

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "CIFS", "smb3", "SMB2", "fuse.sshfs", "9p", "virtiofs"})
    @DisplayName("on a network file system is refused, with the option that allows it")
    void network(String type) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> NetworkFileSystems.refuse(PLACE, type))
                .withMessageContaining(PLACE.toString())
                .withMessageContaining("(" + type + ")")
                .withMessageContaining("add allow-network-filesystem=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs", "NTFS", "zfs", "fuseblk"})
    @DisplayName("on a local file system is fine")
    void local(String type) {
        assertThatCode(() -> NetworkFileSystems.refuse(PLACE, type)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("that is not there yet is looked for above, and not made")
    void missing(@TempDir Path folder) throws IOException {
        ConnectionString string = ConnectionString.parse("x://y").withOptions(List.of(NetworkFileSystems.ALLOWED));
        NetworkFileSystems.refuse(folder.resolve("not/there/yet"), string);
        assertThat(folder).isEmptyDirectory();
    }
}
