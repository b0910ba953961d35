package io.cuttlestore.spi;

import io.cuttlestore.InvalidConnectionStringException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * File systems that other machines may use at the same time, whose locks and renames do not hold between machines.
 * Backends that keep a store in files refuse them unless the connection string allows it.
 */
public final class NetworkFileSystems {
    /** The option that allows a place on one. */
    public static final Option<Boolean> ALLOWED = Option.flag(
            "allow-network-filesystem",
            "whether the place may lie on a network file system; safe only while no other machine uses it");

    /** The names that operating systems give them. */
    private static final Set<String> TYPES = Set.of(
            "9p",
            "acfs",
            "afpfs",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "coda",
            "davfs",
            "fuse.ceph",
            "fuse.davfs2",
            "fuse.gcsfuse",
            "fuse.glusterfs",
            "fuse.juicefs",
            "fuse.rclone",
            "fuse.s3fs",
            "fuse.smbnetfs",
            "fuse.sshfs",
            "fuse.vmhgfs-fuse",
            "gfs2",
            "glusterfs",
            "gpfs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs3",
            "nfs4",
            "ocfs2",
            "orangefs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "sshfs",
            "vboxsf",
            "virtiofs",
            "vmhgfs",
            "webdav");

    private NetworkFileSystems() {}

    /**
     * Refuses a place on a network file system, unless the string allows it. Makes nothing: a place that is not there
     * yet lies where the nearest folder above it does.
     *
     * @param string a string whose options, {@link #ALLOWED} among them, have been read
     * @throws InvalidConnectionStringException if the place lies on one
     * @throws IOException if its file system can't be found out
     */
    public static void refuse(Path place, ConnectionString string) throws IOException {
        if (!string.option(ALLOWED).orElse(false)) {
            Path absolute = place.toAbsolutePath().normalize();
            refuse(absolute, Files.getFileStore(nearestExisting(absolute)).type());
        }
    }

    /** As {@link #refuse(Path, ConnectionString)}, for a place on a file system of this {@link java.nio.file.FileStore#type()}. */
    static void refuse(Path place, String type) {
        if (TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw new InvalidConnectionStringException(place + " lies on a network file system (" + type
                    + "), whose locks do not hold between machines; use a local disk, or add allow-network-filesystem=true"
                    + " if no other machine uses it");
        }
    }

    private static Path nearestExisting(Path place) {
        Path above = place.getParent();
        return above == null || Files.exists(place) ? place : nearestExisting(above);
    }
}
