package io.tidemark.graph.write;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.transport.Address;
import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphRequest;
import io.tidemark.graph.transport.Method;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change, ready to be sent alone or in a batch.
 *
 * @param method the HTTP method
 * @param url relative to the version
 * @param body what is sent; empty for none
 * @param clientRequestId travels with the request; unique per step and attempt, see {@link GraphRequest#requestIdOf}
 * @param refersTo the targets in the body, which become absolute references when it is sent
 * @param slow whether it belongs to the slow lane of Conditional Access, which is never batched
 */
public record DirectoryWrite(
        Method method,
        String url,
        Optional<JsonObject> body,
        String clientRequestId,
        Optional<References> refersTo,
        boolean slow) {

    /** Graph takes so many references in one request, and no more. */
    public static final int LARGEST_BIND = 20;

    private static final String DELETED_ITEMS = "directory/deletedItems";

    /**
     * References that a body is made of.
     *
     * @param name the body's member
     * @param targets where they lead
     * @param form a single reference or a list
     */
    public record References(String name, List<ObjectId> targets, Form form) {

        /** How the references are written. */
        public enum Form {
            SINGLE,
            LIST
        }

        public References {
            targets = List.copyOf(targets);
        }

        private JsonObject body(URI graphUrl) {
            String root = graphUrl.toString().replaceAll("/+$", "");
            List<JsonValue> references = targets.stream()
                    .<JsonValue>map(
                            target -> new JsonString(root + "/" + Address.of("directoryObjects", target.value())))
                    .toList();
            return new JsonObject(Map.of(name, form == Form.LIST ? new JsonArray(references) : references.get(0)));
        }
    }

    /** Creates an object; the answer's body has its id. */
    public static DirectoryWrite create(ObjectKind kind, JsonObject body, String clientRequestId) {
        return plain(Method.POST, kind, Catalogue.of(kind).path(), Optional.of(body), clientRequestId);
    }

    /** Changes just the properties named; {@code null} clears one. */
    public static DirectoryWrite update(ObjectRef ref, JsonObject patch, String clientRequestId) {
        if (patch.isEmpty()) {
            throw new IllegalArgumentException("an update without properties");
        }
        return plain(Method.PATCH, ref.kind(), path(ref), Optional.of(patch), clientRequestId);
    }

    /** Deletes an object: to the recycle bin where its kind has one. */
    public static DirectoryWrite delete(ObjectRef ref, String clientRequestId) {
        return plain(Method.DELETE, ref.kind(), path(ref), Optional.empty(), clientRequestId);
    }

    /**
     * Takes an object out of the recycle bin.
     *
     * @param options such as {@code autoReconcileProxyConflict}; an empty object for none
     * @throws IllegalArgumentException if its kind has no recycle bin
     */
    public static DirectoryWrite undelete(ObjectRef ref, JsonObject options, String clientRequestId) {
        String url = Address.of(binPath(ref), ref.id().value(), "restore");
        return plain(
                Method.POST,
                ref.kind(),
                url,
                options.isEmpty() ? Optional.empty() : Optional.of(options),
                clientRequestId);
    }

    /**
     * Removes an object from the recycle bin for good.
     *
     * @throws IllegalArgumentException if Graph lets no application do that for its kind
     */
    public static DirectoryWrite purge(ObjectRef ref, String clientRequestId) {
        if (ref.kind() == ObjectKind.USER || ref.kind() == ObjectKind.GROUP) {
            throw new IllegalArgumentException(
                    "Graph lets only people purge a " + ref.kind().word());
        }
        return plain(
                Method.DELETE,
                ref.kind(),
                Address.of(binPath(ref), ref.id().value()),
                Optional.empty(),
                clientRequestId);
    }

    /** How many links of a kind one request can add. */
    public static int linksPerWrite(LinkKind kind) {
        return kind == LinkKind.GROUP_MEMBERS ? LARGEST_BIND : 1;
    }

    /**
     * Adds links. A single-valued link, such as the manager, is replaced.
     *
     * @throws IllegalArgumentException if there are no targets or more than {@link #linksPerWrite}
     */
    public static DirectoryWrite addLinks(
            LinkKind kind, ObjectId source, List<ObjectId> targets, String clientRequestId) {
        if (targets.isEmpty() || targets.size() > linksPerWrite(kind)) {
            throw new IllegalArgumentException(
                    "one request adds 1 to " + linksPerWrite(kind) + " " + kind.word() + ", not " + targets.size());
        }
        String path = Catalogue.of(kind.source()).path();
        if (kind.arity() == LinkKind.Arity.ONE) {
            return referring(
                    Method.PUT, Address.of(path, source.value(), kind.relation(), "$ref"), targets, clientRequestId);
        }
        if (linksPerWrite(kind) == 1 || targets.size() == 1) {
            return referring(
                    Method.POST, Address.of(path, source.value(), kind.relation(), "$ref"), targets, clientRequestId);
        }
        return new DirectoryWrite(
                Method.PATCH,
                Address.of(path, source.value()),
                Optional.empty(),
                clientRequestId,
                Optional.of(new References(kind.relation() + "@odata.bind", targets, References.Form.LIST)),
                false);
    }

    /** Removes one link; the target tells which, except for a single-valued link. */
    public static DirectoryWrite removeLink(LinkKind kind, ObjectId source, ObjectId target, String clientRequestId) {
        String path = Catalogue.of(kind.source()).path();
        String url = kind.arity() == LinkKind.Arity.ONE
                ? Address.of(path, source.value(), kind.relation(), "$ref")
                : Address.of(path, source.value(), kind.relation(), target.value(), "$ref");
        return new DirectoryWrite(Method.DELETE, url, Optional.empty(), clientRequestId, Optional.empty(), false);
    }

    /** Makes somebody a user's manager, whoever it was before. */
    public static DirectoryWrite setManager(ObjectId user, ObjectId manager, String clientRequestId) {
        return addLinks(LinkKind.USER_MANAGER, user, List.of(manager), clientRequestId);
    }

    /** Takes a user's manager away. */
    public static DirectoryWrite removeManager(ObjectId user, String clientRequestId) {
        return removeLink(LinkKind.USER_MANAGER, user, user, clientRequestId);
    }

    /** Names method and path only: bodies hold personal data. */
    @Override
    public String toString() {
        return method + " " + url;
    }

    GraphRequest request(URI graphUrl) {
        return GraphRequest.change(method, url, sentBody(graphUrl), clientRequestId);
    }

    Batch.Part part(URI graphUrl) {
        return new Batch.Part(clientRequestId, method, url, sentBody(graphUrl), clientRequestId);
    }

    private Optional<JsonObject> sentBody(URI graphUrl) {
        return refersTo.map(references -> references.body(graphUrl)).or(() -> body);
    }

    private static DirectoryWrite plain(
            Method method, ObjectKind kind, String url, Optional<JsonObject> body, String clientRequestId) {
        boolean slow = kind == ObjectKind.CONDITIONAL_ACCESS_POLICY || kind == ObjectKind.NAMED_LOCATION;
        return new DirectoryWrite(method, url, body, clientRequestId, Optional.empty(), slow);
    }

    private static DirectoryWrite referring(Method method, String url, List<ObjectId> targets, String clientRequestId) {
        return new DirectoryWrite(
                method,
                url,
                Optional.empty(),
                clientRequestId,
                Optional.of(new References("@odata.id", targets, References.Form.SINGLE)),
                false);
    }

    private static String path(ObjectRef ref) {
        return Address.of(Catalogue.of(ref.kind()).path(), ref.id().value());
    }

    private static String binPath(ObjectRef ref) {
        String bin = Catalogue.of(ref.kind())
                .recycleBin()
                .orElseThrow(() -> new IllegalArgumentException(ref.kind().word() + " has no recycle bin"));
        return bin.startsWith(DELETED_ITEMS) ? DELETED_ITEMS : bin;
    }
}
