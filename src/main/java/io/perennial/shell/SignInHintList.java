package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.login.LoginForm;
import io.perennial.accounts.SignInHint;
import io.perennial.uikit.NameAvatar;
import java.util.List;

/** The people of the sample businesses; a click signs in as one of them. */
class SignInHintList extends Section {

    SignInHintList(List<SignInHint> hints, LoginForm form) {
        addClassName("login-hints");
        UnorderedList list = new UnorderedList();
        hints.forEach(hint -> list.add(new ListItem(entry(hint, form))));
        add(new H2(t("shell.hints")), new Paragraph(t("shell.hints_note")), list);
    }

    private static NativeButton entry(SignInHint hint, LoginForm form) {
        NameAvatar avatar = new NameAvatar(hint.name());
        Span name = new Span(hint.name());
        name.addClassName("face-name");
        Span note = new Span(
                hint.operator()
                        ? t("shell.hint_operator")
                        : hint.business() + " · " + hint.role().label());
        note.addClassName("face-note");
        Div words = new Div(name, note);
        words.addClassName("face-words");
        NativeButton button = new NativeButton();
        button.addClassName("face");
        button.add(avatar, words, Icons.of("arrow"));
        // Filled in by the browser itself, so that it is an ordinary sign-in from there on.
        button.getElement()
                .addEventListener(
                        "click",
                        e -> form.getElement()
                                .executeJs(
                                        "this.querySelector('#vaadinLoginUsername').value = $0;"
                                                + "this.querySelector('#vaadinLoginPassword').value = $1;"
                                                + "this.submit();",
                                        hint.email(),
                                        hint.password()));
        return button;
    }
}
