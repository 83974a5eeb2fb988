package io.perennial.segments.ui;

import io.perennial.segments.Operator;
import java.util.List;

/** How a field is compared and with what. */
abstract class FieldInputs extends Inputs {

    private final ComparisonInput comparison;

    FieldInputs(Operand operand, Operator operator, List<String> values, Runnable changed) {
        comparison = new ComparisonInput(operand, List.copyOf(operand.type().operators()), operator, values, changed);
        add(comparison);
    }

    Operator operator() {
        return comparison.operator();
    }

    List<String> values() {
        return comparison.values();
    }
}
