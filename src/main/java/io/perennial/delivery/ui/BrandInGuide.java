package io.perennial.delivery.ui;

import com.vaadin.flow.component.Component;
import io.perennial.accounts.GuideAddition;
import io.perennial.delivery.PageLooks;

/** Logo and colour, beside the postal address. */
@org.springframework.stereotype.Component
class BrandInGuide implements GuideAddition {

    private final PageLooks looks;

    BrandInGuide(PageLooks looks) {
        this.looks = looks;
    }

    @Override
    public String step() {
        return "brand";
    }

    @Override
    public Fields fields() {
        LookFields look = new LookFields(looks, true);
        return new Fields() {
            @Override
            public Component component() {
                return look;
            }

            @Override
            public boolean isValid() {
                return look.isValid();
            }

            @Override
            public void save() {
                looks.accent(look.accent());
            }
        };
    }
}
