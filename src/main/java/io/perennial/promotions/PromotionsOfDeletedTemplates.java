package io.perennial.promotions;

import io.perennial.content.TemplateDeleted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Promotions let go of a template before it goes: their keys need one that is there. */
@Component
class PromotionsOfDeletedTemplates {

    private final PromotionRepository promotions;

    PromotionsOfDeletedTemplates(PromotionRepository promotions) {
        this.promotions = promotions;
    }

    @EventListener
    @Transactional
    public void on(TemplateDeleted deleted) {
        promotions.forgetAnnouncement(deleted.template().value());
        promotions.forgetThanks(deleted.template().value());
    }
}
