package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.perennial.content.TemplateProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Source with line numbers, problems marked at their line, Tab that indents, and insertion at the cursor. */
class SourceEditor extends Div {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Numbers beside lines need no more than this; the browser's own text area does the rest. */
    private static final String SCRIPT = """
            const area = $0, gutter = $1;
            if (area.drawGutter) return;
            area.marks = area.marks || {};
            let drawn = '';
            area.drawGutter = () => {
              const lines = area.value.split('\\n').length, state = lines + JSON.stringify(area.marks);
              if (state === drawn) return;
              drawn = state;
              const numbers = document.createElement('div');
              for (let i = 1; i <= lines; i++) {
                const number = document.createElement('div');
                number.textContent = i;
                if (area.marks[i]) { number.className = area.marks[i].tone; number.title = area.marks[i].words; }
                numbers.append(number);
              }
              gutter.replaceChildren(numbers);
              area.followGutter();
            };
            area.followGutter = () => {
              if (gutter.firstChild) gutter.firstChild.style.transform = 'translateY(' + -area.scrollTop + 'px)';
            };
            area.insertText = (at, text) => {
              area.focus();
              area.setSelectionRange(at, at);
              if (!document.execCommand('insertText', false, text)) {
                area.setRangeText(text, at, at, 'end');
                area.dispatchEvent(new Event('input', { bubbles: true }));
              }
              area.revealCursor();
            };
            area.revealCursor = () => {
              const line = area.value.slice(0, area.selectionStart).split('\\n').length;
              const height = parseFloat(getComputedStyle(area).lineHeight);
              area.scrollTop = Math.max(0, (line - 5) * height);
              area.scrollLeft = 0;
            };
            area.goToLine = line => {
              const lines = area.value.split('\\n');
              const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
              area.focus();
              area.setSelectionRange(start, start + (lines[line - 1] || '').length);
              area.revealCursor();
            };
            let leaving = false;
            area.addEventListener('input', area.drawGutter);
            area.addEventListener('scroll', area.followGutter);
            area.addEventListener('keydown', event => {
              if (event.key === 'Escape') { leaving = true; return; }
              if (event.key === 'Tab' && !leaving && !event.shiftKey && !area.readOnly) {
                event.preventDefault();
                document.execCommand('insertText', false, '  ');
              }
              leaving = false;
            });
            area.drawGutter();
            """;

    private final SourceArea area = new SourceArea();
    private final Div gutter = new Div();

    SourceEditor() {
        addClassName("source-editor");
        gutter.addClassName("source-gutter");
        gutter.getElement().setAttribute("aria-hidden", "true");
        area.addClassName("source-area");
        area.getElement().setAttribute("aria-label", t("content.source"));
        area.getElement().setAttribute("aria-describedby", "source-hint");
        Div frame = new Div(gutter, area);
        frame.addClassName("source-frame");
        Span hint = new Span(t("content.source_hint"));
        hint.setId("source-hint");
        hint.addClassName("source-hint");
        add(frame, hint);
    }

    SourceArea area() {
        return area;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs(SCRIPT, area.getElement(), gutter.getElement());
    }

    /** Replaces the whole text. */
    void setSource(String source) {
        area.setValue(source);
        draw();
    }

    /** Marks lines; the worst problem of a line gives its colour. */
    void mark(List<TemplateProblem> problems) {
        Map<Integer, Map<String, String>> marks = new LinkedHashMap<>();
        for (TemplateProblem problem : problems) {
            if (problem.part() == TemplateProblem.Part.BODY && problem.line() > 0) {
                marks.putIfAbsent(
                        problem.line(),
                        Map.of("tone", problem.blocking() ? "bad" : "hint", "words", problem.message()));
            }
        }
        getElement()
                .executeJs(
                        "$0.marks = JSON.parse($1); if ($0.drawGutter) $0.drawGutter();",
                        area.getElement(),
                        JSON.writeValueAsString(marks));
    }

    void goToLine(int line) {
        getElement().executeJs("$0.goToLine($1)", area.getElement(), line);
    }

    /** Puts a variable where the cursor is. */
    void insertVariable(String snippet) {
        atCursor((source, cursor) -> BlockPlacement.ofText(source, cursor, snippet));
    }

    /** Puts a block near the cursor, where it may stand. */
    void insertBlock(Block block) {
        atCursor(block::into);
    }

    private interface Placing {
        BlockPlacement place(String source, int cursor);
    }

    private void atCursor(Placing placing) {
        // The browser's text may be ahead of ours by what was typed just now, so it tells both.
        getElement()
                .executeJs("return $0.selectionEnd + ':' + $0.value", area.getElement())
                .then(String.class, answer -> {
                    int colon = answer.indexOf(':');
                    BlockPlacement placement =
                            placing.place(answer.substring(colon + 1), Integer.parseInt(answer.substring(0, colon)));
                    getElement()
                            .executeJs(
                                    "$0.insertText($1, $2)", area.getElement(), placement.offset(), placement.text());
                });
    }

    private void draw() {
        getElement().executeJs("if ($0.drawGutter) $0.drawGutter();", area.getElement());
    }
}
