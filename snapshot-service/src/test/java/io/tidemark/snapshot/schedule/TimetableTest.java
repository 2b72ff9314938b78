package io.tidemark.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimetableTest {

    @Test
    void aTimeIsAnIsoDurationOrOff() {
        assertThat(Timetable.every("PT5M")).contains(Duration.ofMinutes(5));
        assertThat(Timetable.every("off")).isEmpty();
        assertThatThrownBy(() -> Timetable.every("hourly"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hourly");
        assertThatThrownBy(() -> Timetable.every("PT0S")).isInstanceOf(IllegalArgumentException.class);
    }
}
