package io.tidemark.restore.execute;

import io.tidemark.directory.ObjectKind;
import io.tidemark.graph.transport.GraphError;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.write.WriteResult;
import io.tidemark.restore.plan.RestoreStep;

/** What a refusal means. */
final class Refusals {

    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    /** What to do next. */
    enum Meaning {
        /** It passes by itself. */
        TRY_AGAIN,
        /** One of the targets is the trouble: send them in smaller sets. */
        SPLIT,
        /** It stays so. */
        FINAL
    }

    private Refusals() {}

    /**
     * Says what a refusal means, after a look has shown that the tenant is not as the step wants it.
     *
     * @param fresh whether the step speaks of something that was just created or undeleted and may not be visible everywhere
     */
    static Meaning of(RestoreStep step, WriteResult.Refused refused, boolean fresh) {
        if (isTakenByAnother(refused.error())) {
            return Meaning.FINAL;
        }
        if (refused.reason() == GraphException.Reason.CONFLICT) {
            return Meaning.TRY_AGAIN;
        }
        if (fresh && isLateness(step, refused)) {
            return Meaning.TRY_AGAIN;
        }
        boolean several =
                step instanceof RestoreStep.AddLinks links && links.targets().size() > 1;
        boolean splittable = refused.status() == BAD_REQUEST || refused.status() == NOT_FOUND;
        return several && splittable ? Meaning.SPLIT : Meaning.FINAL;
    }

    /** What people are told. */
    static String text(WriteResult.Refused refused) {
        String what = refused.error().known().orElse(refused.code().isEmpty() ? "no reason given" : refused.code());
        return "Graph refused it (" + refused.status() + "): " + what;
    }

    private static boolean isLateness(RestoreStep step, WriteResult.Refused refused) {
        boolean servicePrincipal =
                step instanceof RestoreStep.Create create && create.object().kind() == ObjectKind.SERVICE_PRINCIPAL;
        return refused.status() == NOT_FOUND
                || refused.status() == BAD_REQUEST
                || servicePrincipal && refused.status() == FORBIDDEN;
    }

    private static boolean isTakenByAnother(GraphError error) {
        return error.details().stream().anyMatch(detail -> detail.code().equals("ObjectConflict"));
    }
}
