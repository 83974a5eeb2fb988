package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.content.StarterTemplates;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateRef;
import io.perennial.content.TemplateSnapshot;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Ready-made mails for promotions, put among the business's own templates when first asked for. */
@Service
public class PromotionTemplates {

    private final TemplateDirectory templates;

    PromotionTemplates(TemplateDirectory templates) {
        this.templates = templates;
    }

    /** The mail that brings the voucher. */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public TemplateRef announcement() {
        return ensure(t("promotions.ready_made.announcement"), "appreciation");
    }

    /** The mail to those who redeemed it. */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public TemplateRef thanks() {
        return ensure(t("promotions.ready_made.thanks"), "thanks");
    }

    /** What staff have made of it since is kept. */
    private TemplateRef ensure(String name, String starter) {
        return templates.list().stream()
                .filter(template -> template.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    TemplateSnapshot text = StarterTemplates.require(starter).text();
                    return templates.save(name, text.subject(), text.preheader(), text.mjml());
                });
    }
}
