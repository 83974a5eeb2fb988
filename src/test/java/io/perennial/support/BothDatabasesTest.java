package io.perennial.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.BootstrapWith;

/**
 * The continuous integration runs on the second database what is tagged {@link IntegrationTest#DATABASE}: a test that asks
 * none is the same on both. None that asks one is forgotten.
 */
class BothDatabasesTest {

    @Test
    void everyTestThatAsksADatabaseIsRunOnBoth() {
        Set<String> asking = new TreeSet<>();
        Set<String> forgotten = new TreeSet<>();
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("io.perennial");
        for (JavaClass type : tests) {
            if (!type.isEquivalentTo(BothDatabasesTest.class)
                    && type.getSimpleName().matches(".*Tests?")
                    && asksADatabase(type, tests)) {
                asking.add(type.getName());
                if (!tags(type.reflect()).contains(IntegrationTest.DATABASE)) {
                    forgotten.add(type.getName());
                }
            }
        }
        assertThat(forgotten)
                .as("ask a database and would be run on one alone: annotate them @IntegrationTest or @Tag(DATABASE)")
                .isEmpty();
        assertThat(asking).hasSizeGreaterThan(130);
    }

    /** With the application around it, or by the one way there is to the tests' database, itself or by a helper. */
    private static boolean asksADatabase(JavaClass test, JavaClasses tests) {
        if (AnnotatedElementUtils.hasAnnotation(test.reflect(), BootstrapWith.class)) {
            return true;
        }
        Set<String> seen = new HashSet<>(Set.of(test.getName()));
        Deque<String> ahead = new ArrayDeque<>(seen);
        while (!ahead.isEmpty()) {
            for (Dependency one : tests.get(ahead.pop()).getDirectDependenciesFromSelf()) {
                String helper = one.getTargetClass().getName();
                if (helper.equals(TestDatabase.class.getName())) {
                    return true;
                }
                if (tests.contain(helper) && seen.add(helper)) {
                    ahead.push(helper);
                }
            }
        }
        return false;
    }

    private static Set<String> tags(Class<?> type) {
        return AnnotationSupport.findRepeatableAnnotations(type, Tag.class).stream()
                .map(Tag::value)
                .collect(Collectors.toSet());
    }
}
