package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.segments.FieldType;
import io.perennial.uikit.Texts;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;

/** A number of a rule, shown in the unit a person thinks in: shares as percent. */
class NumberInput extends BigDecimalField {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Else the point is not taken, and 12.5 becomes 125 unnoticed. */
    private static final String POINT_IS_COMMA = """
            if (!this.pointIsComma) {
              this.pointIsComma = true;
              const comma = e => {
                if ((e.key ?? e.data) === '.') {
                  e.preventDefault();
                  e.stopPropagation();
                  document.execCommand('insertText', false, ',');
                }
              };
              this.addEventListener('keydown', comma, true);
              this.addEventListener('beforeinput', comma, true);
            }""";

    private final boolean percent;

    NumberInput(String label, FieldType type, String unit, String value, Runnable changed) {
        percent = type == FieldType.SHARE;
        setLocale(Texts.locale());
        if (isPointNeedless()) {
            addAttachListener(e -> getElement().executeJs(POINT_IS_COMMA));
        }
        setAriaLabel(label);
        setPlaceholder("0");
        setI18n(new BigDecimalFieldI18n().setBadInputErrorMessage(t("segments.number_unread")));
        addClassName("rule-number");
        if (!unit.isEmpty()) {
            setSuffixComponent(new Span(unit));
        }
        if (!value.isEmpty()) {
            BigDecimal number = new BigDecimal(value);
            setValue(percent ? plain(number.multiply(HUNDRED)) : number);
        }
        setValueChangeMode(ValueChangeMode.LAZY);
        setValueChangeTimeout(400);
        addValueChangeListener(e -> changed.run());
    }

    /** Where fractions begin with a comma, and thousands not with a point either. */
    private static boolean isPointNeedless() {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Texts.locale());
        return symbols.getDecimalSeparator() == ',' && symbols.getGroupingSeparator() != '.';
    }

    /** As the rule holds it; empty where nothing was given. */
    String text() {
        BigDecimal number = getValue();
        if (number == null) {
            return "";
        }
        return plain(percent ? number.divide(HUNDRED) : number).toPlainString();
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The unit of a field's numbers, as shown behind them. */
    static String unit(FieldType type, String currency) {
        return switch (type) {
            case MONEY, PREDICTED_MONEY -> currency;
            case SHARE -> "%";
            case DAYS -> t("segments.days");
            default -> "";
        };
    }
}
