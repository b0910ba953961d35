package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.spi.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What may lie where the entry of a key belongs, and is none. */
enum Damage {
    TEXT {
        @Override
        void plant(Path file) throws IOException {
            Files.writeString(file, "Written by somebody else, and longer than the head of an entry.");
        }
    },
    EMPTY_FILE {
        @Override
        void plant(Path file) throws IOException {
            Files.createFile(file);
        }
    },
    EMPTY_FOLDER {
        @Override
        void plant(Path file) throws IOException {
            Files.createDirectory(file);
        }
    },
    SYMBOLIC_LINK {
        @Override
        void plant(Path file) throws IOException {
            Path target = Files.createTempFile("cuttlestore", "target");
            target.toFile().deleteOnExit();
            Files.createSymbolicLink(file, target);
        }
    },
    FIFO {
        @Override
        void plant(Path file) throws Exception {
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();
        }
    },
    CUT_SHORT {
        @Override
        void plant(Path file, byte[] entry) throws IOException {
            Files.write(file, java.util.Arrays.copyOf(entry, entry.length - 1));
        }
    },
    GROWN {
        @Override
        void plant(Path file, byte[] entry) throws IOException {
            Files.write(file, java.util.Arrays.copyOf(entry, entry.length + 1));
        }
    },
    BIT_IN_HEAD {
        @Override
        void plant(Path file, byte[] entry) throws IOException {
            entry[20] ^= 1;
            Files.write(file, entry);
        }
    },
    BIT_IN_VALUE {
        @Override
        void plant(Path file, byte[] entry) throws IOException {
            entry[entry.length - 1] ^= 1;
            Files.write(file, entry);
        }
    },
    NEWER_FORMAT {
        @Override
        void plant(Path file, byte[] entry) throws IOException {
            entry[7]++;
            Files.write(file, entry);
        }
    };

    /** Puts it in place of the entry that the store has or would have under the key. */
    void plant(Folder store, String key) throws Exception {
        Path file = store.file(key);
        try (Backend backend = store.open()) {
            Folder.put(backend, key, "the value that was here");
        }
        byte[] entry = Files.readAllBytes(file);
        Files.delete(file);
        plant(file, entry);
    }

    void plant(Path file, byte[] entry) throws Exception {
        plant(file);
    }

    void plant(Path file) throws Exception {
        throw new AssertionError("overridden by every kind that needs no entry");
    }
}
