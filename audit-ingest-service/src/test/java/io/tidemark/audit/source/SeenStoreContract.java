package io.tidemark.audit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of seen entries must do. */
abstract class SeenStoreContract {

    private final TenantId tenant = new TenantId(UUID.randomUUID());

    abstract SeenStore store();

    @Test
    void whatWasRememberedIsNotUnseen() {
        store().remember(tenant, List.of("a", "b"));

        assertThat(store().unseen(tenant, List.of("c", "b", "a", "d"))).containsExactly("c", "d");
    }

    @Test
    void rememberingAgainChangesNothing() {
        store().remember(tenant, List.of("a"));
        store().remember(tenant, List.of("a", "b"));

        assertThat(store().unseen(tenant, List.of("a", "b"))).isEmpty();
    }

    @Test
    void aTenantDoesNotSeeAnothersEntries() {
        store().remember(tenant, List.of("a"));

        assertThat(store().unseen(new TenantId(UUID.randomUUID()), List.of("a")))
                .containsExactly("a");
    }

    @Test
    void nothingIsNothing() {
        store().remember(tenant, List.of());

        assertThat(store().unseen(tenant, List.of())).isEmpty();
    }

    @Test
    void aWholeBatchIsRememberedAtOnce() {
        List<String> ids =
                IntStream.range(0, 500).mapToObj(i -> "Directory_" + i).toList();

        store().remember(tenant, ids);

        assertThat(store().unseen(tenant, ids)).isEmpty();
    }
}
