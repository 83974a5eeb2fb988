package io.perennial.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chart by Apache ECharts. The option is ECharts' own, as maps and lists; colours, fonts and light or dark come from
 * the page's tokens. Every chart has words for those who do not see it: give {@code alternative} the main figures.
 */
@Tag("e-chart")
@NpmPackage(value = "echarts", version = "6.1.0")
@JsModule("./components/e-chart.ts")
public class EChart extends Component implements HasSize, HasStyle {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public EChart(Map<String, ?> option, String alternative) {
        setOption(option, alternative);
    }

    public void setOption(Map<String, ?> option, String alternative) {
        // As text: Flow's own conversion of nested maps costs a round of reflection per value.
        getElement().setProperty("optionJson", JSON.writeValueAsString(option));
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", alternative);
    }
}
