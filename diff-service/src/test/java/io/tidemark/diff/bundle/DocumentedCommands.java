package io.tidemark.diff.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs the commands that the document gives to readers of bundles. */
final class DocumentedCommands {

    private static final Path DOCUMENT = Path.of("..", "docs", "bundle-format.md");
    private static final List<String> TOOLS = List.of("bash", "openssl", "jq", "gzip", "sha256sum", "od");

    private DocumentedCommands() {}

    /** What every block of commands says, one after the other, in a bundle's folder. */
    static String run(Path folder, TestKeys keys) throws IOException, InterruptedException {
        for (String tool : TOOLS) {
            Assumptions.assumeTrue(isThere(tool), tool + " is not installed: the document's commands are not run");
        }
        String[] blocks = Files.readString(DOCUMENT).split("```sh\n", -1);
        assertThat(blocks.length).isGreaterThan(5);
        StringBuilder said = new StringBuilder();
        for (int i = 1; i < blocks.length; i++) {
            said.append(run(folder, keys, blocks[i].substring(0, blocks[i].indexOf("```"))));
        }
        return said.toString();
    }

    private static String run(Path folder, TestKeys keys, String commands) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().put("PUBLIC_KEY", keys.publicKey().toString());
        shell.environment().put("ENCRYPTION_KEY", keys.encryptionKey().toString());
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
