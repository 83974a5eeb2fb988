package io.perennial.customers.imports;

import io.perennial.customers.ErasedPeople;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.RejectReason;
import io.perennial.customers.RejectedRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in words why rows are left out. */
class RejectedRows {

    private final ImportMapping mapping;
    private final List<String> header;
    private final Cells cells;
    private final ErasedPeople.Known erased;

    RejectedRows(ImportMapping mapping, List<String> header, Cells cells, ErasedPeople.Known erased) {
        this.mapping = mapping;
        this.header = header;
        this.cells = cells;
        this.erased = erased;
    }

    List<RejectedRow> of(Map<RawRow, Problem> rejects) {
        return rejects.entrySet().stream()
                .map(e -> of(e.getKey(), e.getValue()))
                .toList();
    }

    /** What a file says about somebody who was erased is not kept, not even as a row left out. */
    private RejectedRow of(RawRow raw, Problem problem) {
        boolean unwanted =
                erased.has(cells.rawText(raw, ImportField.EMAIL), cells.rawText(raw, ImportField.EXTERNAL_ID));
        Problem told = unwanted ? Problem.of(problem.field(), "erased") : problem;
        int column = column(told);
        return new RejectedRow(
                raw.line(),
                name(column),
                told.text(),
                new RejectReason(told.key(), column),
                unwanted ? List.of() : raw.asList());
    }

    private int column(Problem problem) {
        @Nullable ImportField field = problem.field();
        return Objects.requireNonNullElse(
                field == null
                        ? mapping.attributes().get(Objects.requireNonNullElse(problem.attribute(), ""))
                        : mapping.columns().get(field),
                RejectReason.WHOLE_ROW);
    }

    private String name(int column) {
        if (column == RejectReason.WHOLE_ROW) {
            return "";
        }
        String name = column < header.size() ? header.get(column).strip() : "";
        return name.isEmpty() ? Integer.toString(column + 1) : name;
    }
}
