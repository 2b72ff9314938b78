package io.tidemark.diff.bundle;

import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Bundles in a bucket of S3 or of anything that speaks its protocol. With a lock, whatever is written cannot be deleted before its time. */
public final class S3Place implements BundlePlace {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration CALL = Duration.ofMinutes(5);
    private static final int MISSING = 404;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;
    private static final String SHA256 = "sha256";

    private final S3Client client;
    private final Bucket bucket;
    private final Clock clock;
    private @Nullable Boolean locks;

    /**
     * A bucket and how it is reached.
     *
     * @param endpoint its address; empty for Amazon's own
     * @param pathStyle whether the bucket's name is part of the path rather than of the host
     * @param prefix what every name begins with; empty or ending with a slash
     * @param lock how long what is written is locked, if it is
     */
    public record Bucket(
            Optional<URI> endpoint,
            String region,
            String name,
            boolean pathStyle,
            String prefix,
            Optional<Lock> lock) {}

    /** How long what is written is locked, and whether anybody may lift that. */
    public record Lock(Mode mode, Duration time) {
        /** Whether somebody with a special permission may lift a lock. */
        public enum Mode {
            GOVERNANCE,
            COMPLIANCE
        }
    }

    /** Files that hold what the bucket asks for; read anew each time. */
    public record CredentialFiles(Path accessKeyId, Path secretAccessKey, Optional<Path> sessionToken) {
        private AwsCredentials read() {
            try {
                String id = Files.readString(accessKeyId).strip();
                String secret = Files.readString(secretAccessKey).strip();
                return sessionToken.isPresent()
                        ? AwsSessionCredentials.create(
                                id, secret, Files.readString(sessionToken.get()).strip())
                        : AwsBasicCredentials.create(id, secret);
            } catch (IOException e) {
                throw new InterruptedTaskException("credential files of the bucket cannot be read", e);
            }
        }
    }

    public S3Place(Bucket bucket, CredentialFiles credentials, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
        var builder = S3Client.builder()
                .region(Region.of(bucket.region()))
                .credentialsProvider(credentials::read)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(bucket.pathStyle())
                        .chunkedEncodingEnabled(false)
                        .build())
                .overrideConfiguration(override -> override.apiCallTimeout(CALL))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ANSWER));
        bucket.endpoint().ifPresent(builder::endpointOverride);
        this.client = builder.build();
    }

    @Override
    public void put(String name, Path file, String sha256) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.prefix() + name)
                .checksumSHA256(
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)))
                .metadata(Map.of(SHA256, sha256));
        bucket.lock().ifPresent(lock -> {
            requireLocks();
            request.objectLockMode(ObjectLockMode.fromValue(lock.mode().name()))
                    .objectLockRetainUntilDate(clock.instant().plus(lock.time()));
        });
        Object unused = call("write " + name, () -> client.putObject(request.build(), RequestBody.fromFile(file)));
    }

    /** A lock that is wanted and not to be had must not be left out silently. */
    private synchronized void requireLocks() {
        if (locks == null) {
            locks = call("ask whether the bucket locks", () -> {
                try {
                    return "Enabled"
                            .equals(client.getObjectLockConfiguration(request -> request.bucket(bucket.name()))
                                    .objectLockConfiguration()
                                    .objectLockEnabledAsString());
                } catch (S3Exception e) {
                    if (e.statusCode() == MISSING) {
                        return false;
                    }
                    throw e;
                }
            });
        }
        if (!locks) {
            throw new TaskException("a lock is configured, but bucket " + bucket.name() + " has no object lock");
        }
    }

    @Override
    public boolean holds(String name, long bytes, String sha256) {
        return call("look for " + name, () -> {
            try {
                HeadObjectResponse found = client.headObject(HeadObjectRequest.builder()
                        .bucket(bucket.name())
                        .key(bucket.prefix() + name)
                        .build());
                return found.contentLength() == bytes
                        && sha256.equals(found.metadata().get(SHA256));
            } catch (S3Exception e) {
                if (e.statusCode() == MISSING) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public boolean fetch(String name, Path file) {
        return call("read " + name, () -> {
            try {
                Files.deleteIfExists(file);
                Object unused = client.getObject(
                        GetObjectRequest.builder()
                                .bucket(bucket.name())
                                .key(bucket.prefix() + name)
                                .build(),
                        file);
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == MISSING) {
                    return false;
                }
                throw e;
            } catch (IOException e) {
                throw new InterruptedTaskException("file of the work folder cannot be replaced", e);
            }
        });
    }

    @Override
    public List<String> manifests(String folder) {
        return call("list the bucket", () -> {
            List<String> names = new ArrayList<>();
            client.listObjectsV2Paginator(ListObjectsV2Request.builder()
                            .bucket(bucket.name())
                            .prefix(bucket.prefix() + folder)
                            .build())
                    .contents()
                    .forEach(object -> {
                        if (object.key().endsWith("/" + BundleManifest.FILE)) {
                            names.add(object.key().substring(bucket.prefix().length()));
                        }
                    });
            return names;
        });
    }

    /** Sorts what will not get better from what may. */
    private <T> T call(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (S3Exception e) {
            String code =
                    e.awsErrorDetails() == null ? "" : " " + e.awsErrorDetails().errorCode();
            String text = "bucket " + bucket.name() + " refused to " + what + ": status " + e.statusCode() + code;
            if (e.statusCode() >= SERVER_ERROR || e.statusCode() == TOO_MANY) {
                throw new InterruptedTaskException(text, e);
            }
            throw new TaskException(text, e);
        } catch (SdkException | UncheckedIOException e) {
            // A connection that ends early can come through as what the connection itself threw.
            throw new InterruptedTaskException("bucket " + bucket.name() + " could not be reached to " + what, e);
        }
    }
}
