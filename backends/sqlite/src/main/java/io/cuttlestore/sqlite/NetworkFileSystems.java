package io.cuttlestore.sqlite;

import java.util.Locale;
import java.util.Set;

/** The file systems, by the names that operating systems give them, whose files other machines may have open. */
final class NetworkFileSystems {
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
            "webdav");

    private NetworkFileSystems() {}

    /** Whether this {@link java.nio.file.FileStore#type()} is one of them. */
    static boolean include(String type) {
        return TYPES.contains(type.toLowerCase(Locale.ROOT));
    }
}
