package io.tidemark.diff.copies;

import io.quarkus.runtime.StartupEvent;
import io.tidemark.diff.bundle.BundlePlace;
import io.tidemark.diff.bundle.EncryptionKeys;
import io.tidemark.diff.bundle.FolderPlace;
import io.tidemark.diff.bundle.S3Place;
import io.tidemark.diff.bundle.S3Place.Bucket;
import io.tidemark.diff.bundle.S3Place.CredentialFiles;
import io.tidemark.diff.bundle.S3Place.Lock;
import io.tidemark.diff.bundle.SigningKeys;
import io.tidemark.diff.copies.CopiesConfig.Kind;
import io.tidemark.diff.copies.CopiesConfig.S3;
import io.tidemark.diff.copies.CopiesConfig.Target;
import io.tidemark.diff.copies.CopyTarget.Bundles;
import io.tidemark.diff.copies.CopyTarget.Commits;
import io.tidemark.diff.gitcopy.GitCopy;
import io.tidemark.diff.gitcopy.LeftOut;
import io.tidemark.diff.history.History;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The configured places. The service does not start with one that cannot work. */
@ApplicationScoped
class CopyTargets {

    private static final String PREFIX = "tidemark.copies.";

    private final CopiesConfig config;
    private final SigningKeys signing;
    private final EncryptionKeys encryption;
    private final Map<String, CopyTarget> targets = new TreeMap<>();

    CopyTargets(CopiesConfig config, History history, Clock clock) {
        this.config = config;
        this.signing = new SigningKeys(config.signingKey(), config.signingKeyFile(), config.trustedKeys());
        this.encryption = new EncryptionKeys(config.encryptionKeys());
        config.targets().forEach((name, target) -> targets.put(name, open(name, target, history, clock)));
    }

    void start(@Observes StartupEvent event) {
        boolean bundles =
                targets.values().stream().anyMatch(target -> target.bundles().isPresent());
        if (bundles && (config.signingKey().isEmpty() || config.signingKeyFile().isEmpty())) {
            throw new IllegalStateException(
                    "bundles are signed: " + PREFIX + "signing-key and " + PREFIX + "signing-key-file must be set");
        }
        signing.check();
        encryption.check();
    }

    SigningKeys signing() {
        return signing;
    }

    EncryptionKeys encryption() {
        return encryption;
    }

    List<CopyTarget> of(TenantId tenant) {
        return targets.values().stream().filter(target -> target.isFor(tenant)).toList();
    }

    Optional<CopyTarget> find(TenantId tenant, String name) {
        return Optional.ofNullable(targets.get(name)).filter(target -> target.isFor(tenant));
    }

    private static Set<String> leftOut(String setting, Target target) {
        try {
            return LeftOut.of(target.leaveOut());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(setting + "leave-out " + e.getMessage(), e);
        }
    }

    private CopyTarget open(String name, Target target, History history, Clock clock) {
        String setting = PREFIX + "targets." + name + ".";
        target.tenants().ifPresent(tenants -> tenants.forEach(TenantId::parse));
        if (target.kind() == Kind.GIT) {
            return new CopyTarget(
                    name,
                    target,
                    new Commits(
                            new GitCopy(history, folder(setting, target), target.branch(), leftOut(setting, target))));
        }
        target.encryptionKey()
                .filter(key -> !config.encryptionKeys().containsKey(key))
                .ifPresent(key -> {
                    throw new IllegalStateException(setting + "encryption-key names a key that is not listed");
                });
        BundlePlace place = target.kind() == Kind.FOLDER
                ? new FolderPlace(folder(setting, target))
                : new S3Place(bucket(setting, target), credentials(s3(setting, target)), clock);
        return new CopyTarget(
                name, target, new Bundles(place, target.encryptionKey().orElse(null)));
    }

    private static Path folder(String setting, Target target) {
        return target.folder().orElseThrow(() -> new IllegalStateException(setting + "folder must be set"));
    }

    private static S3 s3(String setting, Target target) {
        return target.s3().orElseThrow(() -> new IllegalStateException(setting + "s3 must be set"));
    }

    private static Bucket bucket(String setting, Target target) {
        S3 s3 = s3(setting, target);
        String prefix = s3.prefix().orElse("");
        return new Bucket(
                s3.endpoint(),
                s3.region(),
                s3.bucket(),
                s3.pathStyle(),
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
                s3.lockMode().map(mode -> new Lock(mode, s3.lockTime())));
    }

    private static CredentialFiles credentials(S3 s3) {
        return new CredentialFiles(s3.accessKeyIdFile(), s3.secretAccessKeyFile(), s3.sessionTokenFile());
    }
}
