package io.tidemark.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoTimeoutException;
import io.tidemark.layout.SaidLines;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class StoreNoticeTest {

    private static final String AWAY =
            "store does not answer, it is tried again what=looking reason=MongoTimeoutException todo=see whether the store is well";

    private final StoreNotice notice = new StoreNotice(Logger.getLogger(StoreNoticeTest.class), "looking");

    @Test
    void aStoreThatIsAwayIsToldOnceHoweverManyMeetWithItAndSoIsItsReturn() {
        try (SaidLines said = SaidLines.of(StoreNoticeTest.class)) {
            notice.round(() -> {});
            notice.round(StoreNoticeTest::away);
            assertThat(notice.covers(new MongoTimeoutException("no server"))).isTrue();
            notice.round(StoreNoticeTest::away);
            notice.round(() -> {});
            notice.round(() -> {});
            notice.round(StoreNoticeTest::away);

            assertThat(said.lines()).containsExactly(AWAY, "store answers again what=looking failed=3 todo=none", AWAY);
        }
    }

    @Test
    void whatNobodyForesawIsNotTakenForIt() {
        try (SaidLines said = SaidLines.of(StoreNoticeTest.class)) {
            assertThat(notice.covers(new IllegalStateException("a mistake"))).isFalse();
            assertThatThrownBy(() -> notice.round(() -> {
                        throw new IllegalStateException("a mistake");
                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(said.lines()).isEmpty();
        }
    }

    private static void away() {
        throw new MongoTimeoutException("no server");
    }
}
