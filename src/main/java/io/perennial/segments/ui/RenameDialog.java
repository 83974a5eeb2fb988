package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import io.perennial.segments.SegmentChangedMeanwhile;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentNameTaken;
import io.perennial.uikit.Toasts;

/** Gives a list another name. */
class RenameDialog extends Dialog {

    RenameDialog(SegmentServices services, SegmentDetails segment, Runnable renamed) {
        setHeaderTitle(t("segments.rename"));
        NameField name = new NameField(segment.name());
        Button go = new Button(t("segments.rename_now"), e -> {
            try {
                services.segments().rename(segment.id(), name.getValue(), segment.version());
                close();
                renamed.run();
            } catch (SegmentNameTaken taken) {
                name.refuse(t("segments.name_taken"));
            } catch (SegmentChangedMeanwhile meanwhile) {
                Toasts.error(t("segments.changed_meanwhile"));
            } catch (IllegalArgumentException noName) {
                name.refuse(String.valueOf(noName.getMessage()));
            }
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER).listenOn(this);
        add(name);
        getFooter().add(new Button(t("segments.cancel_plain"), e -> close()), go);
    }
}
