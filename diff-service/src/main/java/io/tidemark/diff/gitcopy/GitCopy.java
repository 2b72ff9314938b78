package io.tidemark.diff.gitcopy;

import io.tidemark.diff.history.History;
import io.tidemark.diff.history.Span;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.Task.Progress;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.Turn;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes one snapshot as one commit; what it costs grows with what changed since the commit before. A cut-off attempt leaves no commit. */
public final class GitCopy {

    private static final Logger LOG = Logger.getLogger(GitCopy.class);
    private static final String SNAPSHOT = "Tidemark-Snapshot: ";
    private static final String INSTANT = "Tidemark-Instant: ";
    private static final String TENANT = "Tidemark-Tenant: ";
    private static final String LEFT_OUT = "Tidemark-Left-Out: ";
    private static final int PAGE = 500;
    private static final int MOST_PACKS = 50;

    /** States can be stored a little after others that were seen later. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final History history;
    private final Path folder;
    private final String branch;
    private final Set<String> leaveOut;

    /**
     * @param folder where the repositories are, one a tenant: {@code <tenant>.git}
     * @param branch the branch that gets the commits
     * @param leaveOut types that are not written
     */
    public GitCopy(History history, Path folder, String branch, Set<String> leaveOut) {
        this.history = history;
        this.folder = folder;
        this.branch = branch;
        this.leaveOut = Set.copyOf(leaveOut);
    }

    /** What was written. */
    public record Committed(String commit, long changes) {}

    /** Commits the snapshot, unless the branch has it already. */
    public Committed write(Turn turn, Snapshot snapshot) {
        QuietSystem.install();
        Instant instant = Objects.requireNonNull(snapshot.instant(), "a sealed snapshot has an instant");
        try (Repository repository = open(snapshot.tenant())) {
            @Nullable ObjectId head = repository.resolve(Constants.R_HEADS + branch);
            @Nullable RevCommit before = head == null ? null : commit(repository, head);
            if (before != null && snapshot.id().equals(said(before, SNAPSHOT))) {
                return new Committed(before.name(), 0);
            }
            @Nullable Instant since = before == null ? null : moment(before);
            if (since != null && !instant.isAfter(since)) {
                throw new TaskException("branch " + branch + " already holds a later snapshot, of " + since
                        + "; commits are in order of time");
            }
            Committed committed = commit(turn, snapshot, repository, before, since);
            tidy(repository);
            return committed;
        } catch (IOException e) {
            throw new InterruptedTaskException("repository of the tenant could not be written", e);
        }
    }

    private Repository open(TenantId tenant) throws IOException {
        return BareRepository.open(folder.resolve(tenant + ".git"), branch);
    }

