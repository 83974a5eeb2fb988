package io.perennial.customers.imports;

import io.perennial.customers.ImportPolicy;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.NewChoices;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one chunk does to the business's own attributes; made anew each time the chunk is tried. */
class AttributePlan {

    private final ImportRun run;
    private final AttributeImports.Imagined imagined;
    private final AttributeValues values;
    private final List<Column> columns = new ArrayList<>();
    private final List<AttributeValues.Change> changes = new ArrayList<>();
    private Map<Long, Map<Long, AttributeValue>> stored = Map.of();
    private long cleared;

    /** A column with the choices of its attribute, which are none for most. */
    private record Column(CustomerAttribute attribute, ChunkChoices choices) {}

    /** @param all the attributes as they are now */
    AttributePlan(
            ImportRun run,
            AttributeColumns read,
            Collection<CustomerAttribute> all,
            AttributeImports.Imagined imagined,
            AttributeValues values,
            NewChoices newChoices) {
        this.run = run;
        this.imagined = imagined;
        this.values = values;
        for (AttributeColumns.Column column : read.columns()) {
            CustomerAttribute attribute = all.stream()
                    .filter(now -> now.id().equals(column.attribute().id()))
                    .findFirst()
                    .orElse(column.attribute());
            columns.add(new Column(attribute, new ChunkChoices(run, attribute, imagined.of(attribute), newChoices)));
        }
    }

    /** Looks up what these customers have, before {@link #take} is asked about one of them. */
    void look(Collection<Long> customers) {
        if (!columns.isEmpty()) {
            stored = values.read(
                    run.tenant(), columns.stream().map(Column::attribute).toList(), customers);
        }
    }

    /**
     * Notes what a row changes.
     *
     * @param customer the one it is about, whether new or not
     * @return whether that is anything
     * @throws CellProblem if the row is to be left out; nothing of it is noted then
     */
    boolean take(CustomerRow row, long customer) {
        if (columns.isEmpty()) {
            return false;
        }
        Map<Long, AttributeValue> has = stored.getOrDefault(customer, Map.of());
        boolean clears = run.options().policy().blanks() == ImportPolicy.Blanks.CLEAR;
        List<AttributeValues.Change> here = new ArrayList<>();
        try {
            for (int i = 0; i < columns.size(); i++) {
                CustomerAttribute attribute = columns.get(i).attribute();
                Object said = row.attributes()[i];
                AttributeValue before = has.get(attribute.id().value());
                AttributeValue after = said == null ? clears ? null : before : value(columns.get(i), said, before);
                if (!Objects.equals(before, after)) {
                    here.add(new AttributeValues.Change(customer, attribute, before, after));
                }
            }
        } catch (CellProblem e) {
            each(ChunkChoices::leave);
            throw e;
        }
        each(ChunkChoices::keep);
        cleared += here.stream().filter(change -> change.after() == null).count();
        changes.addAll(here);
        return !here.isEmpty();
    }

    private static AttributeValue value(Column column, Object said, @Nullable AttributeValue before) {
        return switch (said) {
            case BigDecimal number -> new AttributeValue.Number(number);
            case LocalDate day -> new AttributeValue.Day(day);
            case Boolean answer -> new AttributeValue.YesNo(answer);
            case String text when column.attribute().type() == AttributeType.TEXT -> new AttributeValue.Text(text);
            default -> column.choices().value(said.toString(), before);
        };
    }

    /** How many values blank cells take away. */
    long cleared() {
        return cleared;
    }

    /** Does it, after new customers were written; whoever was erased meanwhile is left out. */
    void write(Journal.Ids made) {
        each(ChunkChoices::write);
        Set<Long> others = changes.stream()
                .map(AttributeValues.Change::customer)
                .filter(id -> !made.has(id))
                .collect(Collectors.toSet());
        Set<Long> here = values.touch(run.tenant(), others, run.now());
        changes.removeIf(change -> !made.has(change.customer()) && !here.contains(change.customer()));
        values.write(run.tenant(), changes);
    }

    /** What undoing has to know: the values of customers that the chunk made go with them. */
    List<Journal.ChangedAttribute> journal(Journal.Ids made) {
        return changes.stream()
                .filter(change -> !made.has(change.customer()))
                .map(AttributeValues.Change::forJournal)
                .toList();
    }

    /** Once the chunk is through. */
    void settle() {
        if (run.options().dryRun()) {
            columns.forEach(
                    column -> imagined.add(column.attribute(), column.choices().added()));
        }
    }

    private void each(Consumer<ChunkChoices> deed) {
        columns.forEach(column -> deed.accept(column.choices()));
    }
}
