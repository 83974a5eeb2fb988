package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.promotions.Offer;
import io.perennial.promotions.OfferKind;
import io.perennial.uikit.Texts;

/** What the voucher gives. */
class OfferFields extends Div {

    private final Select<OfferKind> kind = new Select<>();
    private final BigDecimalField value = new BigDecimalField();
    private final TextField thing = new TextField();
    private final BigDecimalField unitCost = new BigDecimalField(t("promotions.field.unit_cost"));
    private final String currency;

    OfferFields(String currency, Runnable changed) {
        this.currency = currency;
        addClassName("promotion-fields");
        kind.setLabel(t("promotions.field.offer"));
        kind.setItems(OfferKind.values());
        kind.setItemLabelGenerator(k -> t("promotions.offer.kind." + k));
        value.setLocale(Texts.locale());
        unitCost.setLocale(Texts.locale());
        unitCost.setSuffixComponent(new Span(currency));
        unitCost.setHelperText(t("promotions.field.unit_cost_help"));
        thing.setMaxLength(120);
        value.setValueChangeMode(ValueChangeMode.LAZY);
        thing.setValueChangeMode(ValueChangeMode.LAZY);
        unitCost.setValueChangeMode(ValueChangeMode.LAZY);
        kind.addValueChangeListener(e -> {
            adapt();
            changed.run();
        });
        value.addValueChangeListener(e -> changed.run());
        thing.addValueChangeListener(e -> changed.run());
        unitCost.addValueChangeListener(e -> changed.run());
        add(kind, value, thing, unitCost);
    }

    void setOffer(Offer offer) {
        kind.setValue(offer.kind());
        value.setValue(offer.value());
        thing.setValue(offer.thing() == null ? "" : offer.thing());
        unitCost.setValue(offer.unitCost());
        adapt();
    }

    Offer offer() {
        OfferKind chosen = kind.getValue();
        return chosen.isDiscount()
                ? new Offer(chosen, value.getValue(), null, null)
                : new Offer(chosen, null, thing.getValue().strip(), unitCost.getValue());
    }

    /** Where to put it right: the figure or the words that are missing or wrong. */
    Focusable<?> first() {
        return kind.getValue().isDiscount() ? value : thing;
    }

    private void adapt() {
        OfferKind chosen = kind.getValue();
        boolean discount = chosen.isDiscount();
        value.setVisible(discount);
        value.setLabel(t("promotions.field.value." + (discount ? chosen : OfferKind.PERCENT)));
        value.setSuffixComponent(new Span(chosen == OfferKind.PERCENT ? "%" : currency));
        thing.setVisible(!discount);
        thing.setLabel(t("promotions.field.thing." + (discount ? OfferKind.GIFT : chosen)));
        unitCost.setVisible(!discount);
    }
}
