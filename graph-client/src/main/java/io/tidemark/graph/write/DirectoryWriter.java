package io.tidemark.graph.write;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Changes one thing at a time. A change is sent again only after Graph rejected it for too many requests or if it never reached the wire;
 * everything else is the caller's to decide, who has a journal.
 */
public final class DirectoryWriter {

    private final GraphConnection connection;

    public DirectoryWriter(GraphConnection connection) {
        this.connection = connection;
    }

    /** Sends a change and says what is known of it. */
    public WriteResult send(DirectoryWrite write) {
        URI graphUrl = connection.settings().graphUrl();
        try {
            return connection.send(write.request(graphUrl), DirectoryWriter::done);
        } catch (GraphException e) {
            return Results.of(e);
        }
    }

    /** See {@link DirectoryWrite#create}. */
    public WriteResult create(ObjectKind kind, JsonObject body, String clientRequestId) {
        return send(DirectoryWrite.create(kind, body, clientRequestId));
    }

    /** See {@link DirectoryWrite#update}. */
    public WriteResult update(ObjectRef ref, JsonObject patch, String clientRequestId) {
        return send(DirectoryWrite.update(ref, patch, clientRequestId));
    }

    /** See {@link DirectoryWrite#delete}. */
    public WriteResult delete(ObjectRef ref, String clientRequestId) {
        return send(DirectoryWrite.delete(ref, clientRequestId));
    }

    /** See {@link DirectoryWrite#undelete}. */
    public WriteResult undelete(ObjectRef ref, String clientRequestId) {
        return send(DirectoryWrite.undelete(ref, JsonObject.EMPTY, clientRequestId));
    }

    /** See {@link DirectoryWrite#undelete}. */
    public WriteResult undelete(ObjectRef ref, JsonObject options, String clientRequestId) {
        return send(DirectoryWrite.undelete(ref, options, clientRequestId));
    }

    /** See {@link DirectoryWrite#purge}. */
    public WriteResult purge(ObjectRef ref, String clientRequestId) {
        return send(DirectoryWrite.purge(ref, clientRequestId));
    }

    /** See {@link DirectoryWrite#addLinks}. */
    public WriteResult addLinks(LinkKind kind, ObjectId source, List<ObjectId> targets, String clientRequestId) {
        return send(DirectoryWrite.addLinks(kind, source, targets, clientRequestId));
    }

    /** See {@link DirectoryWrite#removeLink}. */
    public WriteResult removeLink(LinkKind kind, ObjectId source, ObjectId target, String clientRequestId) {
        return send(DirectoryWrite.removeLink(kind, source, target, clientRequestId));
    }

    /** See {@link DirectoryWrite#setManager}. */
    public WriteResult setManager(ObjectId user, ObjectId manager, String clientRequestId) {
        return send(DirectoryWrite.setManager(user, manager, clientRequestId));
    }

    /** See {@link DirectoryWrite#removeManager}. */
    public WriteResult removeManager(ObjectId user, String clientRequestId) {
        return send(DirectoryWrite.removeManager(user, clientRequestId));
    }

    private static WriteResult done(GraphResponse response) {
        Optional<JsonObject> body =
                response.hasBody() ? Optional.of(GraphConnection.success(response)) : Optional.empty();
        if (response.status() == 201
                && body.flatMap(object -> object.findString("id")).isEmpty()) {
            throw new IllegalArgumentException("what was created has no id");
        }
        return new WriteResult.Done(response.status(), response.requestId(), body);
    }
}
