package io.perennial.uikit;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** Lets fields for days and times say, in the reader's own way of writing them, what they could not read. */
public final class DateWords {

    private DateWords() {}

    public static void prepare(DatePicker picker) {
        picker.setLocale(Texts.locale());
        DatePicker.DatePickerI18n words = new DatePicker.DatePickerI18n();
        words.setBadInputErrorMessage(t("uikit.date_unread", day()));
        picker.setI18n(words);
    }

    public static void prepare(DateTimePicker picker) {
        picker.setLocale(Texts.locale());
        DateTimePicker.DateTimePickerI18n words = new DateTimePicker.DateTimePickerI18n();
        words.setBadInputErrorMessage(t("uikit.date_time_unread", day(), time()));
        words.setIncompleteInputErrorMessage(t("uikit.date_time_incomplete"));
        picker.setI18n(words);
    }

    private static String day() {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .format(LocalDate.now(ZoneOffset.UTC).plusWeeks(1));
    }

    private static String time() {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .format(LocalTime.of(14, 30));
    }
}
