package io.tidemark.diff.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.diff.bundle.S3Place.Bucket;
import io.tidemark.diff.bundle.S3Place.CredentialFiles;
import io.tidemark.diff.bundle.S3Place.Lock;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3PlaceTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final String NAME = "tenant/c 1/states/group.members-00001.ndjson.gz";

    @TempDir
    private Path temp;

    @Test
    void whatIsWrittenIsSignedAndReadBack() throws IOException {
        try (LoopbackBucket bucket = new LoopbackBucket(false)) {
            S3Place place = place(bucket.endpoint(), Optional.empty(), LoopbackBucket.SECRET_KEY);
            Path file = Files.writeString(temp.resolve("file"), "content");
            String sum = Sha256.hex(file);

            place.put(NAME, file, sum);
            place.put("tenant/c 1/manifest.json", file, sum);
            Path read = temp.resolve("read");

            assertThat(bucket.refusals).isEmpty();
            assertThat(bucket.objects).containsKey("copies/" + NAME);
            assertThat(place.fetch(NAME, read)).isTrue();
            assertThat(read).hasContent("content");
            assertThat(place.holds(NAME, 7, sum)).isTrue();
            assertThat(place.holds(NAME, 8, sum)).isFalse();
            assertThat(place.holds(NAME, 7, "0".repeat(64))).isFalse();
            assertThat(place.holds("nothing", 7, sum)).isFalse();
            assertThat(place.fetch("nothing", read)).isFalse();
            assertThat(place.manifests("tenant/")).containsExactly("tenant/c 1/manifest.json");
            assertThat(bucket.refusals).isEmpty();
            assertThat(bucket.headers.get("copies/" + NAME)).doesNotContainKey("x-amz-object-lock-mode");
        }
    }

    @Test
    void aLockIsAskedForUntilItsTime() throws IOException {
        try (LoopbackBucket bucket = new LoopbackBucket(true)) {
            Lock lock = new Lock(Lock.Mode.COMPLIANCE, Duration.ofDays(90));
            Path file = Files.writeString(temp.resolve("file"), "content");

            place(bucket.endpoint(), Optional.of(lock), LoopbackBucket.SECRET_KEY)
                    .put(NAME, file, Sha256.hex(file));

            assertThat(bucket.headers.get("copies/" + NAME))
                    .containsEntry("x-amz-object-lock-mode", "COMPLIANCE")
                    .containsEntry("x-amz-object-lock-retain-until-date", "2026-07-30T10:00:00Z");
        }
    }

    @Test
    void aLockThatTheBucketDoesNotHaveIsNotLeftOutSilently() throws IOException {
        try (LoopbackBucket bucket = new LoopbackBucket(false)) {
            Lock lock = new Lock(Lock.Mode.GOVERNANCE, Duration.ofDays(1));
            Path file = Files.writeString(temp.resolve("file"), "content");
            S3Place place = place(bucket.endpoint(), Optional.of(lock), LoopbackBucket.SECRET_KEY);

            assertThatThrownBy(() -> place.put(NAME, file, Sha256.hex(file)))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining("no object lock");
            assertThat(bucket.objects).isEmpty();
        }
    }

    @Test
    void aWrongSecretIsRefusedAndNotTriedAgain() throws IOException {
        try (LoopbackBucket bucket = new LoopbackBucket(false)) {
            Path file = Files.writeString(temp.resolve("file"), "content");
            S3Place place = place(bucket.endpoint(), Optional.empty(), "wrong");

            assertThatThrownBy(() -> place.put(NAME, file, Sha256.hex(file)))
                    .isInstanceOf(TaskException.class)
                    .hasMessageContaining("403 SignatureDoesNotMatch")
                    .message()
                    .doesNotContain("wrong");
            assertThat(bucket.refusals).containsExactly("signature does not fit");
        }
    }

    @Test
    void aSlowBucketIsTriedAgainAndOneThatIsNotThereMayComeBack() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "content");
        URI gone;
        try (LoopbackBucket bucket = new LoopbackBucket(false)) {
            gone = bucket.endpoint();
            bucket.failures = 2;

            place(bucket.endpoint(), Optional.empty(), LoopbackBucket.SECRET_KEY)
                    .put(NAME, file, Sha256.hex(file));

            assertThat(bucket.objects).hasSize(1);
        }
        S3Place place = place(gone, Optional.empty(), LoopbackBucket.SECRET_KEY);
        assertThatThrownBy(() -> place.put(NAME, file, Sha256.hex(file))).isInstanceOf(InterruptedTaskException.class);
    }

    private S3Place place(URI endpoint, Optional<Lock> lock, String secret) throws IOException {
        Path id = Files.writeString(temp.resolve("id"), LoopbackBucket.ACCESS_KEY + "\n");
        Path key = Files.writeString(temp.resolve("secret-" + secret.length()), secret + "\n");
        return new S3Place(
                new Bucket(Optional.of(endpoint), "eu-north-1", "bucket", true, "copies/", lock),
                new CredentialFiles(id, key, Optional.empty()),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
