package io.perennial;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.FittedGrid;

@AnalyzeClasses(packages = "io.perennial", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule sqlIsSpokenOnlyWhereMarked = noClasses()
            .that()
            .areNotAnnotatedWith(TenantSql.class)
            .and()
            .resideOutsideOfPackage("io.perennial.sample..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.springframework\\.jdbc\\.core\\..*(JdbcClient|JdbcTemplate|JdbcOperations).*"
                    + "|java\\.sql\\.(Connection|Statement|PreparedStatement)|javax\\.sql\\.DataSource"
                    + "|org\\.hibernate\\.StatelessSession")
            .because("past Hibernate's tenant filter each statement must name the tenant itself: mark the class "
                    + "@TenantSql and say why");

    @ArchTest
    static final ArchRule onlyTenancyHoldsThreadLocals = fields().that()
            .haveRawType(ThreadLocal.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage("io.perennial.tenancy")
            .orShould()
            .beDeclaredInClassesThat()
            .haveSimpleName("ActingContextStrategy") // Spring Security's own place for who is acting
            .because("a tenant travels in the data, never by inheritance of threads");

    @ArchTest
    static final ArchRule kernelKnowsNoFramework = noClasses()
            .that()
            .resideInAPackage("io.perennial.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.boot..",
                    "org.springframework.stereotype..",
                    "org.springframework.jdbc..",
                    "com.vaadin..",
                    "jakarta.persistence..",
                    "java.sql..");

    @ArchTest
    static final ArchRule gridsAreAsHighAsTheirRows = noClasses()
            .that()
            .resideOutsideOfPackage("io.perennial.uikit..")
            .should()
            .callConstructorWhere(target(owner(assignableTo(Grid.class).and(not(assignableTo(FittedGrid.class))))))
            .because("a plain grid is 400 pixels high: a short list leaves an empty box below it, a long one scrolls "
                    + "within the page; use FittedGrid, or extend it");

    @ArchTest
    static final ArchRule viewsAreTheirFeaturesOwn = classes()
            .that()
            .areAssignableTo(Component.class)
            .and()
            .resideOutsideOfPackage("io.perennial.uikit..")
            .should()
            .notBePublic()
            .because("views are reached by their route, not by other features");
}
