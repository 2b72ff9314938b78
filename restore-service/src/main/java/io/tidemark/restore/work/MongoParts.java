package io.tidemark.restore.work;

import com.mongodb.client.MongoClient;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import io.tidemark.restore.execute.Execution;
import io.tidemark.restore.execute.ExecutionSettings;
import io.tidemark.restore.guard.GuardLimits;
import io.tidemark.restore.guard.RestoreGuard;
import io.tidemark.restore.journal.Failpoint;
import io.tidemark.restore.journal.HaltingFailpoint;
import io.tidemark.restore.journal.JobStore;
import io.tidemark.restore.journal.MongoJobStore;
import io.tidemark.restore.journal.MongoNoteStore;
import io.tidemark.restore.journal.MongoStepStore;
import io.tidemark.restore.journal.NoteStore;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.plan.WantedStates;
import io.tidemark.restore.source.HttpWantedStates;
import io.tidemark.restore.verify.VerificationSettings;
import io.tidemark.tenants.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts of the service together. */
@ApplicationScoped
class MongoParts {

    private final MongoClient client;
    private final String database;

    MongoParts(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    @Produces
    @Singleton
    JobStore jobs() {
        return new MongoJobStore(client, database);
    }

    @Produces
    @Singleton
    StepStore steps() {
        return new MongoStepStore(client, database);
    }

    @Produces
    @Singleton
    NoteStore notes() {
        return new MongoNoteStore(client, database);
    }

    @Produces
    @Singleton
    Failpoint failpoint() {
        return HaltingFailpoint.parse(System.getProperty(HaltingFailpoint.PROPERTY, ""));
    }

    @Produces
    @Singleton
    WantedStates history(ServicesConfig services) {
        return new HttpWantedStates(services.diffUrl());
    }

    @Produces
    @Singleton
    Execution execution(StepStore steps, RestoreConfig config, Clock clock, Failpoint failpoint) {
        RestoreConfig.Execution given = config.execution();
        ExecutionSettings settings = new ExecutionSettings(
                given.parallelBatches(),
                given.patience(),
                given.replicationPatience(),
                given.unknownReads(),
                given.unknownInterval(),
                given.firstBackoff(),
                given.longestBackoff());
        return new Execution(steps, settings, clock, new SecureRandom(), failpoint);
    }

    @Produces
    @Singleton
    VerificationSettings verification(RestoreConfig config) {
        RestoreConfig.Verification given = config.verification();
        return new VerificationSettings(given.reads(), given.interval(), given.patience());
    }

    @Produces
    @Singleton
    Guards guards(RestoreConfig config, TenantConnections connections) {
        RestoreConfig.Guard given = config.guard();
        Set<ObjectKind> allowed = given.allowedKinds().orElse(Set.of()).stream()
                .map(ObjectKind::parse)
                .collect(Collectors.toSet());
        Set<String> breakGlass = given.breakGlass().orElse(Set.of());
        return new Guards() {
            @Override
            public RestoreGuard of(TenantId tenant) {
                return new RestoreGuard(new GuardLimits(
                        breakGlass,
                        connections.ownAppIds(tenant),
                        given.fourEyesAbove(),
                        given.maxObjects(),
                        given.maxDeletions(),
                        given.maxShare(),
                        allowed,
                        given.planLifetime()));
            }

            @Override
            public Set<String> breakGlass() {
                return breakGlass;
            }
        };
    }
}
