package io.tidemark.restore.execute;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.write.BatchWriter;
import io.tidemark.graph.write.DirectoryWrite;
import io.tidemark.graph.write.DirectoryWriter;
import io.tidemark.graph.write.WriteResult;
import io.tidemark.restore.plan.RestoreStep;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends steps through the official SDK: in batches, but for Conditional Access, which has a slow lane of its own. */
final class GraphStepSender implements StepSender {

    private static final int SECRET_BYTES = 24;

    private final DirectoryWriter single;
    private final BatchWriter batches;
    private final SecureRandom random = new SecureRandom();

    GraphStepSender(GraphConnection connection) {
        this.single = new DirectoryWriter(connection);
        this.batches = new BatchWriter(connection);
    }

    @Override
    public Map<String, WriteResult> send(List<Outgoing> steps) {
        Map<String, WriteResult> results = new HashMap<>();
        List<DirectoryWrite> together = new ArrayList<>();
        for (Outgoing outgoing : steps) {
            DirectoryWrite write = write(outgoing);
            if (write.slow() || steps.size() == 1) {
                results.put(outgoing.requestId(), single.send(write));
            } else {
                together.add(write);
            }
        }
        if (!together.isEmpty()) {
            results.putAll(batches.send(together));
        }
        return results;
    }

    private DirectoryWrite write(Outgoing outgoing) {
        RestoreStep step = outgoing.step();
        String id = outgoing.requestId();
        if (step instanceof RestoreStep.PatchProperties patch) {
            return DirectoryWrite.update(patch.object(), patch.patch(), id);
        }
        if (step instanceof RestoreStep.Create create) {
            return DirectoryWrite.create(create.object().kind(), complete(create), id);
        }
        if (step instanceof RestoreStep.Undelete undelete) {
            return DirectoryWrite.undelete(undelete.object(), JsonObject.EMPTY, id);
        }
        if (step instanceof RestoreStep.SoftDelete delete) {
            return DirectoryWrite.delete(delete.object(), id);
        }
        if (step instanceof RestoreStep.SetManager manager) {
            return DirectoryWrite.setManager(manager.object().id(), manager.manager(), id);
        }
        if (step instanceof RestoreStep.RemoveManager manager) {
            return DirectoryWrite.removeManager(manager.object().id(), id);
        }
        if (step instanceof RestoreStep.AddLinks links) {
            return DirectoryWrite.addLinks(links.kind(), links.source(), links.targets(), id);
        }
        if (step instanceof RestoreStep.RemoveLink link) {
            return DirectoryWrite.removeLink(link.kind(), link.source(), link.target(), id);
        }
        throw new IllegalStateException("nobody knows how to send " + step.operation());
    }

    /** A user needs a password to be created. It is made up here, kept nowhere and has to be changed at the first sign-in. */
    private JsonObject complete(RestoreStep.Create create) {
        if (create.object().kind() != ObjectKind.USER) {
            return create.body();
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        JsonObject profile = JsonObject.EMPTY
                .with("forceChangePasswordNextSignIn", JsonBoolean.TRUE)
                .with("password", new JsonString("Aa1!" + Base64.getUrlEncoder().encodeToString(secret)));
        return create.body().with("passwordProfile", profile);
    }
}
