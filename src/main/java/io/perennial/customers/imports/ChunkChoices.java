package io.perennial.customers.imports;

import io.perennial.customers.ImportPolicy;
import io.perennial.customers.attributes.AttributeChoice;
import io.perennial.customers.attributes.AttributeText;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.NewChoices;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The choices of one attribute, as one chunk sees them. They are known by their names without case and accents. One that
 * the attribute does not have is a problem of the row, or becomes one more, as the policy says.
 */
class ChunkChoices {

    private static final Pattern COMMAS = Pattern.compile("[,|]");
    private static final Pattern MARKS = Pattern.compile("\\p{M}");

    private final ImportRun run;
    private final CustomerAttribute attribute;
    private final NewChoices newChoices;
    private final Map<String, AttributeChoice> known = new HashMap<>();
    private final Map<String, AttributeChoice> added = new LinkedHashMap<>();
    private final List<String> addedByRow = new ArrayList<>();
    private int last;
    private int offered;

    /** @param imagined what chunks before would have added, had they written anything */
    ChunkChoices(ImportRun run, CustomerAttribute attribute, Collection<String> imagined, NewChoices newChoices) {
        this.run = run;
        this.attribute = attribute;
        this.newChoices = newChoices;
        for (AttributeChoice choice : attribute.choices()) {
            known.put(plain(choice.name()), choice);
            last = Math.max(last, choice.number());
            offered += choice.archived() ? 0 : 1;
        }
        imagined.stream().sorted().forEach(name -> {
            if (!known.containsKey(name)) {
                known.put(name, next(name));
            }
        });
    }

    /**
     * What the words of a cell choose.
     *
     * @param before what the customer has: only who has an archived choice keeps it
     * @throws CellProblem if one of them cannot be chosen
     */
    AttributeValue value(String text, @Nullable AttributeValue before) {
        Set<Integer> has = before instanceof AttributeValue.Choices choices ? choices.numbers() : Set.of();
        Set<Integer> numbers = new LinkedHashSet<>();
        for (String name : names(text)) {
            AttributeChoice choice = choice(name);
            if (choice.archived() && !has.contains(choice.number())) {
                throw problem("archived_choice", choice.name());
            }
            numbers.add(choice.number());
        }
        if (numbers.isEmpty()) {
            throw problem("no_choice", text, some());
        }
        return new AttributeValue.Choices(numbers);
    }

    /** The row is kept, with what it added. */
    void keep() {
        addedByRow.clear();
    }

    /** The row is left out, and adds nothing. */
    void leave() {
        for (String name : addedByRow) {
            known.remove(name);
            added.remove(name);
            offered--;
        }
        addedByRow.clear();
    }

    /** The names of those that became choices, as they are compared. */
    Set<String> added() {
        return added.keySet();
    }

    /** Writes those that became choices, in the transaction around. */
    void write() {
        if (!added.isEmpty()) {
            newChoices.add(run.tenant(), attribute, added.values());
        }
    }

    /** Names of a list stand between semicolons; between commas too, where those are in no name. */
    private List<String> names(String text) {
        if (attribute.type() == AttributeType.CHOICE) {
            return List.of(text);
        }
        List<String> names = new ArrayList<>();
        for (String part : text.split(AttributeText.SEPARATOR)) {
            if (known.containsKey(plain(part))) {
                names.add(part.strip());
            } else {
                COMMAS.splitAsStream(part)
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .forEach(names::add);
            }
        }
        return names;
    }

    private AttributeChoice choice(String name) {
        String plain = plain(name);
        AttributeChoice choice = known.get(plain);
        if (choice != null) {
            return choice;
        }
        if (run.options().policy().unknownChoices() == ImportPolicy.UnknownChoices.REJECT) {
            throw problem("no_choice", name, some());
        }
        if (!NewChoices.canBeCalled(name)) {
            throw problem("choice_name", name);
        }
        AttributeChoice there =
                newChoices.find(run.tenant(), attribute, name).orElse(null); // the database compares in its own way
        if (there == null) {
            if (offered >= CustomerAttribute.MOST_CHOICES) {
                throw problem("too_many_choices", name, CustomerAttribute.MOST_CHOICES);
            }
            there = next(name);
            added.put(plain, there);
            addedByRow.add(plain);
        }
        known.put(plain, there);
        return there;
    }

    private AttributeChoice next(String name) {
        offered++;
        return new AttributeChoice(++last, name, false);
    }

    private CellProblem problem(String key, Object... args) {
        return new CellProblem(Problem.ofAttribute(attribute, key, args));
    }

    private String some() {
        List<AttributeChoice> all = attribute.offered();
        String names = all.stream().limit(10).map(AttributeChoice::name).collect(Collectors.joining(", "));
        return all.size() > 10 ? names + ", …" : names;
    }

    private static String plain(String name) {
        String decomposed = Normalizer.normalize(name.strip().replace('ł', 'l').replace('Ł', 'L'), Normalizer.Form.NFD);
        return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
