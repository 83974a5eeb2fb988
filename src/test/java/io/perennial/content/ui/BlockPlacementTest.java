package io.perennial.content.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.content.StarterTemplates;
import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateSnapshot;
import io.perennial.content.rendering.TemplateCompiler;
import java.util.Currency;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockPlacementTest {

    /** Wherever the cursor is, the template still compiles afterwards. */
    @ParameterizedTest
    @EnumSource(Block.class)
    void aBlockGoesWhereItMayStand(Block block) {
        TemplateCompiler compiler = new TemplateCompiler(Locale.ENGLISH, Currency.getInstance("EUR"), true);
        String source = StarterTemplates.require("winback").text().mjml();
        for (int cursor = 0; cursor <= source.length(); cursor += 23) {
            if (isInsideHead(source, cursor) || isInsideLiquidBlock(source, cursor)) {
                continue;
            }
            BlockPlacement placement = block.into(source, cursor);
            String after =
                    source.substring(0, placement.offset()) + placement.text() + source.substring(placement.offset());
            assertThat(compiler.inspect(new TemplateSnapshot("S", "", after, null))
                            .problems())
                    .as("cursor at %d", cursor)
                    .noneMatch(TemplateProblem::blocking);
            assertThat(after.replace(placement.text(), "")).hasSizeLessThan(source.length() + 1);
        }
    }

    private static boolean isInsideHead(String source, int cursor) {
        return cursor < source.indexOf("<mj-body");
    }

    private static boolean isInsideLiquidBlock(String source, int cursor) {
        int open = source.lastIndexOf("{%", cursor);
        return open >= 0 && cursor <= source.indexOf("%}", open) + 1;
    }
}
