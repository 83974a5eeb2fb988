package io.perennial.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import org.junit.jupiter.api.Test;

class PageClockTest {

    @Test
    void goesAsTheMostImpatientWantsAndStandsStillWithoutAny() {
        UI ui = new UI();
        Registration slow = PageClock.every(ui, 5_000, () -> {});
        assertThat(ui.getPollInterval()).isEqualTo(5_000);
        Registration quick = PageClock.every(ui, 1_000, () -> {});
        assertThat(ui.getPollInterval()).isEqualTo(1_000);
        quick.remove();
        quick.remove();
        assertThat(ui.getPollInterval()).isEqualTo(5_000);
        slow.remove();
        assertThat(ui.getPollInterval()).isEqualTo(-1);
    }
}
