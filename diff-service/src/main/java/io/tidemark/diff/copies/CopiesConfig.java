package io.tidemark.diff.copies;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tidemark.diff.bundle.S3Place.Lock;
import io.tidemark.diff.gitcopy.LeftOut;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where copies of snapshots go. */
@ConfigMapping(prefix = "tidemark.copies")
public interface CopiesConfig {

    /** The id of the key that signs bundles; readers find its public half by it. */
    Optional<String> signingKey();

    /** The file with that key: an Ed25519 private key as PEM. */
    Optional<Path> signingKeyFile();

    /** Files with the Ed25519 public keys, as PEM, whose bundles are taken back, by key id; one's own among them. */
    Map<String, Path> trustedKeys();

    /** Files with AES-256 keys, 64 hexadecimal digits each, by key id. Keys stay listed as long as bundles need them. */
    Map<String, Path> encryptionKeys();

    /** About how many bytes of lines one file of a bundle holds; it bounds what is needed in the work folder. */
    @WithDefault("16777216")
    long partBytes();

    /** Where a file is put together before it is sent. */
    @WithDefault("${java.io.tmpdir}/tidemark-copies")
    Path workFolder();

    /** How long an import waits for its snapshot to be sealed. */
    @WithDefault("PT1H")
    Duration sealPatience();

    /** The places, by name. */
    Map<String, Target> targets();

    /** One place. */
    interface Target {
        /** What sort of place it is; the settings of that sort must be given. */
        Kind kind();

        /** The tenants whose snapshots may go there; all if none is named. */
        Optional<Set<String>> tenants();

        /** Which snapshots go there by themselves once they are sealed. */
        @WithDefault("NEVER")
        AfterSeal afterSeal();

        /** The id of the key that bundles are encrypted with; they are not if none is named. Not for Git. */
        Optional<String> encryptionKey();

        /** The folder of bundles, or of Git repositories. */
        Optional<Path> folder();

        /** The bucket. */
        Optional<S3> s3();

        /** The branch that gets the commits. */
        @WithDefault("main")
        String branch();

        /** Types that are not written to Git, where they could not be erased again; {@code none} alone: everything is. */
        @WithDefault(LeftOut.USUAL)
        Set<String> leaveOut();
    }

    /** A bucket. */
    interface S3 {
        /** Its address; Amazon's own if none is given. */
        Optional<URI> endpoint();

        /** The region that requests are signed for. */
        @WithDefault("us-east-1")
        String region();

        /** Its name. */
        String bucket();

        /** Whether its name is part of the path rather than of the host. */
        @WithDefault("true")
        boolean pathStyle();

        /** What every name begins with. */
        Optional<String> prefix();

        /** The file with the access key's id. */
        Path accessKeyIdFile();

        /** The file with the secret access key. */
        Path secretAccessKeyFile();

        /** The file with the session token, if credentials are temporary. */
        Optional<Path> sessionTokenFile();

        /** How what is written is locked; the bucket must have object lock. */
        Optional<Lock.Mode> lockMode();

        /** How long what is written is locked. */
        @WithDefault("P30D")
        Duration lockTime();
    }

    /** A sort of place. */
    enum Kind {
        FOLDER,
        S3,
        GIT
    }

    /** Which snapshots are copied by themselves. */
    enum AfterSeal {
        NEVER,
        /** Those of full captures. */
        FULL,
        EVERY
    }
}
