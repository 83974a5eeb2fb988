package io.perennial.content;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.uikit.FirstStep;
import io.perennial.uikit.HomeContribution;
import java.util.List;
import org.springframework.stereotype.Component;

/** The first mail of a new business. */
@Component
class TemplatesOnHome implements HomeContribution {

    private final Templates templates;

    TemplatesOnHome(Templates templates) {
        this.templates = templates;
    }

    /** Before campaigns, which need one. */
    @Override
    public int order() {
        return 25;
    }

    @Override
    public List<FirstStep> firstSteps() {
        if (!CurrentStaff.may(Permission.CONTENT_WRITE)) {
            return List.of();
        }
        return List.of(new FirstStep(
                t("content.home.first"),
                t("content.home.first_why"),
                !templates.list().isEmpty(),
                t("content.home.first_action"),
                "templates/new"));
    }
}
