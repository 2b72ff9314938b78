package io.tidemark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README tells people to type is there. */
class ReadmeTest {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMAND = Pattern.compile("\\./tidemark ([a-z]+)");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)");

    private record Ended(int status, String output) {}

    @Test
    void theScriptExplainsItself() throws IOException, InterruptedException {
        Ended help = run("help");

        assertThat(Files.isExecutable(HOME.resolve("tidemark"))).isTrue();
        assertThat(help.status()).as(help.output()).isZero();
        assertThat(help.output()).startsWith("usage: ./tidemark");
    }

    @Test
    void everyCommandAndOptionOfTheReadmeIsInTheUsage() throws IOException, InterruptedException {
        String readme = Files.readString(HOME.resolve("README.md"));
        Set<String> told = all(COMMAND, readme);
        // The lines around these name the rest in prose.
        told.addAll(List.of("up", "down", "simulator"));

        String usage = run("help").output();

        assertThat(told).contains("demo", "help");
        assertThat(told).allSatisfy(command -> assertThat(usage).containsPattern("(?m)^  " + command + " "));
        assertThat(all(OPTION, readme))
                .contains("--keep")
                .allSatisfy(option -> assertThat(usage).contains(option));
    }

    @Test
    void anUnknownCommandIsRefusedWithOneSentence() throws IOException, InterruptedException {
        Ended refused = run("restore-everything");

        assertThat(refused.status()).isNotZero();
        assertThat(refused.output()).contains("unknown command 'restore-everything'");
    }

    @Test
    void theSecondCommandBuildsEveryModule() throws IOException {
        String readme = Files.readString(HOME.resolve("README.md"));
        String parent = Files.readString(HOME.resolve("pom.xml"));

        Set<String> modules = all(Pattern.compile("<module>([a-z-]+)</module>"), parent);

        assertThat(readme).contains("mvn verify");
        assertThat(modules)
                .isNotEmpty()
                .allSatisfy(module -> assertThat(readme).contains("[" + module + "](" + module + ")"));
    }

    @Test
    void everyLinkOfTheReadmeLeadsSomewhere() throws IOException {
        String readme = Files.readString(HOME.resolve("README.md"));

        Stream<String> links = all(Pattern.compile("]\\((?!http)([^)#]+)"), readme).stream();

        assertThat(links).allSatisfy(link -> assertThat(HOME.resolve(link)).exists());
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(found::add);
        return found;
    }

    private static Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(HOME.resolve("tidemark").toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