    private static RevCommit commit(Repository repository, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(id);
            walk.parseBody(commit);
            return commit;
        }
    }

    private static @Nullable String said(RevCommit commit, String what) {
        return commit.getFullMessage()
                .lines()
                .filter(line -> line.startsWith(what))
                .reduce((first, last) -> last)
                .map(line -> line.substring(what.length()))
                .orElse(null);
    }

    private Instant moment(RevCommit commit) {
        @Nullable String said = said(commit, INSTANT);
        if (said == null) {
            throw new TaskException("last commit of branch " + branch + " is not one of ours");
        }
        return Instant.parse(said);
    }

    private Committed commit(
            Turn turn, Snapshot snapshot, Repository repository, @Nullable RevCommit before, @Nullable Instant since)
            throws IOException {
        Instant instant = Objects.requireNonNull(snapshot.instant());
        // What has just been inserted is read again where the rest of its folder comes later.
        try (ObjectInserter inserter = inserter(repository);
                ObjectReader reader = inserter.newReader()) {
            CommitTree tree = new CommitTree(
                    reader, inserter, before == null ? null : before.getTree().getId());
            if (before == null || since == null) {
                addWhat(type -> true, turn, snapshot, instant, tree);
            } else {
                changed(turn, snapshot, since, instant, tree);
                @Nullable String said = said(before, LEFT_OUT);
                String leftOutBefore = said == null ? "" : said;
                if (!leftOutBefore.equals(LeftOut.text(leaveOut))) {
                    addWhat(type -> LeftOut.wasLeftOut(leftOutBefore, type), turn, snapshot, instant, tree);
                }
            }
            for (String type : leaveOut) {
                tree.leaveOut(type);
            }
            PersonIdent author = new PersonIdent("Tidemark", "tidemark@localhost", instant, ZoneOffset.UTC);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree.write());
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setEncoding(StandardCharsets.UTF_8);
            commit.setMessage(message(snapshot, instant, tree.notes()));
            if (before != null) {
                commit.setParentId(before.getId());
            }
            ObjectId written = inserter.insert(commit);
            inserter.flush();
            point(repository, before, written);
            return new Committed(written.name(), tree.notes().total());
        }
    }

    /** One pack for all that is new, where the repository is a plain folder. */
    private static ObjectInserter inserter(Repository repository) {
        return repository.getObjectDatabase() instanceof ObjectDirectory directory
                ? directory.newPackInserter()
                : repository.newObjectInserter();
    }

    private void addWhat(Predicate<String> types, Turn turn, Snapshot snapshot, Instant instant, CommitTree tree)
            throws IOException {
        long expected =
                snapshot.counts().values().stream().mapToLong(Long::longValue).sum();
        long done = 0;
        @Nullable StateKey last = null;
        List<Span> page;
        do {
            page = history.page(snapshot.tenant(), last, PAGE, instant);
            for (Span span : page) {
                if (types.test(span.key().type())) {
                    put(tree, span);
                }
                last = span.key();
                done++;
            }
            turn.progress(new Progress(done, Math.max(done, expected)));
        } while (page.size() == PAGE);
    }

    private void changed(Turn turn, Snapshot snapshot, Instant since, Instant instant, CommitTree tree)
            throws IOException {
        List<StateKey> keys = List.copyOf(history.changedBetween(snapshot.tenant(), since.minus(OVERLAP), instant));
        for (int at = 0; at < keys.size(); at += PAGE) {
            List<StateKey> some = keys.subList(at, Math.min(at + PAGE, keys.size()));
            List<Span> spans = new ArrayList<>(history.spans(snapshot.tenant(), some, instant, instant));
            spans.sort((one, other) -> one.key().compareTo(other.key()));
            for (Span span : spans) {
                put(tree, span);
            }
            turn.progress(new Progress(at + some.size(), keys.size()));
        }
    }

    private void put(CommitTree tree, Span span) throws IOException {
        if (!leaveOut.contains(span.key().type())) {
            tree.put(span.key(), span.before());
        }
    }

    private String message(Snapshot snapshot, Instant instant, ChangeNotes notes) {
        return "Snapshot " + snapshot.id() + " of " + instant + "\n\n" + notes.text() + "\n" + TENANT
                + snapshot.tenant() + "\n" + LEFT_OUT + LeftOut.text(leaveOut) + "\n" + SNAPSHOT + snapshot.id() + "\n"
                + INSTANT + instant + "\n";
    }

    private void point(Repository repository, @Nullable RevCommit before, ObjectId written) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setExpectedOldObjectId(before == null ? ObjectId.zeroId() : before.getId());
        update.setNewObjectId(written);
        RefUpdate.Result result = update.update();
        Set<RefUpdate.Result> good =
                Set.of(RefUpdate.Result.NEW, RefUpdate.Result.FAST_FORWARD, RefUpdate.Result.NO_CHANGE);
        if (result == RefUpdate.Result.LOCK_FAILURE) {
            String lock = Constants.R_HEADS + branch + ".lock";
            throw new InterruptedTaskException(
                    BareRepository.takeAway(repository.getDirectory().toPath(), lock)
                            ? "branch " + branch + " was locked by a writer that is gone; its lock was taken away"
                            : "branch " + branch + " is locked by another writer, see " + lock);
        }
        if (!good.contains(result)) {
            throw new InterruptedTaskException("branch " + branch + " moved meanwhile: " + result);
        }
    }

    /** Every commit adds a pack; many small ones make a repository slow. */
    private static void tidy(Repository repository) {
        Optional<ObjectDirectory> directory = Optional.of(repository.getObjectDatabase())
                .filter(ObjectDirectory.class::isInstance)
                .map(ObjectDirectory.class::cast);
        if (directory.isPresent() && directory.get().getPacks().size() > MOST_PACKS) {
            try (Git git = Git.wrap(repository)) {
                Object unused = git.gc().call();
            } catch (GitAPIException | JGitInternalException e) {
                // The commit is there all the same, and the next one tries again.
                LOG.warnf(
                        "repository not packed folder=%s reason=%s",
                        repository.getDirectory(), e.getClass().getSimpleName());
            }
        }
    }
}
