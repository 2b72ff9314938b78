package io.tidemark.snapshot.capture;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.read.Trail;
import io.tidemark.graph.transport.Address;
import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.graph.transport.GraphRequest;
import io.tidemark.graph.transport.Method;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which links end at objects, from the side of their end. */
final class InboundLinks {

    private static final String TYPE = "@odata.type";
    private static final String NAMESPACE = "#microsoft.graph.";
    private static final String VALUE = "value";
    private static final int FOUND = 200;
    private static final int ABSENT = 404;

    /** Which relation at its end shows the links of which kinds. */
    private enum View {
        MEMBER_OF("memberOf", List.of(LinkKind.GROUP_MEMBERS, LinkKind.ADMINISTRATIVE_UNIT_MEMBERS)),
        OWNED_OBJECTS(
                "ownedObjects",
                List.of(LinkKind.GROUP_OWNERS, LinkKind.APPLICATION_OWNERS, LinkKind.SERVICE_PRINCIPAL_OWNERS)),
        DIRECT_REPORTS("directReports", List.of(LinkKind.USER_MANAGER));

        private final String relation;
        private final List<LinkKind> kinds;

        View(String relation, List<LinkKind> kinds) {
            this.relation = relation;
            this.kinds = kinds;
        }

        static List<View> of(ObjectKind target) {
            return switch (target) {
                case USER -> List.of(MEMBER_OF, OWNED_OBJECTS, DIRECT_REPORTS);
                case SERVICE_PRINCIPAL -> List.of(MEMBER_OF, OWNED_OBJECTS);
                case GROUP, DEVICE -> List.of(MEMBER_OF);
                default -> List.of();
            };
        }
    }

    private record Question(ObjectRef target, View view, String url) {}

    private final GraphConnection connection;

    InboundLinks(GraphConnection connection) {
        this.connection = connection;
    }

    /** Whether links of a kind are shown at their end at all. */
    static boolean shows(LinkKind kind) {
        return Arrays.stream(View.values()).anyMatch(view -> view.kinds.contains(kind));
    }

    List<FoundLink> to(Collection<ObjectRef> targets) {
        List<Question> questions = new ArrayList<>();
        for (ObjectRef target : targets) {
            for (View view : View.of(target.kind())) {
                String path = Catalogue.of(target.kind()).path();
                questions.add(new Question(
                        target, view, Address.of(path, target.id().value(), view.relation) + "?$select=id&$top=999"));
            }
        }
        List<FoundLink> found = new ArrayList<>();
        Portions.of(questions, Batch.LARGEST).forEach(portion -> ask(portion, found));
        return found;
    }

    private void ask(List<Question> questions, List<FoundLink> found) {
        List<Batch.Part> parts = new ArrayList<>();
        for (Question question : questions) {
            String id = Integer.toString(parts.size());
            parts.add(new Batch.Part(
                    id,
                    Method.GET,
                    question.url(),
                    Optional.empty(),
                    GraphRequest.get(question.url()).clientRequestId()));
        }
        Map<String, Batch.Answer> answers = Batch.send(connection, parts);
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            Batch.Answer answer = answers.get(Integer.toString(i));
            if (answer != null && answer.status() == ABSENT) {
                continue;
            }
            Optional<JsonObject> page = answer != null && answer.status() == FOUND ? answer.body() : Optional.empty();
            page.filter(body -> body.find(VALUE).orElse(JsonNull.NULL) instanceof JsonArray)
                    .or(() -> fetch(question.url()))
                    .ifPresent(first -> read(question, first, found));
        }
    }

    private void read(Question question, JsonObject first, List<FoundLink> found) {
        Trail trail = new Trail();
        JsonObject page = first;
        Optional<String> next;
        do {
            if (!(page.find(VALUE).orElse(JsonNull.NULL) instanceof JsonArray sources)) {
                throw GraphException.unreadable("a page of " + question.view().relation + " is no list");
            }
            sources.elements().forEach(source -> add(question, source, found));
            next = page.findString("@odata.nextLink");
            if (next.isPresent()) {
                page = fetch(trail.follow(next.get()))
                        .orElseThrow(() -> GraphException.unreadable(
                                "a further page of " + question.view().relation + " is not there"));
            }
        } while (next.isPresent());
    }

    private Optional<JsonObject> fetch(String url) {
        try {
            return Optional.of(connection.fetch(GraphRequest.get(url)));
        } catch (GraphException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void add(Question question, JsonValue element, List<FoundLink> found) {
        if (!(element instanceof JsonObject source)) {
            return;
        }
        for (LinkKind kind : question.view().kinds) {
            boolean fits = source.findString(TYPE)
                    .filter((NAMESPACE + kind.source().word())::equals)
                    .isPresent();
            if (fits) {
                source.findString("id")
                        .ifPresent(id -> found.add(new FoundLink(
                                Link.of(kind, id, question.target().id().value()),
                                question.target().kind().word())));
            }
        }
    }
}
