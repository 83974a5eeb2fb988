package io.perennial.content.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Role;
import io.perennial.content.SavedTemplate;
import io.perennial.content.StarterTemplates;
import io.perennial.content.TemplateSnapshot;
import io.perennial.content.Templates;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class TemplateEditorViewTest extends SpringBrowserlessTest {

    @Autowired
    Templates templates;

    @Autowired
    Businesses businesses;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    SavedTemplate template;

    @BeforeEach
    void aTemplateOfABusinessWithAnAddress() {
        acme = tenants.fresh("Acme");
        template = TestTenants.asOwner(acme, () -> {
            Business b = businesses.current();
            businesses.update(new Business(
                    b.id(),
                    b.name(),
                    b.country(),
                    b.locale(),
                    b.zone(),
                    b.currency(),
                    "Hlavní 1, Praha",
                    null,
                    null,
                    null,
                    null));
            return templates.create("News", StarterTemplates.require("news").text());
        });
    }

    private String page() {
        return getCurrentView().getElement().getTextRecursively();
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream()
                .filter(field -> label.equals(field.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    private Button button(String text) {
        return find(Button.class).all().stream()
                .filter(button -> text.equals(button.getText()))
                .findFirst()
                .orElseThrow();
    }

    private void write(String mjml) {
        SourceArea area = find(SourceArea.class).single();
        String before = area.getValue();
        area.setValue(mjml);
        ComponentUtil.fireEvent(area, new AbstractField.ComponentValueChangeEvent<>(area, area, before, true));
    }

    @Test
    void theMailIsShownInAFrameThatMayRunNothing() {
        TestTenants.asOwner(acme, () -> {
            navigate("templates/" + template.id(), TemplateEditorView.class);
            MailFrame frame = find(MailFrame.class).single();
            assertThat(frame.getElement().getAttribute("sandbox")).isEmpty();
            assertThat(frame.getSrcdoc().orElseThrow()).contains("Wolfeschlegel", "&lt;Söhne&gt;", "Unsubscribe");
            assertThat(page()).contains("Nothing is wrong", "Welcome to Acme");
        });
    }

    @Test
    void whatIsTypedIsCheckedAndSaved() {
        TestTenants.asOwner(acme, () -> {
            navigate("templates/" + template.id(), TemplateEditorView.class);
            write(
                    "<mjml><mj-body>\n<mj-section><mj-column>\n<mj-txt>Hi</mj-txt></mj-column></mj-section></mj-body></mjml>");
            assertThat(find(ListItem.class).all())
                    .anyMatch(item -> item.getElement().getTextRecursively().contains("Line 3")
                            && item.getElement().getTextRecursively().contains("mj-text"));
            assertThat(page()).contains("Saved ");
            assertThat(templates.open(template.id()).text().mjml()).contains("mj-txt");
            test(button("Undo all changes")).click();
            assertThat(templates.open(template.id()).text()).isEqualTo(template.text());
            test(button("Bring changes back")).click();
            assertThat(templates.open(template.id()).text().mjml()).contains("mj-txt");
        });
    }

    @Test
    void aConflictIsToldAndNothingIsLost() {
        TestTenants.asOwner(acme, () -> {
            navigate("templates/" + template.id(), TemplateEditorView.class);
            TemplateSnapshot theirs =
                    new TemplateSnapshot("Theirs", "", template.text().mjml(), null);
            templates.update(template.id(), template.version(), "News", theirs);
            test(field("Subject")).setValue("Mine");
            assertThat(page()).contains("OWNER saved this template");
            assertThat(templates.open(template.id()).text().subject()).isEqualTo("Theirs");
            assertThat(field("Subject").getValue()).isEqualTo("Mine");
            test(button("Overwrite with mine")).click();
            assertThat(templates.open(template.id()).text().subject()).isEqualTo("Mine");
        });
    }

    @Test
    void aTakenNameIsNotSaved() {
        TestTenants.asOwner(acme, () -> {
            templates.create("Other", template.text());
            navigate("templates/" + template.id(), TemplateEditorView.class);
            test(field("Name of the template")).setValue("Other");
            assertThat(field("Name of the template").isInvalid()).isTrue();
            assertThat(templates.open(template.id()).name()).isEqualTo("News");
        });
    }

    @Test
    void supportLooksWithoutChanging() {
        TestTenants.as(acme, Role.SUPPORT, () -> {
            navigate("templates/" + template.id(), TemplateEditorView.class);
            assertThat(field("Subject").isReadOnly()).isTrue();
            assertThat(find(SourceArea.class).single().isReadOnly()).isTrue();
        });
    }

    @Test
    void anotherBusinesssTemplateIsNotFound() {
        TestTenants.asOwner(tenants.fresh("Globex"), () -> {
            Class<?> shown = null;
            try {
                navigate("templates/" + template.id(), TemplateEditorView.class);
                shown = getCurrentView().getClass();
            } catch (AssertionError | RuntimeException e) {
                shown = getCurrentView().getClass();
            }
            assertThat(shown).isNotEqualTo(TemplateEditorView.class);
        });
    }

    @Test
    void listAndGalleryShowPictures() {
        TestTenants.asOwner(acme, () -> {
            navigate(TemplatesView.class);
            assertThat(page()).contains("News", "Ready to send");
            assertThat(find(MailFrame.class).all()).hasSize(1);
            navigate(TemplateGalleryView.class);
            assertThat(find(MailFrame.class).all())
                    .hasSize(StarterTemplates.all().size());
            test(find(Button.class).all().stream()
                            .filter(b -> b.getText().equals("Use this one"))
                            .findFirst()
                            .orElseThrow())
                    .click();
            assertThat(getCurrentView()).isInstanceOf(TemplateEditorView.class);
            assertThat(templates.all()).hasSize(2);
        });
    }

    @Test
    void anEmptyBusinessIsToldWhatTemplatesAreFor() {
        TestTenants.asOwner(tenants.fresh("Globex"), () -> {
            navigate(TemplatesView.class);
            assertThat(page()).contains("No templates yet");
        });
    }
}
