package io.tidemark.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeashIT {

    /** A program that would stay for ever. */
    public static final class Staying {
        private Staying() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(arguments[0]);
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aChildEndsWhenItsParentIsGone() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Leash.class.getName(),
                        Staying.class.getName(),
                        "hello")
                .start();
        byte[] said = child.getInputStream().readNBytes("hello".length());
        assertThat(new String(said, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(child.isAlive()).isTrue();

        child.getOutputStream().close();

        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
