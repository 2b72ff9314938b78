package io.tidemark.runtime.problem;

import java.util.Map;

/** A request that cannot be served as asked. The detail names what was wrong and holds nothing personal. */
public class ProblemException extends RuntimeException {

    private final int status;
    private final String name;
    private final Map<String, String> extensions;

    /**
     * @param status the HTTP status
     * @param name the problem's name in kebab case, such as {@code unknown-snapshot}
     * @param detail what was wrong
     */
    public ProblemException(int status, String name, String detail) {
        this(status, name, detail, Map.of());
    }

    public ProblemException(int status, String name, String detail, Map<String, String> extensions) {
        super(detail);
        this.status = status;
        this.name = name;
        this.extensions = Map.copyOf(extensions);
    }

    public static ProblemException badRequest(String name, String detail) {
        return new ProblemException(400, name, detail);
    }

    public static ProblemException notFound(String name, String detail) {
        return new ProblemException(404, name, detail);
    }

    public static ProblemException conflict(String name, String detail) {
        return new ProblemException(409, name, detail);
    }

    public int status() {
        return status;
    }

    Problem problem(String instance) {
        String title = name.replace('-', ' ');
        return new Problem(
                "urn:tidemark:problem:" + name,
                Character.toUpperCase(title.charAt(0)) + title.substring(1),
                status,
                getMessage(),
                instance,
                extensions);
    }
}
