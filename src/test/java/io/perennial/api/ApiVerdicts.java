package io.perennial.api;

import io.perennial.api.WrongCalls.Answer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges what the API answers to wrong requests, by what its description promises, and keeps what is not as it should be. */
final class ApiVerdicts {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROBLEM = "application/problem+json";

    /** What no answer may say. */
    private static final Pattern INSIDE = Pattern.compile(
            "io\\.perennial|org\\.(springframework|apache|hibernate)|com\\.(vaadin|mysql|fasterxml)|tools\\.jackson|java\\.\\w+|"
                    + "Exception\\b|\\\\tat |SELECT |INSERT |SQL|Tomcat/");

    /** Of a request's line and headers together. */
    private static final int LONGEST = 16_384;

    /** Whose address no server can even tell from the rest of the line: it is not known for whom the answer is. */
    private static final Pattern UNREADABLE = Pattern.compile("[\\\\^\\[\\]]");

    private final Set<String> kinds = new TreeSet<>();
    private final Set<String> wrong = new TreeSet<>();
    private final Map<String, Integer> sent = new TreeMap<>();

    /** One of the API's, by its path as it is described. */
    record Operation(String method, String path) {

        static Operation of(String name) {
            return new Operation(name.substring(0, name.indexOf(' ')), name.substring(name.indexOf(' ') + 1));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** @param description which kinds of problems there are */
    ApiVerdicts(JsonNode description) {
        description
                .get("components")
                .get("schemas")
                .get("ApiProblem")
                .get("properties")
                .get("type")
                .get("enum")
                .forEach(kind -> kinds.add(kind.asString()));
    }

    /** Something else is not as it should be. */
    void wrong(String what) {
        wrong.add(what);
    }

    /** All that is not, a line each. */
    String wrong() {
        return String.join("\n", wrong);
    }

    /** How many answers were judged. */
    int count() {
        return sent.values().stream().mapToInt(n -> n).sum();
    }

    @Override
    public String toString() {
        return wrong.size() + " wrong of " + sent + ", " + count() + " requests";
    }

    /** @param mustBeRefused since the description does not allow it */
    void check(String sort, Operation operation, String what, Answer answer, boolean mustBeRefused) {
        sent.merge(sort, 1, Integer::sum);
        String where = operation + " [" + (what.length() > 90 ? what.substring(0, 90) + "…" : what) + "]: " + answer;
        if (answer.status() >= 500 || answer.status() < 200) {
            wrong.add("FAULT " + where);
        } else if (answer.status() < 400) {
            if (mustBeRefused) {
                wrong.add("TAKEN " + where);
            }
        } else if (!answer.type().startsWith(PROBLEM)
                && answer.status() == 400
                && (UNREADABLE.matcher(what).find() || what.length() > LONGEST)) {
            sent.merge("unreadable", 1, Integer::sum);
        } else if (!answer.type().startsWith(PROBLEM)) {
            wrong.add("NO PROBLEM " + where);
        } else {
            JsonNode problem = JSON.readTree(answer.body());
            if (!kinds.contains(problem.get("type").asString())) {
                wrong.add("UNKNOWN KIND " + where);
            }
            if (problem.get("status").asInt() != answer.status()
                    || problem.get("title").asString().isBlank()
                    || problem.get("detail").asString().isBlank()) {
                wrong.add("SAYS LITTLE " + where);
            }
            if (INSIDE.matcher(answer.body()).find()) {
                wrong.add("TELLS OF THE INSIDE " + where);
            }
        }
    }
}
