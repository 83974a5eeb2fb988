package io.perennial;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The roads between the packages are those that each names. Also writes the module diagrams below target. */
class ModularityTests {

    private final ApplicationModules modules = ApplicationModules.of(PerennialApplication.class);

    @Test
    void roadsAreAsDeclared() {
        modules.verify();
        new Documenter(modules).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();
    }
}
