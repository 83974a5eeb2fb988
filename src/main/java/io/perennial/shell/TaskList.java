package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.uikit.HomeTask;
import io.perennial.uikit.StatusBadge;
import java.util.List;

/** What wants doing today, the most urgent first. */
class TaskList extends Section {

    TaskList(List<HomeTask> tasks) {
        addClassName("home-section");
        H2 title = new H2(t("shell.today"));
        title.addClassName("section-title");
        add(title);
        if (tasks.isEmpty()) {
            Div calm = new Div(Icons.of("check"), new Span(t("shell.today_nothing")));
            calm.addClassNames("card", "task-none");
            add(calm);
            return;
        }
        UnorderedList list = new UnorderedList();
        list.addClassNames("card", "task-list");
        tasks.forEach(task -> list.add(item(task)));
        add(list);
    }

    private static ListItem item(HomeTask task) {
        Anchor action = new Anchor(task.href(), task.action());
        action.addClassName("button-link");
        return new ListItem(new StatusBadge(task.text(), task.tone()), action);
    }
}
