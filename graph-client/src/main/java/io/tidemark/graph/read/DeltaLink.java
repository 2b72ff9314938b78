package io.tidemark.graph.read;

/** Where a delta query goes on; opaque, to be kept as it is. It ages: Graph forgets it after seven days. */
public record DeltaLink(String url) {

    public DeltaLink {
        if (url.isBlank()) {
            throw new IllegalArgumentException("a delta link is empty");
        }
    }

    /** The link holds a token. */
    @Override
    public String toString() {
        return "delta link";
    }
}
