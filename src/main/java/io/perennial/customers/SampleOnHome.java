package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.SampleState.Stage;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.HomeTask;
import io.perennial.uikit.Tone;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says that what one sees is made up, and leads to where it can be taken away. */
@Component
class SampleOnHome implements HomeContribution {

    private final SampleShops samples;

    SampleOnHome(SampleShops samples) {
        this.samples = samples;
    }

    @Override
    public int order() {
        return 12;
    }

    @Override
    public List<HomeTask> tasks() {
        if (!CurrentStaff.may(Permission.SETTINGS_WRITE) || samples.state().stage() == Stage.NONE) {
            return List.of();
        }
        return List.of(new HomeTask(
                t("customers.sample.on_home"),
                1,
                Tone.INFO,
                t("customers.sample.on_home_action"),
                "welcome?step=customers"));
    }
}
