package io.tidemark.diff.gitcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.TestTurn;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitCopyIT {

    private static final Instant T0 = SampleStates.START;

    @TempDir
    private Path folder;

    private final HistoryStore store = new MongoHistoryStore(Database.client(), Database.fresh());
    private final History history = new History(store);
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);

    @Test
    void aCommitSaysWhatChangedByCountsAndIdsWithoutAName() throws IOException {
        states.capture("c1", T0);
        policy("p1", "enabled");
        policy("p2", "enabled");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1"), "user");
        commit("c1", T0);
        states.capture("c2", T0.plusSeconds(600));
        policy("p1", "disabled");
        states.delete(new StateKey("conditionalAccessPolicy", "p2"), Deletion.HARD);
        policy("p3", "enabled");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u2"), "user");
        states.delete(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1").key(), Deletion.HARD);
        commit("c2", T0.plusSeconds(600));

        List<RevCommit> log = log();

        assertThat(log).hasSize(2);
        assertThat(log.get(0).getFullMessage())
                .startsWith("Snapshot c2 of 2026-05-01T10:10:05Z\n")
                .contains("conditionalAccessPolicy: 1 created, 1 changed, 1 deleted\n  ~ p1\n  - p2\n  + p3\n")
                .contains("group.members: 1 added, 1 removed\n  ~ g1 (+1, -1)\n")
                .contains("Tidemark-Snapshot: c2\n")
                .doesNotContain("Policy of");
        assertThat(files(log.get(0)))
                .containsOnlyKeys(
                        "conditionalAccessPolicy/p1/p1.json",
                        "conditionalAccessPolicy/p3/p3.json",
                        "group.members/g1/g1.json");
        assertThat(files(log.get(0)).get("conditionalAccessPolicy/p1/p1.json"))
                .isEqualTo(
                        "{\n  \"displayName\": \"Policy of Ada\",\n  \"id\": \"p1\",\n  \"state\": \"disabled\"\n}\n");
        assertThat(files(log.get(0)).get("group.members/g1/g1.json"))
                .isEqualTo("[\n  {\n    \"id\": \"u2\",\n    \"type\": \"user\"\n  }\n]\n");
    }

    @Test
    void aSnapshotIsCommittedOnceAndInOrder() throws IOException {
        states.capture("c1", T0);
        policy("p1", "enabled");
        Snapshot first = sealed("c1", T0);
        states.capture("c2", T0.plusSeconds(600));
        policy("p1", "disabled");
        Snapshot second = sealed("c2", T0.plusSeconds(600));

        write(second);
        write(second);

        assertThat(log()).hasSize(1);
        assertThatThrownBy(() -> write(first)).isInstanceOf(TaskException.class).hasMessageContaining("later snapshot");
    }

    /** A worker that is killed while it moves the branch leaves its lock behind. */
    @Test
    void theLockOfAWriterThatIsGoneHoldsUpOneAttemptAndNoMore() throws IOException {
        states.capture("c1", T0);
        policy("p1", "enabled");
        commit("c1", T0);
        states.capture("c2", T0.plusSeconds(600));
        policy("p1", "disabled");
        Snapshot second = sealed("c2", T0.plusSeconds(600));
        Path lock = Files.createFile(folder.resolve(tenant + ".git/refs/heads/main.lock"));

        assertThatThrownBy(() -> write(second))
                .isInstanceOf(InterruptedTaskException.class)
                .hasMessageContaining("is locked by another writer, see refs/heads/main.lock");
        Files.setLastModifiedTime(
                lock, FileTime.from(Files.getLastModifiedTime(lock).toInstant().minus(Duration.ofMinutes(10))));
        assertThatThrownBy(() -> write(second))
                .isInstanceOf(InterruptedTaskException.class)
                .hasMessageContaining("its lock was taken away");
        write(second);

        assertThat(log()).hasSize(2);
    }

    @Test
    void typesThatAreLeftOutAreNotWritten() throws IOException {
        states.capture("c1", T0);
        states.user("u1", "Sales");
        policy("p1", "enabled");

        commit("c1", T0);

        assertThat(files(log().get(0))).containsOnlyKeys("conditionalAccessPolicy/p1/p1.json");
    }

    /** The tree that grew commit by commit is the one that is written in one go. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void manySmallCommitsLeadToTheTreeOfOneLargeOne(long seed) throws IOException {
        Random random = new Random(seed);
        Snapshot last = null;
        for (int round = 0; round < 6; round++) {
            Instant at = T0.plusSeconds(7200L * round);
            states.capture("c" + round, at);
            life(random);
            last = sealed("c" + round, at);
            write(last);
        }
        Map<String, String> grown = files(log().get(0));

        Path other = folder.resolve("other");
        new GitCopy(history, other, "main", Set.of()).write(new TestTurn(tenant, "export", "x"), last);

        assertThat(log()).hasSize(6);
        assertThat(grown).isNotEmpty().isEqualTo(files(other, log(other).get(0)));
    }

    @Test
    void aChangedChoiceOfTypesTakesOutWhatIsLeftOutFromNowOnAndAddsTheRest() throws IOException {
        states.capture("c1", T0);
        states.object(ObjectKind.USER, "u1", "{\"id\":\"u1\"}");
        states.object(ObjectKind.GROUP, "g1", "{\"id\":\"g1\"}");
        policy("p1", "enabled");
        write(sealed("c1", T0), Set.of("user"));
        states.capture("c2", T0.plusSeconds(7200));
        policy("p1", "disabled");
        write(sealed("c2", T0.plusSeconds(7200)), Set.of("group"));
        states.capture("c3", T0.plusSeconds(14400));
        write(sealed("c3", T0.plusSeconds(14400)), Set.of());

        List<RevCommit> log = log();

        String policy = "conditionalAccessPolicy/p1/p1.json";
        assertThat(files(log.get(2))).containsOnlyKeys("group/g1/g1.json", policy);
        assertThat(files(log.get(1))).containsOnlyKeys("user/u1/u1.json", policy);
        assertThat(files(log.get(1)).get(policy)).contains("disabled");
        assertThat(files(log.get(0))).containsOnlyKeys("group/g1/g1.json", "user/u1/u1.json", policy);
        assertThat(log.get(0).getFullMessage()).contains("Tidemark-Left-Out: none\n");
        assertThat(log.get(1).getFullMessage()).contains("Tidemark-Left-Out: group\n");
    }

    @Test
    void whatChangedMeanwhileOfATypeThatIsLeftOutNoMoreIsAddedWithTheRest() throws IOException {
        states.capture("c1", T0);
        states.object(ObjectKind.USER, "u1", "{\"id\":\"u1\"}");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1"), "user");
        policy("p1", "enabled");
        write(sealed("c1", T0), Set.of("user", "group.members"));
        states.capture("c2", T0.plusSeconds(7200));
        states.object(ObjectKind.USER, "u2", "{\"id\":\"u2\"}");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u2"), "user");
        write(sealed("c2", T0.plusSeconds(7200)), Set.of());

        Map<String, String> files = files(log().get(0));

        assertThat(files)
                .containsOnlyKeys(
                        "conditionalAccessPolicy/p1/p1.json",
                        "group.members/g1/g1.json",
                        "user/u1/u1.json",
                        "user/u2/u2.json");
        assertThat(files.get("group.members/g1/g1.json")).contains("u1", "u2");
    }

    private void life(Random random) {
        for (int i = 0; i < 25; i++) {
            String id = "%02x-".formatted(random.nextInt(40)) + random.nextInt(3);
            switch (random.nextInt(4)) {
                case 0 -> states.delete(new StateKey("group", id), Deletion.HARD);
                case 1 ->
                    states.object(ObjectKind.GROUP, id, "{\"id\":\"" + id + "\",\"n\":" + random.nextInt(9) + "}");
                case 2 -> states.link(Link.of(LinkKind.GROUP_MEMBERS, id, "u" + random.nextInt(9)), "user");
                default ->
                    states.delete(
                            Link.of(LinkKind.GROUP_MEMBERS, id, "u" + random.nextInt(9))
                                    .key(),
                            Deletion.HARD);
            }
        }
    }

    private void policy(String id, String state) {
        states.object(
                ObjectKind.CONDITIONAL_ACCESS_POLICY,
                id,
                "{\"state\":\"" + state + "\",\"id\":\"" + id + "\",\"displayName\":\"Policy of Ada\"}");
    }

    private void commit(String id, Instant at) {
        write(sealed(id, at));
    }

    private Snapshot sealed(String id, Instant at) {
        store.apply(tenant, states.published());
        return states.sealed(id, at);
    }

    private void write(Snapshot snapshot) {
        write(snapshot, Set.of("user"));
    }

    private void write(Snapshot snapshot, Set<String> leftOut) {
        new GitCopy(history, folder, "main", leftOut).write(new TestTurn(tenant, "export", snapshot.id()), snapshot);
    }

    private List<RevCommit> log() throws IOException {
        return log(folder);
    }

    private List<RevCommit> log(Path root) throws IOException {
        List<RevCommit> commits = new ArrayList<>();
        try (Repository repository = open(root);
                RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(repository.resolve("HEAD")));
            walk.forEach(commits::add);
        }
        return commits;
    }

    private Map<String, String> files(RevCommit commit) throws IOException {
        return files(folder, commit);
    }

    private Map<String, String> files(Path root, RevCommit commit) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Repository repository = open(root);
                TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                files.put(
                        walk.getPathString(),
                        new String(repository.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private Repository open(Path root) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(root.resolve(tenant + ".git").toFile())
                .setBare()
                .build();
    }
}
